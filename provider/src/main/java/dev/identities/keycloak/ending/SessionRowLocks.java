package dev.identities.keycloak.ending;

import dev.identities.ending.SessionStore;
import dev.identities.keycloak.sessions.HqlBuilder;
import dev.identities.keycloak.sessions.SessionTable;
import dev.identities.keycloak.sessions.StoredSession;
import dev.identities.keycloak.sessions.StoredSession.StoredClientSession;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.session.PersistentUserSessionEntity;

/** Locks, reads and deletes the rows of sessions that end together, by one statement each for all rows of a kind. */
final class SessionRowLocks {

    /** Hibernate's time-out for a lock that does not wait. */
    private static final int SKIP_LOCKED = -2;

    private final EntityManager em;
    private final Map<SessionRef, StoredSession> sessions = new HashMap<>();

    private SessionRowLocks(KeycloakSession own) {
        this.em = own.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /**
     * Locks the rows of these sessions, so that no other transaction changes them before they are deleted.
     *
     * @param patient whether to wait for a row that another transaction holds
     * @throws SessionStore.HeldException when another transaction holds a row, and only if not patient
     * @throws IllegalStateException when a session belongs to another user by now
     */
    static SessionRowLocks claim(KeycloakSession own, Collection<SessionRef> refs, boolean patient) {
        SessionRowLocks rows = new SessionRowLocks(own);
        String realmId = own.getContext().getRealm().getId();
        Map<SessionRef, PersistentUserSessionEntity> claimed = new HashMap<>();
        rows.ofEachKind(refs, "select s from " + SessionTable.USER_SESSIONS, rows.em::createQuery, (query, kind) -> {
            query.setLockMode(LockModeType.PESSIMISTIC_WRITE);
            if (!patient) {
                query.setHint(PersistenceConfiguration.LOCK_TIMEOUT, SKIP_LOCKED);
            }
            for (Object found : query.getResultList()) {
                PersistentUserSessionEntity row = (PersistentUserSessionEntity) found;
                refs.stream()
                        .filter(ref -> ref.kind() == kind
                                && ref.sid().equals(row.getUserSessionId())
                                && realmId.equals(row.getRealmId()))
                        .forEach(ref -> claimed.put(ref, row));
            }
        });
        List<SessionRef> missing =
                refs.stream().filter(ref -> !claimed.containsKey(ref)).toList();
        if (!patient
                && present(own, missing.stream().map(SessionRef::sid).toList()).stream()
                        .anyMatch(missing::contains)) {
            throw new SessionStore.HeldException();
        }
        rows.read(claimed);
        return rows;
    }

    private void read(Map<SessionRef, PersistentUserSessionEntity> claimed) {
        Map<SessionRef, List<StoredClientSession>> clients = clients(claimed.keySet());
        claimed.forEach((ref, row) -> {
            if (!row.getUserId().equals(ref.userId().value())) {
                throw new IllegalStateException("the session is another user's by now");
            }
            sessions.put(
                    ref,
                    new StoredSession(
                            ref.sid(),
                            row.getUserId(),
                            ref.kind() == SessionKind.OFFLINE,
                            row.getCreatedOn(),
                            row.getLastSessionRefresh(),
                            row.isRememberMe(),
                            row.getData(),
                            clients.getOrDefault(ref, List.of())));
        });
    }

    private Map<SessionRef, List<StoredClientSession>> clients(Set<SessionRef> refs) {
        Map<SessionRef, List<StoredClientSession>> clients = new HashMap<>();
        String select = "select " + SessionTable.CLIENT_COLUMNS + " from " + SessionTable.CLIENT_SESSIONS;
        ofEachKind(refs, select, text -> em.createQuery(text, Tuple.class), (query, kind) -> {
            Map<String, SessionRef> bySid = refs.stream()
                    .filter(ref -> ref.kind() == kind)
                    .collect(Collectors.toMap(SessionRef::sid, ref -> ref));
            for (Object found : query.getResultList()) {
                Tuple tuple = (Tuple) found;
                SessionRef ref = bySid.get(tuple.get("sid", String.class));
                if (ref != null) {
                    clients.computeIfAbsent(ref, unused -> new ArrayList<>()).add(SessionTable.client(tuple));
                }
            }
        });
        return clients;
    }

    /** The sessions that have a row, as they were when the row was locked. */
    Map<SessionRef, StoredSession> sessions() {
        return sessions;
    }

    /** The ids of the clients of each session. */
    Map<SessionRef, Set<String>> clients() {
        return sessions.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().clients().stream()
                        .map(StoredClientSession::clientUuid)
                        .collect(Collectors.toSet())));
    }

    /** Deletes the locked rows by the key of the table. The commit then ends the sessions. */
    void delete() {
        delete(SessionTable.USER_SESSIONS, sessions.keySet());
    }

    /**
     * Deletes the rows of the client sessions of these sessions. This must be a later transaction than the one that
     * deleted the sessions. A request under way may hold the row of a client session and wait for the row of the user
     * session, so a transaction that holds both kinds could deadlock with it.
     */
    static void deleteClients(KeycloakSession own, Collection<SessionRef> gone) {
        new SessionRowLocks(own).delete(SessionTable.CLIENT_SESSIONS, gone);
    }

    private void delete(String table, Collection<SessionRef> refs) {
        ofEachKind(refs, "delete from " + table, em::createQuery, (query, kind) -> query.executeUpdate());
    }

    /** All rows of this realm, of both kinds, that go by these ids now. */
    static Set<SessionRef> present(KeycloakSession own, Collection<String> ids) {
        EntityManager em = own.getProvider(JpaConnectionProvider.class).getEntityManager();
        String realmId = own.getContext().getRealm().getId();
        Set<String> asked = Set.copyOf(ids);
        List<String> sids = List.copyOf(asked);
        Set<SessionRef> present = new HashSet<>();
        for (int from = 0; from < sids.size(); from += SessionTable.MAX_KEYS) {
            List<String> keys = sids.subList(from, Math.min(sids.size(), from + SessionTable.MAX_KEYS));
            // The realm is compared here: in the query it would lead PostgreSQL to a second, long way.
            HqlBuilder hql = new HqlBuilder("select " + SessionTable.REF_COLUMNS + ", s.realmId as realmId from "
                            + SessionTable.USER_SESSIONS + " where " + SessionTable.BOTH_KINDS + " and ")
                    .in(SessionTable.SID, keys);
            hql.query(em).getResultList().stream()
                    .filter(tuple -> tuple.get("realmId", String.class).equals(realmId))
                    .map(SessionTable::ref)
                    // Some databases compare text without regard to case; session ids differ by it.
                    .filter(ref -> asked.contains(ref.sid()))
                    .forEach(present::add);
        }
        return present;
    }

    private void ofEachKind(
            Collection<SessionRef> refs,
            String start,
            Function<String, Query> maker,
            BiConsumer<Query, SessionKind> action) {
        for (SessionKind kind : SessionKind.values()) {
            List<String> sids = refs.stream()
                    .filter(ref -> ref.kind() == kind)
                    .map(SessionRef::sid)
                    .toList();
            if (!sids.isEmpty()) {
                HqlBuilder hql = new HqlBuilder(start + " where s.offline = :offline and ")
                        .with("offline", SessionTable.flag(kind))
                        .in(SessionTable.SID, sids);
                Query query = maker.apply(hql.text());
                hql.parameters().forEach(query::setParameter);
                action.accept(query, kind);
            }
        }
    }
}
