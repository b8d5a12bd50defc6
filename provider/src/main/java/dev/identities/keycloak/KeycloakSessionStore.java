package dev.identities.keycloak;

import dev.identities.revocation.Message;
import dev.identities.revocation.SessionStore;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.common.util.MultiSiteUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.models.session.UserSessionPersisterProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Takes sessions out through Keycloak's own provider, which clears caches on every node. Each call works in a Keycloak
 * session of its own: what the caller's request holds is not touched, and the removal is committed when it returns.
 */
final class KeycloakSessionStore implements SessionStore {

    private static final Logger LOG = Logger.getLogger(KeycloakSessionStore.class);

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final LogoutMessages messages;

    KeycloakSessionStore(KeycloakSessionFactory factory, String realmId, LogoutMessages messages) {
        this.factory = factory;
        this.realmId = realmId;
        this.messages = messages;
    }

    @Override
    public List<Ended> end(List<SessionRef> sessions) {
        return inTransaction(own -> {
            List<Ended> ended = new ArrayList<>();
            for (SessionRef ref : sessions) {
                if (exists(own, ref)) {
                    ended.add(new Ended(ref, end(own, ref)));
                }
            }
            return ended;
        });
    }

    private List<Message> end(KeycloakSession own, SessionRef ref) {
        RealmModel realm = own.getContext().getRealm();
        boolean offline = ref.kind() == SessionKind.OFFLINE;
        UserSessionProvider sessions = own.sessions();
        UserSessionModel live =
                offline ? sessions.getOfflineUserSession(realm, ref.sid()) : sessions.getUserSession(realm, ref.sid());
        if (live == null) {
            // Its user cannot be found: Keycloak gives no model for it, and nobody could be named to applications.
            own.getProvider(UserSessionPersisterProvider.class).removeUserSession(ref.sid(), offline);
            return List.of();
        }
        if (!live.getUser().getId().equals(ref.userId().value())) {
            LOG.warnf("Session of user %s is another user's by now: left alone", ref.userId());
            return List.of();
        }
        List<Message> told = messages.about(own, StoredSession.copyOf(own, live));
        if (offline) {
            sessions.removeOfflineUserSession(realm, live);
        } else {
            sessions.removeUserSession(realm, live);
        }
        return told;
    }

    @Override
    public List<SessionRef> stillThere(List<SessionRef> sessions) {
        return inTransaction(
                own -> sessions.stream().filter(ref -> exists(own, ref)).toList());
    }

    /** Looks without touching: reading a session through its provider would refresh caches. */
    private static boolean exists(KeycloakSession own, SessionRef ref) {
        RealmModel realm = own.getContext().getRealm();
        if (ref.kind() == SessionKind.ONLINE && !MultiSiteUtils.isPersistentSessionsEnabled()) {
            return own.sessions().getUserSession(realm, ref.sid()) != null;
        }
        return new JpaSessionRows(own, realm, null).refs(ref.sid()).contains(ref);
    }

    private <T> T inTransaction(Function<KeycloakSession, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, own -> {
            RealmModel realm = own.realms().getRealm(realmId);
            own.getContext().setRealm(realm);
            return work.apply(own);
        });
    }
}
