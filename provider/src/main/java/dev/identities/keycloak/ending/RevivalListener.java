package dev.identities.keycloak.ending;

import dev.identities.keycloak.slots.SessionSlots;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;
import java.util.function.Supplier;
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
 * Keeps a browser's request that was under way when its session ended from making the session anew. Such a request
 * first found the session alive. A moment later it finds it gone and makes a new one of the same id, without a
 * password.
 *
 * <p>The listener rolls the transaction of the request back. The answer of the request then leads to no session,
 * because its code was not kept, and its token names a session that does not exist.
 */
public final class RevivalListener implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(RevivalListener.class);

    private final KeycloakSession session;
    private final Supplier<SessionSlots> slots;

    public RevivalListener(KeycloakSession session, Supplier<SessionSlots> slots) {
        this.session = session;
        this.slots = slots;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.LOGIN && event.getSessionId() != null && isRevival(event)) {
            LOG.infof("A sign-in of user %s was under way when the session ended, and is undone", event.getUserId());
            session.getTransactionManager().setRollbackOnly();
            startAgain(event);
        }
    }

    /** Drops the browser's sign-in. Otherwise its next attempt would have the same id and be rolled back as well. */
    private void startAgain(Event event) {
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
            own.getContext().setRealm(own.realms().getRealm(event.getRealmId()));
            PendingSignIns.drop(own, event.getSessionId());
        });
    }

    private boolean isRevival(Event event) {
        String sid = event.getSessionId();
        // A new sign-in may make a session anew that Keycloak itself has ended; a cookie alone may not.
        return slots.get().isEnded(sid, SessionKind.ONLINE)
                || (slots.get().isClosed(sid, SessionKind.ONLINE) && isSingleSignOn() && !hasRow(event));
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
            return SessionRowLocks.present(own, List.of(ref.sid())).contains(ref);
        });
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // Administration makes no session of an id that was there before.
    }

    @Override
    public void close() {
        // The listener keeps no state.
    }
}
