package dev.identities.listing;

import dev.identities.session.Identity;
import dev.identities.session.KnownSession;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.SignIn;
import dev.identities.session.UserId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The catalog over Keycloak's session table (persistent user sessions, Keycloak's default).
 */
public final class PersistentSessions implements SessionCatalog {

    /** The order in which sessions are ended. It is the same for all calls, so that two calls cannot deadlock. */
    private static final Comparator<SessionRef> IN_ONE_ORDER =
            Comparator.comparing(SessionRef::sid).thenComparing(SessionRef::kind);

    private final SessionRows rows;
    private final CachedSessions cached;
    private final PageReader reader;
    private final FilteredSessions filtered;

    /** For a catalog that no other shares its scans with. */
    public PersistentSessions(SessionRows rows, CachedSessions cached, CursorSeal seal) {
        this(rows, cached, seal, new LongScans());
    }

    public PersistentSessions(SessionRows rows, CachedSessions cached, CursorSeal seal, LongScans longScans) {
        this(rows, cached, new PageReader(seal), new FilteredSessions(rows, seal, longScans));
    }

    PersistentSessions(SessionRows rows, CachedSessions cached, PageReader reader, FilteredSessions filtered) {
        this.rows = rows;
        this.cached = cached;
        this.reader = reader;
        this.filtered = filtered;
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
        return query.filter().isPresent()
                ? filtered.page(query, visible)
                : reader.page(new NewestSessions(rows, query), query.from(), query.limit(), visible);
    }

    @Override
    public Total total(SessionQuery query, Predicate<UserId> visible) {
        return filtered.total(query, visible);
    }

    @Override
    public void all(SessionQuery query, Predicate<UserId> visible, int max, Consumer<Session> visitor) {
        filtered.first(query, visible, max, visitor);
    }

    @Override
    public Page<Identity> identities(IdentityQuery<UserId> query, Predicate<UserId> visible) {
        return reader.page(new IdentitiesById(rows, query), query.from(), query.limit(), visible);
    }

    @Override
    public Page<Identity> recentlyActive(IdentityQuery<ActivityCursor> query, Predicate<UserId> visible) {
        return reader.page(new RecentlyActive(rows, query), query.from(), query.limit(), visible);
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
    public List<SignIn> signIns(List<UserId> users, int max) {
        return rows.signIns(users, max);
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
}
