package dev.identities.keycloak.users;

import dev.identities.settings.RealmSettings;
import dev.identities.settings.UserKeyHash;
import dev.identities.settings.UserKeySettings;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Where a realm wants hashed user keys: each user's hash, kept in a user attribute, since a hash cannot be turned back
 * and Keycloak finds users by attribute through an index.
 */
public final class UserKeyHashes {

    /** Letters only: user stores of LDAP are asked for it too, and refuse other names. */
    public static final String ATTRIBUTE = "identitiesUserKeyHash";

    private static final Set<String> WARNED_OF = ConcurrentHashMap.newKeySet();

    private static final Logger LOG = Logger.getLogger(UserKeyHashes.class);

    private UserKeyHashes() {}

    /** Whether the realm wants hashed keys. */
    public static boolean areWanted(RealmModel realm) {
        return settings(realm).hash().isPresent();
    }

    private static UserKeySettings settings(RealmModel realm) {
        return RealmSettings.of(realm::getAttribute).userKey();
    }

    /** Brings the user's attribute up to date; takes it away where the realm does not want hashed keys any more. */
    public static void refresh(RealmModel realm, UserModel user) {
        UserKeySettings settings = settings(realm);
        Set<String> wanted = settings.hash()
                .map(hashing -> hashes(user, settings.attribute(), hashing))
                .orElse(Set.of());
        Set<String> kept = user.getAttributeStream(ATTRIBUTE).collect(Collectors.toSet());
        if (wanted.equals(kept)) {
            return;
        }
        try {
            if (wanted.isEmpty()) {
                user.removeAttribute(ATTRIBUTE);
            } else {
                user.setAttribute(ATTRIBUTE, wanted.stream().sorted().toList());
            }
        } catch (RuntimeException e) {
            // A sign-in must not fail for it.
            warn(user, e);
        }
    }

    /** Once per user store: a read-only one refuses at every sign-in. */
    private static void warn(UserModel user, RuntimeException e) {
        String store = String.valueOf(user.getFederationLink());
        if (WARNED_OF.add(store)) {
            LOG.warnf(
                    "The user store %s does not keep hashed user keys (%s): its users cannot be found by hash",
                    store, e.getClass().getName());
        }
    }

    /** Whether this is the hash of one of the user's keys as they are now; attributes may be edited by others. */
    static Predicate<UserModel> matches(String attribute, UserKeyHash hashing, String hash) {
        return user -> hashes(user, attribute, hashing).contains(hash);
    }

    private static Set<String> hashes(UserModel user, String attribute, UserKeyHash hashing) {
        return KeycloakUserKeys.keys(user, attribute).map(hashing::of).collect(Collectors.toSet());
    }
}
