package dev.identities.listing;

import dev.identities.session.Session;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is read by a {@link SessionScan}: pages of a list with a filter, totals, and everything that matches. */
final class FilteredSessions {

    /** The most sessions that are held complete, which takes a megabyte. */
    private static final int COMPLETED = 500;

    private final SessionRows rows;
    private final CursorSeal seal;
    private final LongScans longScans;
    private final Supplier<Budget> pages;
    private final Supplier<Budget> looks;

    FilteredSessions(SessionRows rows, CursorSeal seal, LongScans longScans) {
        this(
                rows,
                seal,
                longScans,
                () -> Budget.of(Budget.PAGE_TIME, Budget.PAGE_ROWS),
                () -> Budget.of(Budget.LOOK_TIME, Integer.MAX_VALUE));
    }

    /** For tests that are to reach a bound with few rows. */
    FilteredSessions(
            SessionRows rows, CursorSeal seal, LongScans longScans, Supplier<Budget> pages, Supplier<Budget> looks) {
        this.rows = rows;
        this.seal = seal;
        this.longScans = longScans;
        this.pages = pages;
        this.looks = looks;
    }

    /**
     * A page. If it is full, its cursor names its last item. If the budget was used before, the cursor is sealed, because
     * the row at that place may be hidden from the caller, or be of a session that the filter does not ask for.
     */
    Page<Session> page(SessionQuery query, Predicate<UserId> visible) {
        if (isImpossible(query)) {
            return Page.empty();
        }
        int limit = query.limit();
        // One more than is shown tells whether there is a next page.
        int wanted = limit + 1;
        List<Session> found = new ArrayList<>(wanted);
        SessionScan.Stop stop = scan(query, visible).run(wanted, pages.get(), session -> {
            found.add(session);
            return found.size() < wanted;
        });
        if (found.size() == wanted) {
            List<Session> shown = found.subList(0, limit);
            return new Page<>(
                    complete(query, shown),
                    Optional.of(shown.get(limit - 1).id().toString()));
        }
        return new Page<>(
                complete(query, found),
                stop.end() ? Optional.empty() : stop.place().or(query::from).map(place -> seal.seal(place.toString())));
    }

    /** How many there are, from the first on. */
    Total total(SessionQuery query, Predicate<UserId> visible) {
        if (isImpossible(query)) {
            return new Total(0, true);
        }
        AtomicInteger found = new AtomicInteger();
        Budget budget = Budget.of(Budget.TOTAL_TIME, Integer.MAX_VALUE);
        SessionScan.Stop stop = scan(fromTheFirst(query), visible)
                .run(Total.MAX + 1, budget, session -> found.incrementAndGet() <= Total.MAX);
        return new Total(Math.min(found.get(), Total.MAX), stop.end());
    }

    /**
     * Shows the first {@code max}, complete. A part of them would be taken for all, so it is all of them or none. Their
     * keys are held meanwhile, and the sessions themselves only for a moment.
     */
    void first(SessionQuery query, Predicate<UserId> visible, int max, Consumer<Session> visitor) {
        if (isImpossible(query)) {
            return;
        }
        List<SessionRows.Row> found = new ArrayList<>();
        SessionScan.Stop stop = scan(fromTheFirst(query), visible).run(max, looks.get(), session -> {
            found.add(SessionRows.Row.of(session));
            return found.size() < max;
        });
        if (!stop.end() && found.size() < max) {
            throw new LongScans.TooLongException();
        }
        for (int from = 0; from < found.size(); from += COMPLETED) {
            completeRows(query, found.subList(from, Math.min(found.size(), from + COMPLETED)))
                    .forEach(visitor);
        }
    }

    private static boolean isImpossible(SessionQuery query) {
        return query.filter().filter(ListFilter::isImpossible).isPresent();
    }

    private static SessionQuery fromTheFirst(SessionQuery query) {
        return new SessionQuery(query.user(), Optional.empty(), query.limit(), query.filter());
    }

    private SessionScan scan(SessionQuery query, Predicate<UserId> visible) {
        return new SessionScan(rows, query, visible, longScans);
    }

    /** The sessions with their applications. One that ended or changed in the meantime is left out. */
    private List<Session> complete(SessionQuery query, List<Session> found) {
        return completeRows(query, found.stream().map(SessionRows.Row::of).toList());
    }

    private List<Session> completeRows(SessionQuery query, List<SessionRows.Row> found) {
        return query.asked(rows.sessions(found));
    }
}
