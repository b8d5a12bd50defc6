package dev.identities.catalog;

import dev.identities.session.ActivityCursor;
import dev.identities.session.Identity;
import dev.identities.session.Page;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    private final SessionRows rows;
    private final TimeList list;

    RecentlyActive(SessionRows rows) {
        this.rows = rows;
        this.list = new TimeList(SessionRows.Row::lastActive, rows::active);
    }

    private record Met(Identity identity, ActivityCursor at) {}

    Page<Identity> page(
            Optional<ActivityCursor> before, int limit, Optional<String> identityProvider, Predicate<UserId> visible) {
        // One more than is shown tells whether there is a next page.
        int wanted = limit + 1;
        List<Met> met = new ArrayList<>(wanted);
        Optional<ActivityCursor> cursor = before;
        int step = wanted;
        for (int scanned = 0; scanned < PersistentSessions.MAX_SCANNED; ) {
            List<SessionRows.Row> read = list.after(cursor.map(TimeList.Place::of), step);
            List<SessionRows.Row> candidates = standing(read, identityProvider).stream()
                    .filter(row -> visible.test(row.userId()))
                    .toList();
            meet(met, wanted, candidates, identityProvider);
            if (met.size() == wanted) {
                return page(
                        met.subList(0, limit), Optional.of(met.get(limit - 1).at()));
            }
            if (read.size() < step) {
                return page(met, Optional.empty());
            }
            cursor = Optional.of(cursor(read.get(read.size() - 1)));
            scanned += read.size();
            step = Math.min(2 * step, PersistentSessions.REFILL);
        }
        return page(met, cursor);
    }

    /** Those of the rows that are the first of their user. */
    private List<SessionRows.Row> standing(List<SessionRows.Row> read, Optional<String> identityProvider) {
        List<UserId> users =
                read.stream().map(SessionRows.Row::userId).distinct().toList();
        Set<SessionId> first = new HashSet<>();
        rows.first(users, identityProvider).forEach(row -> first.add(row.id()));
        return read.stream().filter(row -> first.contains(row.id())).toList();
    }

    private void meet(List<Met> met, int wanted, List<SessionRows.Row> candidates, Optional<String> identityProvider) {
        for (int from = 0; from < candidates.size() && met.size() < wanted; ) {
            int to = Math.min(candidates.size(), from + wanted - met.size());
            List<SessionRows.Row> some = candidates.subList(from, to);
            List<Identity> identities =
                    rows.identities(some.stream().map(SessionRows.Row::userId).toList());
            for (SessionRows.Row row : some) {
                identities.stream()
                        .filter(identity -> identity.userId().equals(row.userId()))
                        .filter(identity -> identityProvider.isEmpty() || identity.cameThrough(identityProvider.get()))
                        .forEach(identity -> met.add(new Met(identity, cursor(row))));
            }
            from = to;
        }
    }

    private static ActivityCursor cursor(SessionRows.Row row) {
        return new ActivityCursor(row.lastActive(), row.id().branch(), row.id().sid());
    }

    private static Page<Identity> page(List<Met> met, Optional<ActivityCursor> next) {
        return new Page<>(met.stream().map(Met::identity).toList(), next.map(ActivityCursor::toString));
    }
}
