package dev.identities.listing;

import dev.identities.session.Identity;
import dev.identities.session.KnownSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.SignIn;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The catalog over Keycloak's read-only streams, for servers whose persistent user sessions are switched off.
 *
 * <p>The same contract, but each page walks all sessions of the realm once, since the cache has no order. Memory is
 * bounded by the page (sessions) and by the number of signed-in users (identities).
 */
public final class VolatileSessions implements SessionCatalog {

    private static final Comparator<Session> NEWEST_FIRST = Comparator.<Session>comparingLong(
                    session -> -session.id().createdOn())
            .thenComparingInt(session -> Branch.of(session.id()).position())
            .thenComparing(session -> session.id().sid(), Comparator.reverseOrder());

    /** The sessions of a user. The first one decides where the user stands in the list. */
    private static final Comparator<Session> ACTIVE_FIRST = Comparator.comparing(Session::lastActive)
            .thenComparingLong(session -> session.id().createdOn())
            .thenComparing(session -> session.id().sid())
            .reversed()
            .thenComparing(session -> session.id().kind());

    /** Sessions of different users. */
    private static final Comparator<ActivityCursor> BY_ACTIVITY = Comparator.<ActivityCursor>comparingLong(
                    place -> -place.lastActive())
            .thenComparingInt(place -> place.branch().position())
            .thenComparing(ActivityCursor::sid, Comparator.reverseOrder());

    private final SessionStreams streams;

    public VolatileSessions(SessionStreams streams) {
        this.streams = streams;
    }

    @Override
    public Optional<Session> find(String sid, SessionKind kind) {
        return streams.find(sid, kind);
    }

    @Override
    public Optional<Session> findAnywhere(String sid, SessionKind kind) {
        return find(sid, kind);
    }

    @Override
    public Page<Session> sessions(SessionQuery query, Predicate<UserId> visible) {
        Map<UserId, Boolean> seen = new HashMap<>();
        try (Stream<Session> all = query.user().map(streams::ofUser).orElseGet(streams::all)) {
            return top(
                    all.filter(session -> query.from().isEmpty()
                                    || follows(session.id(), query.from().get()))
                            .filter(query::matches)
                            .filter(session -> seen.computeIfAbsent(session.userId(), visible::test)),
                    query.limit(),
                    NEWEST_FIRST);
        }
    }

    @Override
    public Page<Identity> identities(IdentityQuery<UserId> query, Predicate<UserId> visible) {
        Optional<UserId> before = query.from();
        Map<UserId, Boolean> seen = new HashMap<>();
        List<UserId> users = new ArrayList<>();
        try (Stream<Session> all = streams.all()) {
            all.map(Session::userId)
                    .filter(user -> before.isEmpty()
                            || user.value().compareTo(before.get().value()) < 0)
                    .forEach(user -> seen.computeIfAbsent(user, visible::test));
        }
        seen.forEach((user, isVisible) -> {
            if (isVisible) {
                users.add(user);
            }
        });
        users.sort(Comparator.comparing(UserId::value).reversed());
        List<Identity> page = new ArrayList<>();
        int taken = 0;
        while (taken < users.size() && page.size() < query.limit()) {
            identity(users.get(taken++)).filter(query::matches).ifPresent(page::add);
        }
        return page(page, taken < users.size(), identity -> identity.userId().toString());
    }

