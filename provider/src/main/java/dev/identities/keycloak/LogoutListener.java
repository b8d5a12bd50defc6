package dev.identities.keycloak;

import dev.identities.settings.RealmSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Puts sessions that Keycloak itself ends by request onto the revocation list: logouts, and the admin console's. */
final class LogoutListener implements EventListenerProvider {

    private static final Pattern SESSION_PATH = Pattern.compile("sessions/([^/]+)");
    private static final Logger LOG = Logger.getLogger(LogoutListener.class);

    private final KeycloakSession session;

    LogoutListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.LOGOUT && event.getSessionId() != null) {
            list(event.getRealmId(), event.getSessionId());
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.USER_SESSION && event.getOperationType() == OperationType.DELETE) {
            Matcher path = SESSION_PATH.matcher(event.getResourcePath());
            if (path.matches() && !AdminEventAudit.isOfFailure(event)) {
                list(event.getRealmId(), path.group(1));
            }
        }
    }

    /** Once the logout is committed, and never in its way. */
    private void list(String realmId, String sid) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        RevokedSris list = new RevokedSris(
                session, realm, RealmSettings.of(realm::getAttribute).revocationList());
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                try {
                    boolean unused = list.add(sid);
                } catch (RuntimeException e) {
                    LOG.error("A session that was logged out could not be put on the revocation list", e);
                }
            }

            @Override
            protected void rollbackImpl() {
                // Then there was no logout.
            }
        });
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
