package dev.identities.keycloak.sessions;

import dev.identities.listing.Branch;

/** The order of a list by a time that is read from all branches at once: newest first, of one second branch by branch. */
record OrderOfAll(Collation collation) {

    /** Leaves the rows behind a place. */
    void addBehind(HqlBuilder hql, String time, long second, Branch branch, String sid) {
        hql.add(" and " + time + " <= :second", "second", (int) Math.min(second, Integer.MAX_VALUE))
                .add(" and (" + time + " < :second or " + SessionTable.BRANCH + " > :branch")
                .add(" or (" + SessionTable.BRANCH + " = :branch and " + collation.sid() + " < :sid))")
                .with("branch", branch.position())
                .with("sid", sid);
    }

    /**
     * "+ 0" keeps the database from reading along an index by time, which takes ten times as long for a whole table.
     */
    String of(String time) {
        return " order by " + time + " + 0 desc, " + SessionTable.BRANCH + ", " + collation.sid() + " desc";
    }
}
