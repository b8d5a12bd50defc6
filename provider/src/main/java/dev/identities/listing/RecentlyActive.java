package dev.identities.listing;

import dev.identities.session.Identity;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Identities by latest activity: a walk over the rows by that time, on which each user is met at the one row that is the
 * first of theirs. That is asked of the database for the users of each stretch, and needs no memory between pages.
 *
 * <p>Who stands at a row that turns out to be over is listed there all the same if they have a live one: rarely somebody
 * is a little too high in the list, and never missing.
 */
final class RecentlyActive {

    /** Identities read at most for one page of which few turn out to be wanted: what is in sessions is costly to read. */
    static final int MAX_READ = 500;

    private final SessionRows rows;
    private final IdentityQuery<ActivityCursor> query;
    private final Predicate<UserId> visible;
    private final BranchMerge list;

    RecentlyActive(SessionRows rows, IdentityQuery<ActivityCursor> query, Predicate<UserId> visible) {
        this.rows = rows;
        this.query = query;
        this.visible = visible;
        this.list = new BranchMerge(SessionRows.Row::lastActive, (range, max) -> rows.active(query, range, max));
    }

    private record Met(Identity identity, SessionRows.Row at) {}

    Page<Identity> page() {
        int limit = query.limit();
        List<Met> met = new ArrayList<>();
        Optional<ActivityCursor> cursor = query.from();
        int step = limit + 1;
        int scanned = 0;
        int read = 0;
        while (scanned < PersistentSessions.MAX_SCANNED) {
            List<SessionRows.Row> stretch = list.after(cursor.map(BranchMerge.Place::of), step);
            List<SessionRows.Row> candidates = standing(stretch);
            for (int from = 0; from < candidates.size(); ) {
                // One more than is shown tells whether there is a next page.
                int to = Math.min(candidates.size(), from + limit + 1 - met.size());
                met.addAll(meet(candidates.subList(from, to)));
                if (met.size() > limit) {
                    return page(
                            met.subList(0, limit),
                            Optional.of(cursor(met.get(limit - 1).at())));
                }
                read += to - from;
                if (read >= MAX_READ) {
                    return page(met, Optional.of(cursor(candidates.get(to - 1))));
                }
                from = to;
            }
            if (stretch.size() < step) {
                return page(met, Optional.empty());
            }
            cursor = Optional.of(cursor(stretch.get(stretch.size() - 1)));
            scanned += stretch.size();
            step = Math.min(2 * step, PersistentSessions.REFILL);
        }
        return page(met, cursor);
    }

    /** Those of the rows that are the first of their user, whom the caller may see. */
    private List<SessionRows.Row> standing(List<SessionRows.Row> stretch) {
        List<UserId> users =
                stretch.stream().map(SessionRows.Row::userId).distinct().toList();
        Set<SessionRef> first = new HashSet<>();
        rows.first(users).forEach(row -> first.add(row.ref()));
        return stretch.stream()
                .filter(row -> first.contains(row.ref()))
                .filter(row -> visible.test(row.userId()))
                .toList();
    }

    private List<Met> meet(List<SessionRows.Row> candidates) {
        Map<UserId, Identity> identities = new HashMap<>();
        rows.identities(candidates.stream().map(SessionRows.Row::userId).toList()).stream()
                .filter(query::matches)
                .forEach(identity -> identities.put(identity.userId(), identity));
        return candidates.stream()
                .filter(row -> identities.containsKey(row.userId()))
                .map(row -> new Met(identities.get(row.userId()), row))
                .toList();
    }

    private static ActivityCursor cursor(SessionRows.Row row) {
        return new ActivityCursor(
                row.lastActive(), Branch.of(row.id()), row.id().sid());
    }

    private static Page<Identity> page(List<Met> met, Optional<ActivityCursor> next) {
        return new Page<>(met.stream().map(Met::identity).toList(), next.map(ActivityCursor::toString));
    }
}
