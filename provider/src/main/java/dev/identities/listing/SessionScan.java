package dev.identities.listing;

import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goes through the sessions that a query with a filter asks for, newest first.
 *
 * <p>It begins with slices along the index, which finds at once what many sessions match. If little was found in the
 * first rows and the database can decide a part of the filter, the rest is read in one sweep: the database goes through
 * its rows in the order in which they lie on the disk and keeps the newest that match. Reading along the index costs ten
 * times as much for each row. If it can decide nothing, the scan goes on in slices until its budget is used.
 */
final class SessionScan {

    /** The rows of the first slice: most filters find a page in them, or the first sign that they will not. */
    static final int FIRST_SLICE = 500;

    /** The most rows of a slice, because they are held in memory: some megabytes. */
    static final int MAX_SLICE = 5_000;

    /** After so many rows a scan that found next to nothing goes over to a sweep. */
    static final int PROBE = 2_000;

    /** After so many rows every scan does that can. */
    static final int LONG_PROBE = 20_000;

    /** A probe has a prospect if it found this part of what is wanted: then ten times the rows will do. */
    static final int PROSPECT = 20;

    /**
     * The rows that a sweep keeps at least: some ten megabytes. Many more than a page, because the database lets rows
     * through that do not match. If there are more of them, the filter is no good for a second sweep, and the scan goes
     * on in slices.
     */
    static final int SWEPT = 10_000;

    /**
     * A slice whose sessions cost much to judge is not left before so many of them. The next page reads the slice again,
     * which may be a sweep.
     */
    static final int LEAST_JUDGED = 1_000;

    private final SessionRows rows;
    private final SessionQuery query;
    private final Predicate<UserId> visible;
    private final LongScans longScans;

    SessionScan(SessionRows rows, SessionQuery query, Predicate<UserId> visible, LongScans longScans) {
        this.rows = rows;
        this.query = query;
        this.visible = visible;
        this.longScans = longScans;
    }

    /**
     * Where a scan stopped.
     *
     * @param place the last row that was looked at; empty at the end of the list, or when no row was
     * @param end whether nothing is left
     */
    record Stop(Optional<SessionId> place, boolean end) {}

    /**
     * Goes on until the list ends, the visitor has enough, or the budget is used.
     *
     * @param wanted how many sessions the visitor may want, by which the scan is planned
     * @param visitor gets each session as far as the filter looks at it: see {@link SessionRows.Scanned}. Says whether
     *     it wants more
     */
    Stop run(int wanted, Budget budget, Predicate<Session> visitor) {
        Optional<SessionId> place = query.from();
        SliceMerge list = new SliceMerge(rows, query);
        boolean drives = rows.drives(query);
        boolean sweepIsLeft = rows.sweeps(query);
        int step = FIRST_SLICE;
        int scanned = 0;
        Visit visit = new Visit(visitor);
        LongScans.Permit permit = null;
        try {
            while (true) {
                boolean isLong = scanned >= LONG_PROBE || (scanned >= PROBE && (long) visit.found * PROSPECT < wanted);
                boolean isUsed = budget.isUsed(scanned);
                // A page does not end before its sweep, because the next page would begin with the same probe.
                boolean sweep = sweepIsLeft && (isLong || isUsed);
                if (isUsed && !sweep) {
                    return new Stop(place, false);
                }
                if (permit == null && (isLong || sweep)) {
                    permit = longScans.enter();
                }
                SliceMerge.Slice slice = drives || sweep
                        ? sweep(place, Math.max(wanted, SWEPT))
                        : list.after(place.map(BranchMerge.Place::of), step);
                sweepIsLeft &= !sweep;
                Optional<SessionId> stopped = query.costly().isPresent()
                        ? visit.inBatches(slice.rows(), query.costly().get(), budget, scanned)
                        : visit.all(slice.rows());
                if (stopped.isPresent()) {
                    return new Stop(stopped, false);
                }
                if (slice.last()) {
                    return new Stop(Optional.empty(), true);
                }
                place = Optional.of(
                        slice.rows().get(slice.rows().size() - 1).row().id());
                scanned += slice.rows().size();
                step = Math.min(3 * step, MAX_SLICE);
            }
        } finally {
            if (permit != null) {
                permit.close();
            }
        }
    }

    private SliceMerge.Slice sweep(Optional<SessionId> place, int max) {
        List<SessionRows.Scanned> swept = rows.sweep(query, place, max);
        return new SliceMerge.Slice(swept, swept.size() < max);
    }

    /** Counts what the visitor was shown. */
    private final class Visit {
        private final Predicate<Session> visitor;
        private int found;

        private Visit(Predicate<Session> visitor) {
            this.visitor = visitor;
        }

        /**
         * The same for a filter that looks at more than a session. Much is read for each that may match. So it may stop
         * within a slice, when the budget is used.
         */
        private Optional<SessionId> inBatches(
                List<SessionRows.Scanned> slice, ListFilter.Costly<Session> costly, Budget budget, int before) {
            List<Session> batch = new ArrayList<>(ListFilter.BATCH);
            int judged = 0;
            for (int i = 0; i < slice.size(); i++) {
                SessionRows.Row row = slice.get(i).row();
                if (visible.test(row.userId())) {
                    slice.get(i).session().filter(costly.mayAskFor()).ifPresent(batch::add);
                }
                boolean last = i == slice.size() - 1;
                if (last || batch.size() == ListFilter.BATCH) {
                    for (Session session : query.asked(batch)) {
                        found++;
                        if (!visitor.test(session)) {
                            return Optional.of(session.id());
                        }
                    }
                    judged += batch.size();
                    batch.clear();
                    if (!last && judged >= LEAST_JUDGED && budget.isUsed(before + i)) {
                        return Optional.of(row.id());
                    }
                }
            }
            return Optional.empty();
        }

        /** The place at which the visitor had enough; empty while it wants more. */
        private Optional<SessionId> all(List<SessionRows.Scanned> slice) {
            for (SessionRows.Scanned scanned : slice) {
                // Who may be seen is asked first, for every row. So the time of an answer does not tell whether the
                // sessions of hidden people match.
                if (visible.test(scanned.row().userId())
                        && scanned.session().filter(query::matches).isPresent()) {
                    found++;
                    if (!visitor.test(scanned.session().get())) {
                        return Optional.of(scanned.row().id());
                    }
                }
            }
            return Optional.empty();
        }
    }
}
