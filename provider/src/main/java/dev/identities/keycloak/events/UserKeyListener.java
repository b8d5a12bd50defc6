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

/**
 * Keeps users' hashed keys up to date: at sign-in, and when a user is changed. Where the realm does not hash keys, a
 * sign-in costs one look at the realm, and a change of the user takes away the hashes that were kept before.
 */
public final class UserKeyListener implements EventListenerProvider {

    private static final Set<EventType> SIGN_INS = EnumSet.of(EventType.LOGIN, EventType.IMPERSONATE);

    private static final Set<EventType> CHANGES = EnumSet.of(EventType.UPDATE_PROFILE, EventType.UPDATE_EMAIL);

    private static final Pattern USER_PATH = Pattern.compile("users/([^/]+)");

    private final KeycloakSession session;

    public UserKeyListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        boolean signIn = SIGN_INS.contains(event.getType());
        if (!signIn && !CHANGES.contains(event.getType())) {
            return;
        }
        RealmModel realm = session.realms().getRealm(event.getRealmId());
        if (realm != null && (!signIn || UserKeyHashes.areWanted(realm))) {
            refresh(realm, event.getUserId());
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.USER && event.getOperationType() == OperationType.UPDATE) {
            Matcher path = USER_PATH.matcher(event.getResourcePath());
            RealmModel realm = path.matches() ? session.realms().getRealm(event.getRealmId()) : null;
            if (realm != null) {
                refresh(realm, path.group(1));
            }
        }
    }

    private void refresh(RealmModel realm, String userId) {
        UserModel user = userId == null ? null : session.users().getUserById(realm, userId);
        if (user != null) {
            UserKeyHashes.refresh(realm, user);
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
