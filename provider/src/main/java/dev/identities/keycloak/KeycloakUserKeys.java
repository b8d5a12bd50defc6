package dev.identities.keycloak;

import dev.identities.pingfederate.UserKeys;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** User keys by Keycloak's user look-ups. What they find is compared again: some stores match loosely. */
final class KeycloakUserKeys implements UserKeys {

    private final KeycloakSession session;
    private final RealmModel realm;

    KeycloakUserKeys(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @Override
    public List<UserId> users(String attribute, String key, int max) {
        try (Stream<UserModel> found = find(attribute, key, max)) {
            return found.filter(Objects::nonNull)
                    .filter(matches(attribute, key))
                    .map(user -> new UserId(user.getId()))
                    .distinct()
                    .limit(max)
                    .toList();
        }
    }

    private Stream<UserModel> find(String attribute, String key, int max) {
        return switch (attribute) {
            case "id" -> Stream.ofNullable(session.users().getUserById(realm, key));
            case "username" -> Stream.ofNullable(session.users().getUserByUsername(realm, key));
            case "email" ->
                session.users()
                        .searchForUserStream(realm, Map.of(UserModel.EMAIL, key, UserModel.EXACT, "true"), 0, max);
            default -> session.users().searchForUserByUserAttributeStream(realm, attribute, key);
        };
    }

    /** Keycloak keeps user names and e-mail addresses in lower case; ids and attributes are what they are. */
    private static Predicate<UserModel> matches(String attribute, String key) {
        return switch (attribute) {
            case "id" -> user -> key.equals(user.getId());
            case "username" -> user -> key.equalsIgnoreCase(user.getUsername());
            case "email" -> user -> key.equalsIgnoreCase(user.getEmail());
            default -> user -> user.getAttributeStream(attribute).anyMatch(key::equals);
        };
    }
}
