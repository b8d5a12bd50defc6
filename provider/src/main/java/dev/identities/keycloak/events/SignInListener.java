package dev.identities.keycloak.events;

import dev.identities.capture.SignInNotes;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/**
 * Notes the browser at sign-in. Only LOGIN and IMPERSONATE come with the person's own request; the events that follow
 * (code to token, refresh) come from an application's back end. CLIENT_LOGIN comes with the request of a program for
 * itself, and has a session only where the program gets a refresh token.
 */
public final class SignInListener implements EventListenerProvider {

    private static final Set<EventType> SIGN_INS =
            EnumSet.of(EventType.LOGIN, EventType.IMPERSONATE, EventType.CLIENT_LOGIN);

    private final KeycloakSession session;

    public SignInListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (!SIGN_INS.contains(event.getType()) || event.getSessionId() == null) {
            return;
        }
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        if (realm == null) {
            return;
        }
        UserSessionModel userSession = session.sessions().getUserSession(realm, event.getSessionId());
        if (userSession == null) {
            // A direct grant that asks for offline_access leaves an offline session only.
            userSession = session.sessions().getOfflineUserSession(realm, event.getSessionId());
        }
        if (userSession != null) {
            Map<String, String> notes =
                    SignInNotes.at(Instant.ofEpochMilli(Time.currentTimeMillis()), userSession::getNote, userAgent());
            notes.forEach(userSession::setNote);
        }
    }

    private String userAgent() {
        try {
            return session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.USER_AGENT);
        } catch (ContextNotActiveException outsideOfARequest) {
            return null;
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // Administration is no sign-in.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
