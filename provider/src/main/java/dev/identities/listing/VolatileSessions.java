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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The catalog over Keycloak's read-only streams, for servers whose persistent user sessions are switched off.
 *
 * <p>The same contract, but each page walks all sessions of the realm once, since the cache has no order. What is costly
 * is done afterwards, in the order of the list and within a budget: permissions, filters, and people with their sessions.
 * Memory is bounded for sessions ({@link #HELD}), and by the number of signed-in users for identities.
 */
public final class VolatileSessions implements SessionCatalog {

    /** The most sessions that are put in order for one page, because they are held: some twenty megabytes. */
    static final int HELD = 20_000;

    private static final Comparator<SessionId> NEWEST_FIRST = Comparator.<SessionId>comparingLong(id -> -id.createdOn())
            .thenComparingInt(id -> Branch.of(id).position())
            .thenComparing(SessionId::sid, Comparator.reverseOrder());

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
    private final CursorSeal seal;
    private final LongScans longScans;
    private final Supplier<Budget> pages;
    private final Supplier<Budget> looks;

    public VolatileSessions(SessionStreams streams, CursorSeal seal, LongScans longScans) {
        this(
                streams,
                seal,
                longScans,
                () -> Budget.of(Budget.PAGE_TIME, HELD),
                () -> Budget.of(Budget.LOOK_TIME, Integer.MAX_VALUE));
    }

    /** For tests that are to reach a bound with few sessions. */
    VolatileSessions(
            SessionStreams streams,
            CursorSeal seal,
            LongScans longScans,
            Supplier<Budget> pages,
            Supplier<Budget> looks) {
        this.streams = streams;
        this.seal = seal;
        this.longScans = longScans;
        this.pages = pages;
        this.looks = looks;
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
        return query.filter().isPresent() ? limited(() -> page(query, visible)) : page(query, visible);
    }

    private Page<Session> page(SessionQuery query, Predicate<UserId> visible) {
        List<Session> newest;
        try (Stream<Session> all = of(query)) {
            newest = first(
                    all.filter(session -> query.from().isEmpty()
                            || NEWEST_FIRST.compare(session.id(), query.from().get()) > 0),
                    HELD + 1,
                    Comparator.comparing(Session::id, NEWEST_FIRST));
        }
        return page(
                newest,
                Session::userId,
                session -> session.id().toString(),
                query.limit(),
                visible,
                session -> Optional.of(session).filter(query::matches));
    }

    private Stream<Session> of(SessionQuery query) {
        return query.user().map(streams::ofUser).orElseGet(streams::all);
    }

    /** Lets few walks with a filter run at a time, as for persistent sessions. */
    private <T> T limited(Supplier<T> walk) {
        LongScans.Permit permit = longScans.enter();
        try {
            return walk.get();
        } finally {
            permit.close();
        }
    }

    /**
     * A page from a list in order. If the budget is used before it is full, its cursor is sealed, because it may name
     * somebody whom the caller may not see.
     *
     * @param cursor the place of a row
     * @param item what stands at a row; empty if it is not asked for
     */
    private <R, T> Page<T> page(
            List<R> rows,
            Function<R, UserId> user,
            Function<R, String> cursor,
            int limit,
            Predicate<UserId> visible,
            Function<R, Optional<T>> item) {
        Budget budget = pages.get();
        Map<UserId, Boolean> seen = new HashMap<>();
        List<T> items = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (int i = 0; i < rows.size(); i++) {
            R row = rows.get(i);
            // First, as in SessionScan: the time must not tell whether hidden people's sessions match.
            Optional<T> found =
                    seen.computeIfAbsent(user.apply(row), visible::test) ? item.apply(row) : Optional.empty();
            if (found.isPresent()) {
                if (items.size() == limit) {
                    return new Page<>(List.copyOf(items), last);
                }
                items.add(found.get());
                last = Optional.of(cursor.apply(row));
            }
            if (i + 1 < rows.size() && budget.isUsed(i + 1)) {
                return new Page<>(List.copyOf(items), Optional.of(seal.seal(cursor.apply(row))));
            }
        }
        return new Page<>(List.copyOf(items), Optional.empty());
    }

    @Override
    public Total total(SessionQuery query, Predicate<UserId> visible) {
        Map<UserId, Boolean> seen = new HashMap<>();
        AtomicLong found = new AtomicLong();
        boolean whole = limited(() -> walk(query, Budget.of(Budget.TOTAL_TIME, Integer.MAX_VALUE), session -> {
            boolean counts = seen.computeIfAbsent(session.userId(), visible::test) && query.matches(session);
            return found.addAndGet(counts ? 1 : 0) <= Total.MAX;
        }));
        return new Total(Math.min(found.get(), Total.MAX), whole);
    }

    /** Shows all sessions of a query in no order; false if the budget was used before, or the visitor had enough. */
    private boolean walk(SessionQuery query, Budget budget, Predicate<Session> visitor) {
        int read = 0;
        try (Stream<Session> all = of(query)) {
            for (Iterator<Session> each = all.iterator(); each.hasNext(); ) {
                if (budget.isUsed(read++) || !visitor.test(each.next())) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void all(SessionQuery query, Predicate<UserId> visible, int max, Consumer<Session> visitor) {
        Map<UserId, Boolean> seen = new HashMap<>();
        Newest<SessionId> newest = new Newest<>(max, NEWEST_FIRST);
        boolean whole = limited(() -> walk(query, looks.get(), session -> {
            if (seen.computeIfAbsent(session.userId(), visible::test) && query.matches(session)) {
                newest.add(session.id());
            }
            return true;
        }));
        if (!whole) {
            throw new LongScans.TooLongException();
        }
        newest.inOrder().forEach(id -> streams.find(id.sid(), id.kind())
                .filter(session -> session.id().equals(id))
                .filter(query::matches)
                .ifPresent(visitor));
    }

    @Override
    public Page<Identity> identities(IdentityQuery<UserId> query, Predicate<UserId> visible) {
        Optional<UserId> before = query.from();
        List<UserId> users;
        try (Stream<Session> all = streams.all()) {
            users = all.map(Session::userId)
                    .filter(user -> before.isEmpty()
                            || user.value().compareTo(before.get().value()) < 0)
                    .distinct()
                    .sorted(Comparator.comparing(UserId::value).reversed())
                    .toList();
        }
        return page(users, Function.identity(), UserId::toString, query.limit(), visible, user -> identity(user)
                .filter(query::matches));
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
        return page(
                standing,
                Session::userId,
                session -> place(session).toString(),
                query.limit(),
                visible,
                session -> identity(session.userId()).filter(query::matches));
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
            return first(own, max, ACTIVE_FIRST);
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

    private static List<Session> first(Stream<Session> sessions, int max, Comparator<Session> order) {
        Newest<Session> first = new Newest<>(max, order);
        sessions.forEach(first::add);
        return first.inOrder();
    }

    /** The first so many of what comes in no order, and no more than that in memory. */
    private static final class Newest<T> {
        private final int max;
        private final Comparator<T> order;
        private final PriorityQueue<T> heap;

        Newest(int max, Comparator<T> order) {
            this.max = max;
            this.order = order;
            this.heap = new PriorityQueue<>(order.reversed());
        }

        void add(T item) {
            if (heap.size() < max) {
                heap.add(item);
            } else if (max > 0 && order.compare(item, heap.peek()) < 0) {
                heap.poll();
                heap.add(item);
            }
        }

        List<T> inOrder() {
            return heap.stream().sorted(order).toList();
        }
    }
}
