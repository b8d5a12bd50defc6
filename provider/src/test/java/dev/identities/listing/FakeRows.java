package dev.identities.listing;

import dev.identities.filter.Narrowing;
import dev.identities.filter.Needle;
import dev.identities.session.ClientUse;
import dev.identities.session.Identity;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionRef;
import dev.identities.session.SignIn;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A session table in memory, with the collation of ids that a test gives it. */
class FakeRows implements SessionRows {

    /** Higher than every id. */
    private static final String HIGHEST = null;

    private record Key(long second, String sid) {}

    private record Link(UserId user, String identityProvider) {}

    private final Comparator<String> collation;
    private final Map<Branch, NavigableMap<Key, Session>> branches = new HashMap<>();
    private final Map<Branch, NavigableMap<Key, Session>> branchesByActivity = new HashMap<>();
    private final Map<UserId, Set<Session>> users = new HashMap<>();
    private final Set<SessionId> expired = new HashSet<>();
    private final Set<Link> links = new HashSet<>();
    private final Map<UserId, Integer> placed = new HashMap<>();
    private boolean ordersActivity = true;
    private int sweeps;
    private int rowsRead;
    private int mostComplete;
    private int rowsOfUsersRead;

    FakeRows(Comparator<String> collation) {
        this.collation = collation;
        Comparator<Key> descending = Comparator.comparingLong(Key::second)
                .thenComparing(Key::sid, Comparator.nullsLast(collation))
                .reversed();
        for (Branch branch : Branch.ALL) {
            branches.put(branch, new TreeMap<>(descending));
            branchesByActivity.put(branch, new TreeMap<>(descending));
        }
    }

    void add(Session session) {
        branches.get(Branch.of(session.id())).put(key(session.id()), session);
        branchesByActivity.get(Branch.of(session.id())).put(activity(session), session);
        users.computeIfAbsent(session.userId(), user -> new LinkedHashSet<>()).add(session);
    }

    void remove(Session session) {
        branches.get(Branch.of(session.id())).remove(key(session.id()));
        branchesByActivity.get(Branch.of(session.id())).remove(activity(session));
        of(session.userId()).remove(session);
    }

    /** The row stays, but turns out to be over when it is completed. */
    void expire(SessionId id) {
        expired.add(id);
    }

    /** The account is linked to an identity provider, also when no session comes from there. */
    void link(UserId user, String identityProvider) {
        links.add(new Link(user, identityProvider));
    }

    /** Rows and user ids given out so far. */
    int rowsRead() {
        return rowsRead;
    }

    /** The most sessions that were read complete at a time. */
    int mostComplete() {
        return mostComplete;
    }

    /** Rows of single users gone through so far: to find out where they stand, and to sum them up. */
    int rowsOfUsersRead() {
        return rowsOfUsersRead;
    }

    /** How often it was asked where this user stands. */
    int timesPlaced(UserId user) {
        return placed.getOrDefault(user, 0);
    }

    @Override
    public List<Row> rows(SessionQuery query, Range range, int max) {
        return counted(read(branches, range)
                .filter(session -> query.user().isEmpty()
                        || session.userId().equals(query.user().get()))
                .limit(max)
                .map(FakeRows::row)
                .toList());
    }

    @Override
    public List<Scanned> scan(SessionQuery query, Range range, long floor, int max) {
        return counted(read(branches, range)
                .filter(session -> session.id().createdOn() >= floor)
                .filter(session -> narrowed(query, session))
                .limit(max)
                .map(session -> scanned(query, session))
                .toList());
    }

    @Override
    public boolean drives(SessionQuery query) {
        return query.filter().flatMap(ListFilter::users).isPresent();
    }

    @Override
    public boolean sweeps(SessionQuery query) {
        return query.filter()
                .filter(filter -> !filter.clients().isEmpty()
                        || !filter.narrowing().needles().isEmpty())
                .isPresent();
    }

    @Override
    public List<Scanned> sweep(SessionQuery query, Optional<SessionId> after, int max) {
        sweeps++;
        Comparator<SessionId> order = Comparator.<SessionId>comparingLong(id -> -id.createdOn())
                .thenComparingInt(id -> Branch.of(id).position())
                .thenComparing(SessionId::sid, collation.reversed());
        return counted(all().filter(session -> narrowed(query, session) && isNamed(query, session))
                .filter(session -> after.isEmpty() || order.compare(session.id(), after.get()) > 0)
                .sorted(Comparator.comparing(Session::id, order))
                .limit(max)
                .map(session -> scanned(query, session))
                .toList());
    }

    /** As a store does it that decides all it can without a sweep. */
    private static boolean narrowed(SessionQuery query, Session session) {
        if (query.user().isPresent() && !session.userId().equals(query.user().get())) {
            return false;
        }
        if (query.filter().isEmpty()) {
            return true;
        }
        ListFilter<Session> filter = query.filter().get();
        Narrowing narrowing = filter.narrowing();
        return narrowing.created().contains(session.id().createdOn())
                && narrowing.lastActive().contains(session.lastActive().getEpochSecond())
                && narrowing.kinds().contains(session.id().kind())
                && (session.id().rememberMe() == RememberMe.UNKNOWN
                        || narrowing.rememberMe().contains(session.id().rememberMe() == RememberMe.YES))
                && narrowing
                        .sids()
                        .filter(sids -> !sids.contains(session.id().sid()))
                        .isEmpty()
                && filter.users()
                        .filter(users -> !users.contains(session.userId()))
                        .isEmpty()
                && filter.clients().stream().allMatch(group -> session.clients().stream()
                        .map(ClientUse::clientUuid)
                        .anyMatch(group::contains));
    }

