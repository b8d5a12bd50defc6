package dev.identities.listing;

import dev.identities.session.SessionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Branch, Read> read = new HashMap<>();

    /** The place behind which the next call goes on, if it asks for the same list. */
    private Optional<Place> end = Optional.empty();

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

    /**
     * The first rows behind a place. Rows that were read and not given out are kept for the next call, which goes on
     * behind the last row. So a list that is read on, because few of its rows are wanted, reads a branch anew only
     * where its rows are used up.
     */
    List<SessionRows.Row> after(Optional<Place> place, int max) {
        if (!place.equals(end)) {
            read.clear();
        }
        List<SessionRows.Row> merged = new ArrayList<>();
        while (merged.size() < max) {
            Optional<Deque<SessionRows.Row>> next = Branch.ALL.stream()
                    .map(branch -> read.computeIfAbsent(branch, unread -> new Read(range(unread, place))))
                    .map(branch -> branch.filled(max))
                    .filter(rows -> !rows.isEmpty())
                    // Of one second, the first branch: the earlier of equal elements is the minimum.
                    .min(Comparator.comparingLong(rows -> -time.applyAsLong(rows.getFirst())));
            if (next.isEmpty()) {
                break;
            }
            merged.add(next.get().removeFirst());
        }
        end = merged.isEmpty() ? place : Optional.of(place(merged.get(merged.size() - 1)));
        return merged;
    }

    private Place place(SessionRows.Row row) {
        return new Place(time.applyAsLong(row), Branch.of(row.id()), row.id().sid());
    }

    /** The rows of a branch that were read and not given out. */
    private final class Read {
        private final Deque<SessionRows.Row> rows = new ArrayDeque<>();
        private SessionRows.Range rest;
        private boolean ended;

        Read(SessionRows.Range rest) {
            this.rest = rest;
        }

        /** The rows, read on if they are used up; empty at the end of the branch. */
        Deque<SessionRows.Row> filled(int max) {
            if (rows.isEmpty() && !ended) {
                rows.addAll(reader.rows(rest, max));
                ended = rows.size() < max;
                if (!rows.isEmpty()) {
                    rest = range(rest.branch(), Optional.of(place(rows.getLast())));
                }
            }
            return rows;
        }
    }

    /** The part of a branch that comes behind a place in the list. */
    static SessionRows.Range range(Branch branch, Optional<Place> after) {
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
