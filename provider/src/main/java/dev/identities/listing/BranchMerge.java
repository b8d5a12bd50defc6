package dev.identities.listing;

import dev.identities.session.SessionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The rows of a realm in the order of a time, newest first. Rows of one second stand branch by branch, and inside a
 * branch in the database's order.
 *
 * <p>Keycloak's indexes have the remember-me flag before the time, so no index gives the realm's newest rows at once.
 * The reader reads each of the six branches (kind x remember-me) along the index, and this class merges them.
 */
final class BranchMerge {

    private final ToLongFunction<SessionRows.Row> time;
    private final Reader reader;

    /** A merge by this time. The reader must read by the same time. */
    BranchMerge(ToLongFunction<SessionRows.Row> time, Reader reader) {
        this.time = time;
        this.reader = reader;
    }

    /** Reads the first rows of a range. */
    @FunctionalInterface
    interface Reader {
        List<SessionRows.Row> rows(SessionRows.Range range, int max);
    }

    /** A place in the list. The row at the place may have been deleted. */
    record Place(long second, Branch branch, String sid) {

        static Place of(SessionId id) {
            return new Place(id.createdOn(), Branch.of(id), id.sid());
        }

        static Place of(ActivityCursor cursor) {
            return new Place(cursor.lastActive(), cursor.branch(), cursor.sid());
        }
    }

    /** The first rows behind a place. */
    List<SessionRows.Row> after(Optional<Place> place, int max) {
        List<SessionRows.Row> merged = new ArrayList<>();
        for (Branch branch : Branch.ALL) {
            merged.addAll(reader.rows(range(branch, place), max));
        }
        // A stable sort: equal keys are rows of one branch, already in the database's order.
        merged.sort(Comparator.<SessionRows.Row>comparingLong(row -> -time.applyAsLong(row))
                .thenComparingInt(row -> Branch.of(row.id()).position()));
        return merged.subList(0, Math.min(max, merged.size()));
    }

    private static SessionRows.Range range(Branch branch, Optional<Place> after) {
        if (after.isEmpty()) {
            return new SessionRows.Range(branch, Integer.MAX_VALUE, Optional.empty());
        }
        Place place = after.get();
        long second = Math.min(place.second(), Integer.MAX_VALUE);
        int order = Integer.compare(branch.position(), place.branch().position());
        if (order == 0) {
            return new SessionRows.Range(branch, second, Optional.of(place.sid()));
        }
        // In the second of the place, earlier branches were listed before it, and later branches come after it.
        return new SessionRows.Range(branch, order < 0 ? second - 1 : second, Optional.empty());
    }
}
