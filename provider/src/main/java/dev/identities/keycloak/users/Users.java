package dev.identities.keycloak.users;

import dev.identities.session.UserId;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStorageProvider;

/** Looks users up by id, through Keycloak's user cache, and knows where else they may be. */
public final class Users {

    private Users() {}

    /** The user, or null when there is none in this realm or its user store cannot say. */
    public static UserModel byId(KeycloakSession session, RealmModel realm, UserId id) {
        return session.users().getUserById(realm, id.value());
    }

    /** Whether the realm has user stores besides Keycloak's own, for example a directory. */
    static boolean hasOtherStores(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), UserStorageProvider.class.getName())
                .findAny()
                .isPresent();
    }
}
