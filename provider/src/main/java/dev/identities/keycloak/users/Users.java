package dev.identities.keycloak.users;

import static org.keycloak.connections.infinispan.InfinispanConnectionProvider.USER_CACHE_NAME;
import static org.keycloak.connections.infinispan.InfinispanConnectionProvider.USER_REVISIONS_CACHE_NAME;

import dev.identities.keycloak.sessions.TransientUsers;
import dev.identities.session.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageProvider;

/** Looks users up by id, through Keycloak's user cache, and knows where else they may be. */
public final class Users {

    private Users() {}

    /** The user, or null when there is none in this realm or its user store cannot say. */
    public static UserModel byId(KeycloakSession session, RealmModel realm, UserId id) {
        return session.users().getUserById(realm, id.value());
    }

    /**
     * Reads the accounts that Keycloak's user cache does not hold by one statement. Keycloak reads each of them by a
     * statement of its own when it is looked up, and finds then what has been read here. It asks other user stores all
     * the same, and checks all that it would check otherwise.
     */
    static void readAhead(KeycloakSession session, RealmModel realm, Collection<UserId> ids) {
        // From here on Keycloak's cache takes no account that has changed meanwhile. So none stays there that changes
        // between this reading and its look-up.
        session.users();
        InfinispanConnectionProvider caches = session.getProvider(InfinispanConnectionProvider.class);
        Map<String, ?> cached = caches.getCache(USER_CACHE_NAME);
        // Keycloak takes no account from its cache whose revision has been evicted from this one.
        Map<String, ?> revisions = caches.getCache(USER_REVISIONS_CACHE_NAME);
        List<String> missing = ids.stream()
                .filter(id -> !TransientUsers.isOne(id))
                .map(UserId::value)
                .distinct()
                .filter(StorageId::isLocalStorage)
                .filter(id -> !cached.containsKey(id) || !revisions.containsKey(id))
                .toList();
        if (missing.size() > 1) {
            session.getProvider(JpaConnectionProvider.class)
                    .getEntityManager()
                    .createQuery("select u from UserEntity u where u.realmId = :realm and u.id in :ids", Object.class)
                    .setParameter("realm", realm.getId())
                    .setParameter("ids", missing)
                    .getResultList();
        }
    }

    /** Whether the realm has user stores besides Keycloak's own, for example a directory. */
    static boolean hasOtherStores(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), UserStorageProvider.class.getName())
                .findAny()
                .isPresent();
    }
}
