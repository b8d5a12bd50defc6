package dev.identities.keycloak.ending;

import dev.identities.keycloak.sessions.HqlBuilder;
import dev.identities.keycloak.sessions.SessionTable;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Rows of sessions that a request of Keycloak's own is about to delete. Reading them enters no cache. */
public final class LiveRows {

    private LiveRows() {}

    /** The sessions of that id, of both kinds, in the realm of the context. */
    public static List<SessionRef> of(KeycloakSession own, String sid) {
        return List.copyOf(SessionRowLocks.present(own, List.of(sid)));
    }

    /** The online sessions of the realm of the context, in no order, and not more than {@code max}. */
    public static List<SessionRef> online(KeycloakSession own, int max) {
        return new HqlBuilder("select " + SessionTable.REF_COLUMNS + " from " + SessionTable.USER_SESSIONS
                        + " where s.realmId = :realm and s.offline = '" + SessionTable.flag(SessionKind.ONLINE) + "'")
                        .with("realm", own.getContext().getRealm().getId())
                        .query(own.getProvider(JpaConnectionProvider.class).getEntityManager())
                        .setMaxResults(max)
                        .getResultList()
                        .stream()
                        .map(SessionTable::ref)
                        .toList();
    }
}
