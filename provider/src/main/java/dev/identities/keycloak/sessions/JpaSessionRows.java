package dev.identities.keycloak.sessions;

import dev.identities.keycloak.sessions.StoredSession.StoredClientSession;
import dev.identities.listing.ActivityCursor;
import dev.identities.listing.Branch;
import dev.identities.listing.IdentityQuery;
import dev.identities.listing.IdentityReader;
import dev.identities.listing.SessionQuery;
import dev.identities.listing.SessionRows;
import dev.identities.session.Identity;
import dev.identities.session.RememberMe;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.SignIn;
import dev.identities.session.UserId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;

/**
 * Keycloak's session table, read by projection: no row enters Keycloak's caches or the persistence context, so looking
 * neither evicts sessions in use nor writes anything back.
 */
public final class JpaSessionRows implements SessionRows {

    private static final String USER_ID = "s.userId as userId";

    private static final String CREATED = "s.createdOn";
    private static final String REFRESHED = "s.lastSessionRefresh";

    private static final String TIMEOUT_HINT = "jakarta.persistence.query.timeout";

    /** A statement of a scan takes a second or two of a million rows. A database that needs longer is in trouble. */
    private static final int SCAN_TIMEOUT_MILLIS = 10_000;

    private static final Logger LOG = Logger.getLogger(JpaSessionRows.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SessionMapper mapper;
    private final EntityManager em;
    private final Collation collation;
    private final QueryConditions conditions;
    private final IndexWatch watch;
    private final SignInMemory memory;
    private final BranchReader branches;
    private final OrderOfAll order;

    /** By alias whether there is such a provider, because most sessions of a page came through the same few. */
    private final Map<String, Boolean> providers = new HashMap<>();

    public JpaSessionRows(
            KeycloakSession session, RealmModel realm, SessionMapper mapper, IndexWatch watch, SignInMemory memory) {
        this.session = session;
        this.realm = realm;
        this.mapper = mapper;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.collation = Collation.of(em);
        this.conditions = new QueryConditions(em, realm, collation);
        this.watch = watch;
        this.memory = memory;
        this.branches = new BranchReader(em, realm, collation);
        this.order = new OrderOfAll(collation);
    }

    @Override
    public List<Row> rows(SessionQuery query, Range range, int max) {
        return rows(range, CREATED, hql -> conditions.add(hql, query), isBucketed(query), max);
    }

    @Override
    public List<Row> active(IdentityQuery<ActivityCursor> query, Range range, int max) {
        return rows(range, REFRESHED, hql -> conditions.add(hql, query), false, max);
    }

    /** Whether the rows are read bucket by bucket, and not found at once by the index by user or by the table's key. */
    private boolean isBucketed(SessionQuery query) {
        return query.user().isEmpty()
                && !conditions.drives(query)
                && watch.indexes(em).created() == IndexOrder.BUCKETED;
    }

    private List<Row> rows(Range range, String time, Consumer<HqlBuilder> condition, boolean bucketed, int max) {
        return branches.read(
                range, time, condition, bucketed, max, hql -> rows(hql.select(SessionTable.ROW_COLUMNS), max));
    }

    @Override
    public List<Scanned> scan(SessionQuery query, Range range, long floor, int max) {
        return conditions.possible(query, range.branch())
                ? branches.read(
                        range,
                        CREATED,
                        hql -> {
                            conditions.add(hql, query);
                            if (floor >= 0) {
                                hql.add(" and s.createdOn >= :floor", "floor", (int) floor);
                            }
                        },
                        isBucketed(query),
                        max,
                        hql -> scanned(query, hql, max))
                : List.of();
    }

    @Override
    public boolean drives(SessionQuery query) {
        return conditions.drives(query);
    }

    @Override
    public boolean sweeps(SessionQuery query) {
        return conditions.sweeps(query);
    }

    @Override
    public List<Scanned> sweep(SessionQuery query, Optional<SessionId> after, int max) {
        HqlBuilder hql = new HqlBuilder(SessionTable.OF_REALM).with("realm", realm.getId());
        addLive(hql);
        conditions.add(hql, query);
        conditions.addSwept(hql, query);
        after.ifPresent(place -> order.addBehind(hql, CREATED, place.createdOn(), Branch.of(place), place.sid()));
        return scanned(query, hql.add(order.of(CREATED)), max);
    }

    @Override
    public boolean ordersActivity() {
        return watch.indexes(em).refreshed() == IndexOrder.TIMED;
    }

    @Override
    public List<Row> activeOfAll(IdentityQuery<ActivityCursor> query, Optional<ActivityCursor> after, int max) {
        HqlBuilder hql = new HqlBuilder("select " + SessionTable.ROW_COLUMNS + SessionTable.OF_REALM)
                .with("realm", realm.getId());
        addLive(hql);
        conditions.add(hql, query);
        after.ifPresent(place -> order.addBehind(hql, REFRESHED, place.lastActive(), place.branch(), place.sid()));
        return scan(hql.add(order.of(REFRESHED)), max).stream()
                .map(SessionTable::row)
                .toList();
    }

    /** Rows with the sessions in them: their applications cost another read, and most filters do not look at them. */
    private List<Scanned> scanned(SessionQuery query, HqlBuilder hql, int max) {
        if (query.filter().isPresent() && query.filter().get().looksAtClients()) {
            List<Row> rows = scan(hql.select(SessionTable.ROW_COLUMNS), max).stream()
                    .map(SessionTable::row)
                    .toList();
            Map<SessionId, Session> sessions =
                    sessions(rows).stream().collect(Collectors.toMap(Session::id, Function.identity()));
            return rows.stream()
                    .map(row -> new Scanned(row, Optional.ofNullable(sessions.get(row.id()))))
                    .toList();
        }
        List<Scanned> scanned = new ArrayList<>();
        for (Tuple tuple : scan(hql.select(SessionTable.ROW_COLUMNS + ", s.data as data"), max)) {
            Row row = SessionTable.row(tuple);
            StoredSession stored = StoredSession.of(row, tuple.get("data", String.class), List.of());
            scanned.add(new Scanned(row, live(stored, row.id().rememberMe())));
        }
        return scanned;
    }

    /** With a bound on its time, because it may go through the whole table. */
    private List<Tuple> scan(HqlBuilder hql, int max) {
        return hql.query(em)
                .setMaxResults(max)
                .setHint(TIMEOUT_HINT, SCAN_TIMEOUT_MILLIS)
                .getResultList();
    }

    /** No two rows of a user are equal in this order: the id together with the kind is the table's key. */
    private String activeFirst() {
        return "s.lastSessionRefresh desc, s.createdOn desc, " + collation.sid() + " desc, s.offline";
    }

    @Override
    public List<UserId> userIds(IdentityQuery<UserId> query, Optional<UserId> below, int max) {
        HqlBuilder hql = new HqlBuilder(SessionTable.OF_REALM).with("realm", realm.getId());
        addLive(hql);
        conditions.add(hql, query);
        if (collation == Collation.LOOSE) {
            return looseUserIds(hql, below, max);
        }
        below.ifPresent(id -> hql.add(" and s.userId < :before", "before", id.value()));
        return userIds(hql.select(USER_ID).add(" group by s.userId order by s.userId desc"), 0, max);
    }

    /**
     * The index takes ids for equal that differ in case or accents. So it gives a range, and the exact ids are told
     * apart.
     */
    private List<UserId> looseUserIds(HqlBuilder live, Optional<UserId> before, int max) {
        String exact = collation.distinct("s.userId");
        before.ifPresent(id -> live.add(" and s.userId <= :before", "before", id.value())
                .add(" and (s.userId < :before or " + exact + " < :exactly)", "exactly", id.value()));
        userIds(live.select(USER_ID).add(" group by s.userId order by s.userId desc"), max - 1, 1)
                .forEach(last -> live.add(" and s.userId >= :last", "last", last.value()));
        String order = " group by " + collation.group("s.userId") + " order by s.userId desc, " + exact + " desc";
        return userIds(live.select(USER_ID).add(order), 0, max);
    }

    private List<UserId> userIds(HqlBuilder hql, int first, int max) {
        return query(hql, first, max).stream().map(SessionTable::userId).toList();
    }

    @Override
    public List<Session> sessions(List<Row> rows) {
        return sessions(rows, new Details(data(rows), clients(rows)));
    }

    private List<Session> sessions(List<Row> rows, Details details) {
        List<Session> sessions = new ArrayList<>(rows.size());
        for (Row row : rows) {
            details.of(row)
                    .flatMap(stored -> live(stored, row.id().rememberMe()))
                    .ifPresent(sessions::add);
        }
        return sessions;
    }

    /** One row that cannot be read must not spoil a list. */
    private Optional<Session> live(StoredSession stored, RememberMe branch) {
        try {
            return mapper.live(stored, branch);
        } catch (ModelException unreadable) {
            LOG.warnf(unreadable, "A session of user %s cannot be read and is left out", stored.userId());
            return Optional.empty();
        }
    }

    @Override
    public List<Identity> identities(List<UserId> users) {
        return new IdentityReader(new JpaRecentRows(realm, mapper, this)).identities(users);
    }

    @Override
    public List<Row> first(List<UserId> users) {
        return users.isEmpty() ? List.of() : recentRows(users, 1);
    }

    private List<Row> recentRows(List<UserId> users, int max) {
        return rows(recent(users, max, "", ""), Integer.MAX_VALUE);
    }

    /**
     * The most recently active rows of each user with {@link SessionTable#ROW_COLUMNS}, {@code brokerSession}, and how
     * many live rows the user has: {@code sessions}, the oldest of them created in the second {@code oldest}.
     */
    Collection<Tuple> recentWithTotals(List<UserId> users, int max) {
        String perUser = " over (partition by " + collation.distinct("s.userId") + ")";
        return query(recent(
                users,
                max,
                ", s.brokerSessionId as brokerSession, count(*)" + perUser + " as sessions, min(s.createdOn)" + perUser
                        + " as oldest",
                ", r.brokerSession as brokerSession, r.sessions as sessions, r.oldest as oldest"));
    }

    /**
     * The most recently active rows of each user, bounded per user so that one busy account cannot fill the page.
     *
     * @param more further columns of the inner query
     * @param moreOf the same of its result {@code r}
     */
    private HqlBuilder recent(List<UserId> users, int max, String more, String moreOf) {
        HqlBuilder hql = new HqlBuilder(
                        "select r.sid as sid, r.offline as offline, r.userId as userId, r.createdOn as createdOn,"
                                + " r.lastRefresh as lastRefresh, r.rememberMe as rememberMe" + moreOf
                                + " from (select "
                                + SessionTable.ROW_COLUMNS + more + ", row_number() over (partition by "
                                + collation.distinct("s.userId")
                                + " order by " + activeFirst() + ") as place"
                                + SessionTable.OF_REALM + " and ")
                .with("realm", realm.getId())
                .in("s.userId", users.stream().map(UserId::value).toList());
        addLive(hql);
        return hql.add(") r where r.place <= :max", "max", max).add(" order by r.userId desc, r.place");
    }

    @Override
    public List<SignIn> signIns(List<UserId> users, int max) {
        if (users.isEmpty()) {
            return List.of();
        }
        return memory.of(
                recentRows(users, max),
                // A sign-in has no applications, so the table of client sessions is not read.
                unread -> sessions(unread, new Details(data(unread), Map.of())),
                this::isProvider);
    }

    boolean isProvider(String alias) {
        return providers.computeIfAbsent(
                alias, unknown -> session.identityProviders().getByAlias(unknown) != null);
    }

    @Override
    public List<Row> recent(UserId user, int max) {
        HqlBuilder hql = new HqlBuilder("select " + SessionTable.ROW_COLUMNS + SessionTable.OF_REALM)
                .with("realm", realm.getId());
        conditions.addUser(hql, user);
        addLive(hql);
        hql.add(" order by " + activeFirst());
        return rows(hql, max);
    }

    @Override
    public List<SessionRef> refs(UserId user) {
        HqlBuilder hql = new HqlBuilder("select " + SessionTable.REF_COLUMNS + SessionTable.OF_REALM)
                .with("realm", realm.getId())
                .add(" and s.userId = :user", "user", user.value());
        return query(hql, Integer.MAX_VALUE).stream()
                .map(SessionTable::ref)
                .filter(ref -> ref.userId().equals(user))
                .toList();
    }

    @Override
    public List<Row> rows(String sid) {
        HqlBuilder hql = new HqlBuilder("select " + SessionTable.ROW_COLUMNS + SessionTable.OF_REALM)
                .with("realm", realm.getId())
                .add(" and " + SessionTable.SID + " = :sid", "sid", sid);
        // Some databases compare text without regard to case; session ids differ by it.
        return rows(hql, Integer.MAX_VALUE).stream()
                .filter(row -> row.id().sid().equals(sid))
                .toList();
    }

    /** Keycloak's key of a session. */
    record Key(String sid, SessionKind kind) {

        static Key of(Row row) {
            return new Key(row.id().sid(), row.id().kind());
        }

        static Key of(Tuple tuple) {
            return new Key(SessionTable.sid(tuple), SessionTable.kind(tuple));
        }
    }

    /** The data that are read only for rows that are shown, because Keycloak's JSON is kilobytes per session. */
    private record Details(Map<Key, String> data, Map<Key, List<StoredClientSession>> clients) {

        /** Empty when the session ended since its row was read. */
        Optional<StoredSession> of(Row row) {
            Key key = Key.of(row);
            return Optional.ofNullable(data.get(key))
                    .map(json -> StoredSession.of(row, json, clients.getOrDefault(key, List.of())));
        }
    }

    private Map<Key, String> data(List<Row> rows) {
        Map<Key, String> found = new HashMap<>();
        // The query has the table's key alone, because with the realm in it PostgreSQL also reads a whole index that
        // begins with the realm. It reads twins along, which are rare, because a second query would cost more.
        String data = "select " + SessionTable.REF_COLUMNS + ", s.data as data from " + SessionTable.USER_SESSIONS
                + " where " + SessionTable.BOTH_KINDS + " and ";
        forEach(data, rows, tuple -> found.put(Key.of(tuple), tuple.get("data", String.class)));
        return found;
    }

    private Map<Key, List<StoredClientSession>> clients(List<Row> rows) {
        Map<Key, List<StoredClientSession>> found = new HashMap<>();
        forEachClientSession(
                SessionTable.CLIENT_COLUMNS, rows, (key, tuple) -> found.computeIfAbsent(key, id -> new ArrayList<>())
                        .add(SessionTable.client(tuple)));
        return found;
    }

    /**
     * Client sessions of these rows, and of their twins of the other kind. The query has the session's id alone,
     * because the table's key begins with it: with the kind in it PostgreSQL looks for each session in both kinds.
     */
    void forEachClientSession(String columns, List<Row> rows, BiConsumer<Key, Tuple> action) {
        forEach(
                "select " + columns + " from " + SessionTable.CLIENT_SESSIONS + " where ",
                rows,
                tuple -> action.accept(Key.of(tuple), tuple));
    }

    /** What the query gives for the ids of these rows. */
    private void forEach(String start, List<Row> rows, Consumer<Tuple> action) {
        List<String> sids =
                rows.stream().map(Row::id).map(SessionId::sid).distinct().toList();
        for (int from = 0; from < sids.size(); from += SessionTable.MAX_KEYS) {
            List<String> keys = sids.subList(from, Math.min(sids.size(), from + SessionTable.MAX_KEYS));
            query(new HqlBuilder(start).in(SessionTable.SID, keys)).forEach(action);
        }
    }

    /** Every branch in which a session can be live, each with its own bounds. */
    private void addLive(HqlBuilder hql) {
        long now = ExpiryBounds.now();
        List<String> branches = new ArrayList<>();
        for (Branch branch : Branch.ALL) {
            if (ExpiryBounds.possible(realm, branch)) {
                ExpiryBounds bounds = ExpiryBounds.of(realm, branch, now);
                String suffix = "" + branches.size();
                branches.add("s.offline = '" + SessionTable.flag(branch.kind()) + "'"
                        + BranchReader.rememberMe(branch.rememberMe()) + " and s.createdOn > :c" + suffix
                        + " and s.lastSessionRefresh > :a" + suffix);
                hql.with("c" + suffix, (int) bounds.created()).with("a" + suffix, (int) bounds.active());
            }
        }
        hql.add(branches.stream().collect(Collectors.joining(" or ", " and (", ")")));
    }

    Collection<Tuple> query(HqlBuilder hql) {
        return query(hql, Integer.MAX_VALUE);
    }

    private List<Row> rows(HqlBuilder hql, int max) {
        return query(hql, max).stream().map(SessionTable::row).toList();
    }

    private Collection<Tuple> query(HqlBuilder hql, int max) {
        return query(hql, 0, max);
    }

    private Collection<Tuple> query(HqlBuilder hql, int first, int max) {
        TypedQuery<Tuple> query = hql.query(em).setFirstResult(first);
        return (max == Integer.MAX_VALUE ? query : query.setMaxResults(max)).getResultList();
    }
}
