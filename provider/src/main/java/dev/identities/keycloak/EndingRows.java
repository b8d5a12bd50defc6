package dev.identities.keycloak;

import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The rows of sessions that end together, worked on by one statement for all of them. What Keycloak does with each of
 * them afterwards finds them read, or gone, and costs a third of its own statements.
 */
final class EndingRows {

    private final EntityManager em;
    private final Collection<SessionRef> sessions;

    EndingRows(KeycloakSession own, Collection<SessionRef> sessions) {
        this.em = own.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.sessions = sessions;
    }

    /** Into the persistence context, where Keycloak looks before it asks the database. */
    void read() {
        ofEachKind("select s from PersistentUserSessionEntity s", Query::getResultList);
    }

    /** By the key of the table, with which Keycloak deletes as well. */
    void delete() {
        ofEachKind("delete from PersistentClientSessionEntity s", Query::executeUpdate);
        ofEachKind("delete from PersistentUserSessionEntity s", Query::executeUpdate);
    }

    private void ofEachKind(String start, Consumer<Query> action) {
        for (SessionKind kind : SessionKind.values()) {
            List<String> sids = sessions.stream()
                    .filter(ref -> ref.kind() == kind)
                    .map(SessionRef::sid)
                    .toList();
            if (!sids.isEmpty()) {
                action.accept(em.createQuery(start + " where s.userSessionId in (:sids) and s.offline = :offline")
                        .setParameter("sids", sids)
                        .setParameter("offline", JpaSessionRows.flag(kind)));
            }
        }
    }
}
