package dev.identities.keycloak;

import dev.identities.revocation.SessionStore;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The rows of sessions that end together, worked on by one statement for all of them. What Keycloak does with each of
 * them afterwards finds them read, or gone, and costs a third of its own statements.
 */
final class EndingRows {

    /** Hibernate's word for it, as a time-out. */
    private static final int SKIP_LOCKED = -2;

    private final EntityManager em;
    private final Collection<SessionRef> sessions;

    EndingRows(KeycloakSession own, Collection<SessionRef> sessions) {
        this.em = own.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.sessions = sessions;
    }

    /**
     * Locks them, and reads them into the persistence context, where Keycloak looks before it asks the database.
     *
     * @param patient whether to wait when somebody else holds one
     * @throws SessionStore.HeldException when somebody else holds one and nobody is to wait, or one went meanwhile
     */
    void claim(boolean patient) {
        ofEachKind("select s from PersistentUserSessionEntity s", (query, sids) -> {
            query.setLockMode(LockModeType.PESSIMISTIC_WRITE);
            if (!patient) {
                query.setHint(PersistenceConfiguration.LOCK_TIMEOUT, SKIP_LOCKED);
            }
            if (query.getResultList().size() < sids.size() && !patient) {
                throw new SessionStore.HeldException();
            }
        });
    }

    /** By the key of the table, with which Keycloak deletes as well. */
    void delete() {
        ofEachKind("delete from PersistentClientSessionEntity s", (query, sids) -> query.executeUpdate());
        ofEachKind("delete from PersistentUserSessionEntity s", (query, sids) -> query.executeUpdate());
    }

    private void ofEachKind(String start, BiConsumer<Query, List<String>> action) {
        for (SessionKind kind : SessionKind.values()) {
            List<String> sids = sessions.stream()
                    .filter(ref -> ref.kind() == kind)
                    .map(SessionRef::sid)
                    .toList();
            if (!sids.isEmpty()) {
                Query query = em.createQuery(start + " where s.userSessionId in (:sids) and s.offline = :offline")
                        .setParameter("sids", sids)
                        .setParameter("offline", JpaSessionRows.flag(kind));
                action.accept(query, sids);
            }
        }
    }
}
