package dev.identities.keycloak.events;

import dev.identities.keycloak.users.UserKeyHashes;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Keeps users' hashed keys up to date: at sign-in, and when a user is changed. */
public final class UserKeyListener implements EventListenerProvider {

    private static final Set<EventType> MAY_HAVE_CHANGED =
            EnumSet.of(EventType.LOGIN, EventType.IMPERSONATE, EventType.UPDATE_PROFILE, EventType.UPDATE_EMAIL);

    private static final Pattern USER_PATH = Pattern.compile("users/([^/]+)");

    private final KeycloakSession session;

    public UserKeyListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (MAY_HAVE_CHANGED.contains(event.getType())) {
            refresh(event.getRealmId(), event.getUserId());
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.USER && event.getOperationType() == OperationType.UPDATE) {
            Matcher path = USER_PATH.matcher(event.getResourcePath());
            if (path.matches()) {
                refresh(event.getRealmId(), path.group(1));
            }
        }
    }

    private void refresh(String realmId, String userId) {
        RealmModel realm = session.realms().getRealm(realmId);
        UserModel user =
                realm == null || userId == null ? null : session.users().getUserById(realm, userId);
        if (user != null) {
            UserKeyHashes.refresh(realm, user);
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