    /** Whether the session has the texts that a filter looks for; here only its address has any. */
    private static boolean isNamed(SessionQuery query, Session session) {
        return query.filter().map(filter -> filter.narrowing().needles()).orElse(List.of()).stream()
                .allMatch(group -> group.stream()
                        .anyMatch(needle -> needle.source() != Needle.Source.RECORDED_ADDRESS
                                || session.ipAddress().startsWith(needle.text())));
    }

    private Scanned scanned(SessionQuery query, Session session) {
        boolean complete = query.filter().filter(ListFilter::looksAtClients).isPresent();
        return new Scanned(
                row(session),
                live(session.id())
                        .map(live -> complete
                                ? live
                                : SampleSession.like(live).clients().build()));
    }

    /** How often the whole table was gone through. */
    int sweeps() {
        return sweeps;
    }

    /** As without an index by activity. */
    void loseOrderOfActivity() {
        ordersActivity = false;
    }

    @Override
    public boolean ordersActivity() {
        return ordersActivity;
    }

    @Override
    public List<Row> activeOfAll(IdentityQuery<ActivityCursor> query, Optional<ActivityCursor> after, int max) {
        sweeps++;
        Comparator<ActivityCursor> order = Comparator.<ActivityCursor>comparingLong(place -> -place.lastActive())
                .thenComparingInt(place -> place.branch().position())
                .thenComparing(ActivityCursor::sid, collation.reversed());
        return counted(all().filter(session -> query.identityProvider()
                        .filter(alias -> !isLinked(session.userId(), alias))
                        .isEmpty())
                .map(FakeRows::row)
                .filter(row -> after.isEmpty() || order.compare(RecentlyActive.cursor(row), after.get()) > 0)
                .sorted(Comparator.comparing(RecentlyActive::cursor, order))
                .limit(max)
                .toList());
    }

    @Override
    public List<Row> active(IdentityQuery<ActivityCursor> query, Range range, int max) {
        Optional<String> identityProvider = query.identityProvider();
        return counted(read(branchesByActivity, range)
                .filter(session -> identityProvider.isEmpty() || isLinked(session.userId(), identityProvider.get()))
                .limit(max)
                .map(FakeRows::row)
                .toList());
    }

    private static Stream<Session> read(Map<Branch, NavigableMap<Key, Session>> branches, Range range) {
        Key from = new Key(range.newest(), range.belowInNewest().orElse(HIGHEST));
        return branches.get(range.branch()).tailMap(from, false).values().stream();
    }

    @Override
    public List<Row> first(List<UserId> users) {
        users.forEach(user -> placed.merge(user, 1, Integer::sum));
        return users.stream().flatMap(user -> recent(user, 1).stream()).toList();
    }

    private boolean isLinked(UserId user, String alias) {
        return links.contains(new Link(user, alias))
                || of(user).stream().anyMatch(session -> session.cameThrough(alias));
    }

    @Override
    public List<UserId> userIds(IdentityQuery<UserId> query, Optional<UserId> below, int max) {
        return counted(all().map(Session::userId)
                .distinct()
                .filter(user -> below.isEmpty()
                        || collation.compare(user.value(), below.get().value()) < 0)
                .sorted(Comparator.comparing(UserId::value, collation).reversed())
                .limit(max)
                .toList());
    }

    @Override
    public List<Session> sessions(List<Row> rows) {
        mostComplete = Math.max(mostComplete, rows.size());
        return rows.stream().map(Row::id).flatMap(id -> live(id).stream()).toList();
    }

    @Override
    public List<Identity> identities(List<UserId> users) {
        List<Identity> identities = new ArrayList<>();
        for (UserId user : users) {
            List<Session> live = sessions(recent(user, SessionCatalog.RECENT_SESSIONS));
            if (!live.isEmpty()) {
                Session latest = live.get(0);
                identities.add(new Identity(
                        user, live.size(), latest.started(), latest.lastSignIn(), latest.lastActive(), live));
            }
        }
        return identities;
    }

    @Override
    public List<SignIn> signIns(List<UserId> users, int max) {
        return users.stream()
                .flatMap(user -> sessions(recent(user, max)).stream())
                .map(Session::signIn)
                .toList();
    }

    @Override
    public List<Row> recent(UserId user, int max) {
        rowsOfUsersRead += of(user).size();
        return of(user).stream()
                .sorted(Comparator.comparing(Session::lastActive)
                        .thenComparing(session -> session.id().createdOn())
                        .thenComparing(session -> session.id().sid(), collation)
                        .reversed()
                        .thenComparing(session -> session.id().kind()))
                .limit(max)
                .map(FakeRows::row)
                .toList();
    }

    @Override
    public List<SessionRef> refs(UserId user) {
        return of(user).stream().map(Session::ref).toList();
    }

    @Override
    public List<Row> rows(String sid) {
        return all().filter(session -> session.id().sid().equals(sid))
                .map(FakeRows::row)
                .toList();
    }

    private Set<Session> of(UserId user) {
        return users.getOrDefault(user, Set.of());
    }

    private Stream<Session> all() {
        return Branch.ALL.stream().flatMap(branch -> branches.get(branch).values().stream());
    }

    private Optional<Session> live(SessionId id) {
        return Optional.ofNullable(branches.get(Branch.of(id)).get(key(id))).filter(session -> !expired.contains(id));
    }

    private <T> List<T> counted(List<T> read) {
        rowsRead += read.size();
        return read;
    }

    private static Key key(SessionId id) {
        return new Key(id.createdOn(), id.sid());
    }

    private static Key activity(Session session) {
        return new Key(session.lastActive().getEpochSecond(), session.id().sid());
    }

    private static Row row(Session session) {
        return new Row(session.id(), session.userId(), session.lastActive().getEpochSecond());
    }
}
