package dev.identities.listing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a realm by latest activity where no index has that order, in the order of {@link BranchMerge}. Each read
 * goes through all live rows of the realm. So one read is for all branches, and for more rows than are asked for, because
 * a page often goes on: each person stands at one of many rows.
 */
final class UnorderedActivity {

    /** The rows of a page of 100 people with ten sessions each. */
    static final int AHEAD = 1_000;

    private final SessionRows rows;
    private final IdentityQuery<ActivityCursor> query;
    private final Deque<SessionRows.Row> read = new ArrayDeque<>();
    private boolean ended;

    /** The place behind which the rows that were read begin. */
    private Optional<ActivityCursor> end = Optional.empty();

    UnorderedActivity(SessionRows rows, IdentityQuery<ActivityCursor> query) {
        this.rows = rows;
        this.query = query;
    }

    /** The first rows behind a place; fewer than {@code max} only at the end of the list. */
    List<SessionRows.Row> after(Optional<ActivityCursor> place, int max) {
        if (!place.equals(end) || (read.size() < max && !ended)) {
            int wanted = Math.max(max, AHEAD);
            read.clear();
            read.addAll(rows.activeOfAll(query, place, wanted));
            ended = read.size() < wanted;
        }
        List<SessionRows.Row> next = new ArrayList<>();
        while (next.size() < max && !read.isEmpty()) {
            next.add(read.removeFirst());
        }
        end = next.isEmpty() ? place : Optional.of(RecentlyActive.cursor(next.get(next.size() - 1)));
        return next;
    }
}