    @Override
    public Page<Identity> recentlyActive(IdentityQuery<ActivityCursor> query, Predicate<UserId> visible) {
        Optional<ActivityCursor> before = query.from();
        Optional<String> identityProvider = query.identityProvider();
        Map<UserId, Session> first = new HashMap<>();
        Set<UserId> candidates = new HashSet<>();
        try (Stream<Session> all = streams.all()) {
            all.forEach(session -> {
                first.merge(session.userId(), session, BinaryOperator.minBy(ACTIVE_FIRST));
                if (identityProvider.isEmpty() || session.cameThrough(identityProvider.get())) {
                    candidates.add(session.userId());
                }
            });
        }
        first.keySet().retainAll(candidates);
        List<Session> standing = first.values().stream()
                .filter(session -> before.isEmpty() || BY_ACTIVITY.compare(place(session), before.get()) > 0)
                .sorted(Comparator.comparing(VolatileSessions::place, BY_ACTIVITY))
                .toList();
        List<Identity> page = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (Session session : standing) {
            Optional<Identity> identity = Optional.of(session.userId())
                    .filter(visible)
                    .flatMap(this::identity)
                    .filter(query::matches);
            if (identity.isPresent()) {
                if (page.size() == query.limit()) {
                    return new Page<>(List.copyOf(page), last);
                }
                page.add(identity.get());
                last = Optional.of(place(session).toString());
            }
        }
        return new Page<>(List.copyOf(page), Optional.empty());
    }

    private static ActivityCursor place(Session session) {
        return new ActivityCursor(
                session.lastActive().getEpochSecond(),
                Branch.of(session.id()),
                session.id().sid());
    }

    @Override
    public List<Identity> identities(List<UserId> users) {
        return users.stream().flatMap(user -> identity(user).stream()).toList();
    }

    @Override
    public Optional<Identity> identity(UserId user) {
        List<Session> sessions;
        try (Stream<Session> own = streams.ofUser(user)) {
            sessions = own.sorted(ACTIVE_FIRST).toList();
        }
        if (sessions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Identity(
                user,
                sessions.size(),
                sessions.stream().map(Session::started).min(Instant::compareTo).orElseThrow(),
                sessions.stream()
                        .map(Session::lastSignIn)
                        .max(Instant::compareTo)
                        .orElseThrow(),
                sessions.get(0).lastActive(),
                sessions.subList(0, Math.min(RECENT_SESSIONS, sessions.size()))));
    }

    @Override
    public List<Session> mostRecentlyActive(UserId user, int max) {
        try (Stream<Session> own = streams.ofUser(user)) {
            return top(own, max, ACTIVE_FIRST).items();
        }
    }

    @Override
    public List<SignIn> signIns(List<UserId> users, int max) {
        return users.stream()
                .flatMap(user -> mostRecentlyActive(user, max).stream())
                .map(Session::signIn)
                .toList();
    }

    @Override
    public List<SessionRef> refs(UserId user) {
        return streams.refs(user);
    }

    @Override
    public List<KnownSession> known(String sid) {
        return Stream.of(SessionKind.values())
                .flatMap(kind -> streams.find(sid, kind).stream())
                .map(session -> new KnownSession(session.id(), session.userId(), true))
                .toList();
    }

    private static boolean follows(SessionId id, SessionId before) {
        if (id.createdOn() != before.createdOn()) {
            return id.createdOn() < before.createdOn();
        }
        int order = Integer.compare(Branch.of(id).position(), Branch.of(before).position());
        return order > 0 || (order == 0 && id.sid().compareTo(before.sid()) < 0);
    }

    /** The first {@code limit} of an unordered stream, holding no more than that in memory. */
    private static Page<Session> top(Stream<Session> sessions, int limit, Comparator<Session> order) {
        PriorityQueue<Session> heap = new PriorityQueue<>(limit + 2, order.reversed());
        sessions.forEach(session -> {
            heap.add(session);
            if (heap.size() > limit + 1) {
                heap.poll();
            }
        });
        List<Session> sorted = heap.stream().sorted(order).toList();
        return page(sorted.subList(0, Math.min(limit, sorted.size())), sorted.size() > limit, session -> session.id()
                .toString());
    }

    private static <T> Page<T> page(List<T> items, boolean more, Function<T, String> id) {
        return new Page<>(
                List.copyOf(items),
                more && !items.isEmpty() ? Optional.of(id.apply(items.get(items.size() - 1))) : Optional.empty());
    }
}
