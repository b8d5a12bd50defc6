package dev.identities.keycloak.users;

import dev.identities.api.pingfederate.UserKeys;
import dev.identities.keycloak.sessions.TransientUsers;
import dev.identities.session.UserId;
import dev.identities.settings.UserKeyHash;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/**
 * Finds users by Keycloak's look-ups, and compares their keys again, because some stores match loosely. People without
 * a stored account are found by what Keycloak keeps of them in their session.
 */
public final class KeycloakUserKeys implements UserKeys {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final TransientUsers transientUsers;

    public KeycloakUserKeys(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.transientUsers = new TransientUsers(session, realm);
    }

    @Override
    public List<UserId> users(String attribute, String key, int max) {
        return with(unstored(attribute, key), attribute, key, max);
    }

    /** Those with a stored account. */
    List<UserId> stored(String attribute, String key, int max) {
        return with(Map.of(), attribute, key, max);
    }

    private List<UserId> with(Map<UserId, UserModel> unstored, String attribute, String key, int max) {
        try (Stream<UserModel> found = find(attribute, key, max)) {
            return with(unstored, found, matches(attribute, key)).limit(max).toList();
        }
    }

    @Override
    public List<UserId> usersByHash(String attribute, UserKeyHash hashing, String hash, int max) {
        try (Stream<UserModel> found =
                session.users().searchForUserByUserAttributeStream(realm, UserKeyHashes.ATTRIBUTE, hash)) {
            return with(transientUsers.all(), found, UserKeyHashes.matches(attribute, hashing, hash))
                    .limit(max)
                    .toList();
        }
    }

    @Override
    public boolean foundAll() {
        return transientUsers.isComplete();
    }

    /** All of both who match, each once. */
    private static Stream<UserId> with(
            Map<UserId, UserModel> unstored, Stream<UserModel> stored, Predicate<UserModel> matches) {
        return Stream.concat(
                        stored.filter(Objects::nonNull).filter(matches).map(user -> new UserId(user.getId())),
                        unstored.entrySet().stream()
                                .filter(entry -> matches.test(entry.getValue()))
                                .map(Map.Entry::getKey))
                .distinct();
    }

    /** People without a stored account, among whom are all who may have that key. */
    private Map<UserId, UserModel> unstored(String attribute, String key) {
        if (!attribute.equals("id")) {
            return transientUsers.all();
        }
        UserId id = new UserId(key);
        return TransientUsers.isOne(id)
                ? transientUsers.byId(id).map(user -> Map.of(id, user)).orElse(Map.of())
                : Map.of();
    }

    private Stream<UserModel> find(String attribute, String key, int max) {
        return switch (attribute) {
            case "id" -> Stream.ofNullable(single().getUserById(realm, key));
            case "username" -> Stream.ofNullable(single().getUserByUsername(realm, key));
            case "email" ->
                session.users()
                        .searchForUserStream(realm, Map.of(UserModel.EMAIL, key, UserModel.EXACT, "true"), 0, max);
            default -> session.users().searchForUserByUserAttributeStream(realm, attribute, key);
        };
    }

    /**
     * Looks one account up past Keycloak's user cache. The cache would read the whole account when only its id is
     * wanted, and the accounts of these look-ups would drive out those of people at work. A realm with other user
     * stores uses the cache, because there it saves a call to a directory.
     */
    private UserProvider single() {
        return Users.hasOtherStores(realm) ? session.users() : session.getProvider(UserProvider.class);
    }

    private static Predicate<UserModel> matches(String attribute, String key) {
        String normal = isCaseInsensitive(attribute) ? key.toLowerCase(Locale.ROOT) : key;
        return user -> keys(user, attribute).anyMatch(normal::equals);
    }

    /** A user's keys; user names and e-mail addresses in lower case, as Keycloak keeps them. */
    static Stream<String> keys(UserModel user, String attribute) {
        return switch (attribute) {
            case "id" -> Stream.of(user.getId());
            case "username" -> Stream.ofNullable(user.getUsername()).map(name -> name.toLowerCase(Locale.ROOT));
            case "email" -> Stream.ofNullable(user.getEmail()).map(email -> email.toLowerCase(Locale.ROOT));
            default -> user.getAttributeStream(attribute);
        };
    }

    private static boolean isCaseInsensitive(String attribute) {
        return attribute.equals("username") || attribute.equals("email");
    }
}
