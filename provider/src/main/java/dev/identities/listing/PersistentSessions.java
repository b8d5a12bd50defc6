package dev.identities.listing;

import dev.identities.session.Identity;
import dev.identities.session.KnownSession;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The catalog over Keycloak's session table (persistent user sessions, Keycloak's default).
 */
public final class PersistentSessions implements SessionCatalog {

    /**
     * Rows read at most for one page of which little is visible or live. Each may cost a permission evaluation: a caller
     * who may see next to nothing shall not keep the server busy. Not measured on a large realm.
     */
    static final int MAX_SCANNED = 20_000;

    /** Rows per read once a page turned out short: hidden or dead rows come in runs. */
    static final int REFILL = 500;

    /** Two who end the same sessions do not lock each other out: both take them in this order. */
    private static final Comparator<SessionRef> IN_ONE_ORDER =
            Comparator.comparing(SessionRef::sid).thenComparing(SessionRef::kind);

    private final SessionRows rows;
    private final CachedSessions cached;

    public PersistentSessions(SessionRows rows, CachedSessions cached) {
        this.rows = rows;
        this.cached = cached;
    }

    @Override
    public Optional<Session> find(String sid, SessionKind kind) {
        return live(named(sid, kind));
    }

    @Override
    public Optional<Session> findAnywhere(String sid, SessionKind kind) {
        List<SessionRows.Row> named = named(sid, kind);
        return named.isEmpty() ? cached.find(sid, kind) : live(named);
    }

    private List<SessionRows.Row> named(String sid, SessionKind kind) {
        return rows.rows(sid).stream().filter(row -> row.id().kind() == kind).toList();
    }

    private Optional<Session> live(List<SessionRows.Row> named) {
        return named.isEmpty()
                ? Optional.empty()
                : rows.sessions(named).stream().findFirst();
    }

    @Override
    public Page<Session> sessions(SessionQuery query, Predicate<UserId> visible) {
        BranchMerge list = new BranchMerge(row -> row.id().createdOn(), (range, max) -> rows.rows(query, range, max));
        return fill(
                query.limit(),
                query.from(),
                (cursor, max) -> list.after(cursor.map(BranchMerge.Place::of), max),
                SessionRows.Row::id,
                row -> visible.test(row.userId()),
                rows::sessions,
                session -> session.id().toString());
    }

    @Override
    public Page<Identity> identities(IdentityQuery<UserId> query, Predicate<UserId> visible) {
        return fill(
                query.limit(),
                query.from(),
                (below, max) -> rows.userIds(query, below, max),
                Function.identity(),
                visible,
                rows::identities,
                identity -> identity.userId().toString());
    }

    @Override
    public Page<Identity> recentlyActive(IdentityQuery<ActivityCursor> query, Predicate<UserId> visible) {
        return new RecentlyActive(rows, query, visible).page();
    }

    @Override
    public List<Identity> identities(List<UserId> users) {
        return rows.identities(users);
    }

    @Override
    public Optional<Identity> identity(UserId user) {
        return rows.identities(List.of(user)).stream().findFirst();
    }

    @Override
    public List<Session> mostRecentlyActive(UserId user, int max) {
        return rows.sessions(rows.recent(user, max));
    }

    @Override
    public List<SessionRef> refs(UserId user) {
        return Stream.concat(rows.refs(user).stream(), cached.of(user).stream().map(KnownSession::ref))
                .distinct()
                .sorted(IN_ONE_ORDER)
                .toList();
    }

    @Override
    public List<KnownSession> known(String sid) {
        Map<SessionKind, KnownSession> known = new EnumMap<>(SessionKind.class);
        cached.of(sid).forEach(one -> known.put(one.id().kind(), one));
        rows.rows(sid).forEach(row -> known.put(row.id().kind(), new KnownSession(row.id(), row.userId(), true)));
        return List.copyOf(known.values());
    }

    /** Reads on, in bounded steps, until a page is full: rows may turn out hidden or expired. */
    private static <C, R, T> Page<T> fill(
            int limit,
            Optional<C> before,
            Source<C, R> source,
            Function<R, C> cursorOf,
            Predicate<R> visible,
            Function<List<R>, List<T>> complete,
            Function<T, String> id) {
        int wanted = limit + 1;
        List<T> found = new ArrayList<>(wanted);
        Optional<C> cursor = before;
        int step = wanted;
        int scanned = 0;
        boolean exhausted = false;
        while (found.size() < wanted && !exhausted) {
            if (scanned >= MAX_SCANNED) {
                if (found.isEmpty()) {
                    throw new TooManyHiddenException(scanned);
                }
                return page(found, limit, true, id);
            }
            List<R> read = source.after(cursor, step);
            exhausted = read.size() < step;
            scanned += read.size();
            if (!read.isEmpty()) {
                cursor = Optional.of(cursorOf.apply(read.get(read.size() - 1)));
            }
            addUntilFull(found, wanted, read.stream().filter(visible).toList(), complete);
            step = REFILL;
        }
        return page(found, limit, false, id);
    }

    private static <R, T> void addUntilFull(
            List<T> found, int wanted, List<R> candidates, Function<List<R>, List<T>> complete) {
        for (int from = 0; from < candidates.size() && found.size() < wanted; ) {
            int to = Math.min(candidates.size(), from + wanted - found.size());
            found.addAll(complete.apply(candidates.subList(from, to)));
            from = to;
        }
    }

    private static <T> Page<T> page(List<T> found, int limit, boolean more, Function<T, String> id) {
        List<T> items = List.copyOf(found.subList(0, Math.min(limit, found.size())));
        return new Page<>(
                items,
                more || found.size() > limit ? Optional.of(id.apply(items.get(items.size() - 1))) : Optional.empty());
    }

    /** A list that can be read on from any cursor. */
    private interface Source<C, R> {
        List<R> after(Optional<C> cursor, int max);
    }
}
