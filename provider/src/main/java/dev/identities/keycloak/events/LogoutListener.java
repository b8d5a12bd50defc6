package dev.identities.keycloak.events;

import dev.identities.keycloak.AfterCommit;
import dev.identities.keycloak.DeletedSession;
import dev.identities.keycloak.audit.EndingAudit;
import dev.identities.keycloak.ending.PendingSignIns;
import dev.identities.keycloak.ending.RevokedSris;
import dev.identities.settings.RealmSettings;
import dev.identities.settings.RevocationListSettings;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Puts sessions that Keycloak itself ends by request onto the revocation list: logouts, and those of its console. */
public final class LogoutListener implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(LogoutListener.class);

    private final KeycloakSession session;

    public LogoutListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getSessionId() == null) {
            return;
        }
        if (event.getType() == EventType.LOGOUT) {
            list(event.getRealmId(), event.getSessionId(), false);
        } else if (event.getType() == EventType.REVOKE_GRANT) {
            // A session ends when the token of its last application is revoked.
            list(event.getRealmId(), event.getSessionId(), true);
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (!EndingAudit.isOfFailure(event)) {
            DeletedSession.sid(event).ifPresent(sid -> list(event.getRealmId(), sid, false));
        }
    }

    /**
     * Lists the session after the logout is committed, so that a failure here cannot make the logout fail.
     *
     * @param lastToken whether the session may have ended with the token of an application
     */
    private void list(String realmId, String sid, boolean lastToken) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        RevocationListSettings settings = RealmSettings.of(realm::getAttribute).revocationList();
        RevokedSris list = new RevokedSris(session, realm, settings);
        // Sessions that our own calls ended are on the list already.
        boolean toList = settings.tracksLogout() && !list.contains(sid);
        if (!toList && !lastToken) {
            return;
        }
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        AfterCommit.run(session, () -> {
            if ((!lastToken || endedWithToken(factory, realmId, sid)) && toList) {
                list.addSignedOut(sid);
            }
        });
    }

    /**
     * Whether the session is gone. Then the open sign-ins of its browser are dropped, as Keycloak does at a logout.
     * Keycloak does not do so here, and a sign-in that is finished would make the session anew although it is on the
     * revocation list.
     */
    private static boolean endedWithToken(KeycloakSessionFactory factory, String realmId, String sid) {
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(factory, own -> {
                RealmModel realm = own.realms().getRealm(realmId);
                own.getContext().setRealm(realm);
                boolean gone = own.sessions().getUserSession(realm, sid) == null
                        && own.sessions().getOfflineUserSession(realm, sid) == null;
                if (gone) {
                    PendingSignIns.drop(own, sid);
                }
                return gone;
            });
        } catch (RuntimeException e) {
            LOG.error("Whether a session ended with its last token could not be found out", e);
            return false;
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
