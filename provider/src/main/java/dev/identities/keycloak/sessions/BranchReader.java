package dev.identities.keycloak.sessions;

import dev.identities.listing.Branch;
import dev.identities.listing.SessionRows.Range;
import dev.identities.session.RememberMe;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.models.RealmModel;

/**
 * Reads ranges of one branch of a list by time. Where the database cannot read in order along an index, a first
 * statement narrows the range to the rows that are wanted, so that few are sorted.
 */
final class BranchReader {

    /** How often a narrow range is read before a whole one, which can be slow. */
    private static final int NARROW_READS = 3;

    private final EntityManager em;
    private final RealmModel realm;
    private final Collation collation;
    private final Buckets buckets;

    BranchReader(EntityManager em, RealmModel realm, Collation collation) {
        this.em = em;
        this.realm = realm;
        this.collation = collation;
        this.buckets = new Buckets(em, collation);
    }

    /**
     * The rows of a range in its order. A read that is short only because rows ended after the first statement is done
     * again, because a short read means the end of the branch.
     *
     * @param time the column of the list's time
     * @param bucketed whether to read bucket by bucket
     * @param read reads what a query selects of so many rows at most
     */
    <T> List<T> read(
            Range range,
            String time,
            Consumer<HqlBuilder> condition,
            boolean bucketed,
            int max,
            Function<HqlBuilder, List<T>> read) {
        if (!ExpiryBounds.possible(realm, range.branch())) {
            return List.of();
        }
        String order = " order by " + time + " desc, " + collation.sid() + " desc";
        for (int attempt = 0; attempt < NARROW_READS; attempt++) {
            Optional<NarrowRange> narrow = narrow(range.branch(), whole(range, time, condition), time, bucketed, max);
            if (narrow.isEmpty()) {
                return List.of();
            }
            List<T> rows = read.apply(narrow.get().hql().add(order));
            if (rows.size() == max || !narrow.get().full()) {
                return rows;
            }
        }
        return read.apply(whole(range, time, condition).add(order));
    }

    /** Empty where there is no row. */
    private Optional<NarrowRange> narrow(Branch branch, HqlBuilder range, String time, boolean bucketed, int max) {
        if (bucketed) {
            return buckets.narrow(branch, all(branch), range, time, max);
        }
        Optional<Integer> oldest = collation == Collation.LOOSE ? oldest(range, time, max) : Optional.empty();
        oldest.ifPresent(second -> range.add(" and " + time + " >= :oldest", "oldest", second));
        return Optional.of(new NarrowRange(range, oldest.isPresent()));
    }

    /** Without what is selected of the rows, and without their order. */
    private HqlBuilder whole(Range range, String time, Consumer<HqlBuilder> condition) {
        ExpiryBounds bounds = ExpiryBounds.of(realm, range.branch(), ExpiryBounds.now());
        HqlBuilder hql = all(range.branch())
                // The next line implies this, but only with it does the database read a tight range of the index.
                .add(" and " + time + " <= :newest", "newest", (int) range.newest());
        range.belowInNewest()
                .ifPresent(
                        sid -> hql.add(" and (" + time + " < :newest or " + collation.sid() + " < :sid)", "sid", sid));
        // "+ 0" makes these expressions. For a plain column between two unknown bounds PostgreSQL expects one row in
        // two hundred. It would then read and sort all rows instead of reading in order until the page is full.
        hql.add(" and s.createdOn + 0 > :created", "created", (int) bounds.created())
                .add(" and s.lastSessionRefresh + 0 > :active", "active", (int) bounds.active());
        condition.accept(hql);
        return hql;
    }

    private HqlBuilder all(Branch branch) {
        return new HqlBuilder(SessionTable.OF_REALM)
                .with("realm", realm.getId())
                .add(" and s.offline = :offline", "offline", SessionTable.flag(branch.kind()))
                .add(rememberMe(branch.rememberMe()));
    }

    /** The second of the last row that is wanted, so that the database sorts only the rows down to that second. */
    private Optional<Integer> oldest(HqlBuilder range, String time, int max) {
        return range.select(time + " as second")
                .add(" order by " + time + " desc")
                .query(em)
                .setFirstResult(max - 1)
                .setMaxResults(1)
                .getResultStream()
                .map(tuple -> tuple.get("second", Integer.class))
                .findFirst();
    }

    /** A branch's condition on the column. */
    static String rememberMe(RememberMe rememberMe) {
        return switch (rememberMe) {
            case NO -> " and s.rememberMe = false";
            case YES -> " and s.rememberMe = true";
            case UNKNOWN -> " and s.rememberMe is null";
        };
    }
}
