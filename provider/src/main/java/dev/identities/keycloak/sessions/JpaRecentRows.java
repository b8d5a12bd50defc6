package dev.identities.keycloak.sessions;

import dev.identities.keycloak.sessions.StoredSession.StoredClientSession;
import dev.identities.listing.RecentRows;
import dev.identities.listing.SessionRows.Row;
import dev.identities.session.ClientUse;
import dev.identities.session.Session;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.storage.StorageId;

/** Recent sessions of people in Keycloak's tables, for one page of a list. */
final class JpaRecentRows implements RecentRows {

    private final RealmModel realm;
    private final SessionMapper mapper;
    private final JpaSessionRows rows;

    JpaRecentRows(RealmModel realm, SessionMapper mapper, JpaSessionRows rows) {
        this.realm = realm;
        this.mapper = mapper;
        this.rows = rows;
    }

    @Override
    public List<Recent> recent(List<UserId> users, int max) {
        Collection<Tuple> found = rows.recentWithTotals(users, max);
        Set<String> linked = linked(found);
        return found.stream()
                .map(tuple -> new Recent(
                        SessionTable.row(tuple),
                        through(tuple, linked),
                        tuple.get("sessions", Long.class),
                        tuple.get("oldest", Integer.class)))
                .toList();
    }

    /** The users among those with a session of an unnamed provider that are linked to one. */
    private Set<String> linked(Collection<Tuple> found) {
        List<String> unnamed = found.stream()
                .filter(tuple -> brokerSession(tuple) == null)
                .map(tuple -> tuple.get("userId", String.class))
                .distinct()
                .toList();
        if (unnamed.isEmpty()) {
            return Set.of();
        }
        HqlBuilder links = new HqlBuilder("select distinct f.user.id as userId from FederatedIdentityEntity f where ")
                .in("f.user.id", unnamed);
        return rows.query(links).stream()
                .map(tuple -> tuple.get("userId", String.class))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * The identity provider by the columns. Keycloak begins its provider's id of a session with the alias and a dot,
     * but not every provider has such an id. Without one, a session of a local account without a link is a local sign-in.
     */
    private Optional<Through> through(Tuple tuple, Set<String> linked) {
        String brokerSession = brokerSession(tuple);
        if (brokerSession == null) {
            String user = tuple.get("userId", String.class);
            boolean local = StorageId.isLocalStorage(user) && !LightweightUserAdapter.isLightweightUser(user);
            return local && !linked.contains(user) ? Optional.of(new Through(Optional.empty())) : Optional.empty();
        }
        int dot = brokerSession.indexOf('.');
        // An alias and an id may have dots themselves.
        boolean clear = dot > 0 && dot == brokerSession.lastIndexOf('.');
        return Optional.of(brokerSession)
                .filter(id -> clear)
                .map(id -> id.substring(0, dot))
                .filter(rows::isProvider)
                .map(alias -> new Through(Optional.of(alias)));
    }

    private static String brokerSession(Tuple tuple) {
        return tuple.get("brokerSession", String.class);
    }

    @Override
    public List<Session> sessions(List<Row> found) {
        return rows.sessions(found);
    }

    @Override
    public List<Visit> visits(List<Row> found) {
        Map<JpaSessionRows.Key, Row> byKey = byKey(found);
        List<Visit> visits = new ArrayList<>();
        rows.forEachClientSession(SessionTable.CLIENT_COLUMNS_BUT_DATA, found, (key, tuple) -> {
            String client = SessionTable.clientUuid(tuple);
            if (byKey.containsKey(key) && mapper.isClient(client)) {
                visits.add(new Visit(
                        byKey.get(key), client, Instant.ofEpochSecond(tuple.get("timestamp", Integer.class))));
            }
        });
        return visits;
    }

    @Override
    public Map<SessionRef, List<ClientUse>> uses(List<Row> found) {
        Map<JpaSessionRows.Key, Row> byKey = byKey(found);
        Map<SessionRef, List<ClientUse>> uses = new HashMap<>();
        rows.forEachClientSession(SessionTable.CLIENT_COLUMNS, found, (key, tuple) -> {
            StoredClientSession stored = SessionTable.client(tuple);
            Row row = byKey.get(key);
            if (row != null && mapper.isClient(stored.clientUuid())) {
                uses.computeIfAbsent(row.ref(), ref -> new ArrayList<>())
                        .add(stored.use(row.id().createdOn()));
            }
        });
        return uses;
    }

    private static Map<JpaSessionRows.Key, Row> byKey(List<Row> found) {
        return found.stream().collect(Collectors.toMap(JpaSessionRows.Key::of, Function.identity()));
    }

    @Override
    public Duration longestSignIn() {
        return Duration.ofSeconds(realm.getAccessCodeLifespanLogin());
    }
}
