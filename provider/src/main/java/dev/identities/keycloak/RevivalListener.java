package dev.identities.keycloak;

import dev.identities.keycloak.slots.SessionSlots;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keeps requests that were under way when a session ended from making it anew. A browser's request that found the session
 * alive, and finds it gone a moment later, makes a new one of the same id, without a password. An application's request
 * can make an offline session of one that has just ended.
 *
 * <p>Such a request writes nothing: its transaction is rolled back. What it was answered is worth nothing, because the
 * session that it speaks of does not exist.
 */
final class RevivalListener implements EventListenerProvider {

    /** What can make an offline session of an online one. */
    private static final Set<EventType> MAKE_OFFLINE_SESSIONS = EnumSet.of(
            EventType.CODE_TO_TOKEN,
            EventType.REFRESH_TOKEN,
            EventType.TOKEN_EXCHANGE,
            EventType.OAUTH2_DEVICE_CODE_TO_TOKEN,
            EventType.AUTHREQID_TO_TOKEN);

    private static final Logger LOG = Logger.getLogger(RevivalListener.class);

    private final KeycloakSession session;

    RevivalListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getSessionId() != null && isRevival(event)) {
            LOG.infof(
                    "A %s of user %s was under way when the session ended, and is undone",
                    event.getType(), event.getUserId());
            session.getTransactionManager().setRollbackOnly();
        }
    }

    private boolean isRevival(Event event) {
        SessionSlots slots = session.getProvider(ServerParts.class).slots();
        String sid = event.getSessionId();
        if (MAKE_OFFLINE_SESSIONS.contains(event.getType())) {
            return slots.isEnded(sid, SessionKind.OFFLINE);
        }
        if (event.getType() != EventType.LOGIN) {
            return false;
        }
        // What Keycloak ended itself may be made anew by somebody who has just proved who he is, but by no cookie.
        return slots.isEnded(sid, SessionKind.ONLINE)
                || (slots.isClosed(sid, SessionKind.ONLINE) && isSingleSignOn() && !hasRow(event));
    }

    private boolean isSingleSignOn() {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        return signIn != null && "true".equals(signIn.getAuthNote(AuthenticationManager.SSO_AUTH));
    }

    /** A session that goes on has a committed row, also when its slot was closed for an end that failed. */
    private boolean hasRow(Event event) {
        SessionRef ref = new SessionRef(event.getSessionId(), SessionKind.ONLINE, new UserId(event.getUserId()));
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
            RealmModel realm = own.realms().getRealm(event.getRealmId());
            own.getContext().setRealm(realm);
            return EndingRows.present(own, List.of(ref.sid())).contains(ref);
        });
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // Administration makes no session of an id that was there before.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
