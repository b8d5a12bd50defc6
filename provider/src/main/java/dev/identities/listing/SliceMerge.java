package dev.identities.listing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The list of sessions in slices of many rows, each row with the session that a filter looks at. The order is that of
 * {@link BranchMerge}. That class reads a page's worth of each branch and throws most of it away. Here the rows are many
 * and carry data, so a branch is read no further down than those before it reached.
 */
final class SliceMerge {

    private final SessionRows rows;
    private final SessionQuery query;

    SliceMerge(SessionRows rows, SessionQuery query) {
        this.rows = rows;
        this.query = query;
    }

    /** A part of the list without gaps. */
    record Slice(List<SessionRows.Scanned> rows, boolean last) {}

    /** The next rows behind a place: at least one unless the list is at its end; {@code max} or a few more. */
    Slice after(Optional<BranchMerge.Place> place, int max) {
        List<SessionRows.Scanned> merged = new ArrayList<>();
        // The last row of each branch that has more. Behind the first of them in the list there are gaps.
        Set<SessionRows.Row> ends = new HashSet<>();
        long floor = Long.MIN_VALUE;
        for (Branch branch : Branch.ALL) {
            List<SessionRows.Scanned> read = rows.scan(query, BranchMerge.range(branch, place), floor, max);
            merged.addAll(read);
            if (read.size() == max) {
                SessionRows.Row end = read.get(max - 1).row();
                ends.add(end);
                floor = Math.max(floor, end.id().createdOn());
            }
        }
        // A stable sort: equal keys are rows of one branch, already in the database's order.
        merged.sort(Comparator.<SessionRows.Scanned>comparingLong(
                        scanned -> -scanned.row().id().createdOn())
                .thenComparingInt(scanned -> Branch.of(scanned.row().id()).position()));
        for (int i = 0; i < merged.size(); i++) {
            if (ends.contains(merged.get(i).row())) {
                return new Slice(merged.subList(0, i + 1), false);
            }
        }
        return new Slice(merged, true);
    }
}
