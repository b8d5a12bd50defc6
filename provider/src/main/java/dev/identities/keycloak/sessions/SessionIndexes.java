package dev.identities.keycloak.sessions;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the indexes of the session table are good for. Their columns say it and not Keycloak's version: Keycloak gave its
 * indexes other columns under the same names, it builds them some time after an upgrade where the table is large, and an
 * administrator may have made one.
 *
 * @param created for sessions by creation
 * @param refreshed for people by activity. Keycloak 26.8 has no index with the second of the last refresh, so it has no
 *     order for them
 * @param missing how many of the two indexes that Keycloak should have are not there: 0 to 2
 */
public record SessionIndexes(IndexOrder created, IndexOrder refreshed, int missing) {

    static final String BUCKET = "SESSION_BUCKET";

    private static final List<String> BRANCH = List.of("REALM_ID", "OFFLINE_FLAG", "REMEMBER_ME");
    private static final String CREATED = "CREATED_ON";
    private static final String REFRESHED = "LAST_SESSION_REFRESH";

    /** Rounded to hours or days. Keycloak finds old sessions by it; it has no order for a list. */
    private static final String REFRESHED_COARSELY = "LAST_SESSION_REFRESH_COARSE";

    /** @param indexes the columns of each, in its order and in capital letters */
    static SessionIndexes of(Collection<List<String>> indexes) {
        IndexOrder created = order(indexes, CREATED);
        IndexOrder refreshed = order(indexes, REFRESHED);
        int missing = created == IndexOrder.NONE ? 1 : 0;
        if (refreshed == IndexOrder.NONE && !begins(indexes, BUCKET, REFRESHED_COARSELY)) {
            missing++;
        }
        return new SessionIndexes(created, refreshed, missing);
    }

    private static IndexOrder order(Collection<List<String>> indexes, String time) {
        if (begins(indexes, time)) {
            return IndexOrder.TIMED;
        }
        return begins(indexes, BUCKET, time) ? IndexOrder.BUCKETED : IndexOrder.NONE;
    }

    /** Whether an index begins with the columns of a branch and these. */
    private static boolean begins(Collection<List<String>> indexes, String... columns) {
        List<String> wanted = Stream.concat(BRANCH.stream(), Stream.of(columns)).toList();
        return indexes.stream()
                .anyMatch(index -> index.size() >= wanted.size()
                        && index.subList(0, wanted.size()).equals(wanted));
    }
}
