package dev.identities.listing;

import dev.identities.session.Identity;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Identities by latest activity, for one page. It walks over the rows by that time and lists each user at the first of
 * their rows. The database says which row that is, once for each user of the page, so nothing is kept between pages.
 *
 * <p>The first row of a user may turn out to be over. A user with another live session is listed at that place all the
 * same. So a user may, rarely, stand a little too high in the list, but is never missing.
 */
final class RecentlyActive implements RowList<ActivityCursor, SessionRows.Row, Identity> {

    /** The most identities read for one page, because the data in sessions are costly to read. */
    static final int MAX_READ = 500;

    private final SessionRows rows;
    private final IdentityQuery<ActivityCursor> query;
    private final BranchMerge list;
    private final UnorderedActivity unordered;

    /**
     * The first row of each user met on this page; absent for a user without a live row. It is kept, because the
     * database goes through all rows of the user to find it. Asking again for each stretch of rows would cost the
     * square of the number of rows for an account with many sessions.
     */
    private final Map<UserId, Optional<SessionRef>> first = new HashMap<>();

    RecentlyActive(SessionRows rows, IdentityQuery<ActivityCursor> query) {
        this.rows = rows;
        this.query = query;
        this.list = new BranchMerge(SessionRows.Row::lastActive, (range, max) -> rows.active(query, range, max));
        this.unordered = new UnorderedActivity(rows, query);
    }

    @Override
    public List<SessionRows.Row> after(Optional<ActivityCursor> place, int max) {
        return rows.ordersActivity() ? list.after(place.map(BranchMerge.Place::of), max) : unordered.after(place, max);
    }

    @Override
    public ActivityCursor place(SessionRows.Row row) {
        return cursor(row);
    }

    static ActivityCursor cursor(SessionRows.Row row) {
        return new ActivityCursor(
                row.lastActive(), Branch.of(row.id()), row.id().sid());
    }

    @Override
    public UserId user(SessionRows.Row row) {
        return row.userId();
    }

    /** The rows that are the first of their user. */
    @Override
    public List<SessionRows.Row> standing(List<SessionRows.Row> stretch) {
        List<UserId> met = stretch.stream()
                .map(SessionRows.Row::userId)
                .distinct()
                .filter(user -> !first.containsKey(user))
                .toList();
        met.forEach(user -> first.put(user, Optional.empty()));
        rows.first(met).forEach(row -> first.put(row.userId(), Optional.of(row.ref())));
        return stretch.stream()
                .filter(row -> first.get(row.userId()).equals(Optional.of(row.ref())))
                .toList();
    }

    @Override
    public List<Found<ActivityCursor, Identity>> complete(List<SessionRows.Row> candidates) {
        Map<UserId, Identity> identities = new HashMap<>();
        query.asked(rows.identities(
                        candidates.stream().map(SessionRows.Row::userId).toList()))
                .forEach(identity -> identities.put(identity.userId(), identity));
        return candidates.stream()
                .filter(row -> identities.containsKey(row.userId()))
                .map(row -> new Found<>(place(row), identities.get(row.userId())))
                .toList();
    }

    @Override
    public int maxCompleted() {
        return MAX_READ;
    }

    @Override
    public int step(int missing) {
        return query.step(missing);
    }
}
