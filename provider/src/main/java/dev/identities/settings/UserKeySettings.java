package dev.identities.settings;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The key by which a help desk names people, and the limit of its requests.
 *
 * @param attribute {@code identities.user-key-attribute}: {@code username} (default), {@code email}, {@code id}, or the
 *     name of a user attribute; a client's attribute of the same name overrides it
 * @param hash {@code identities.hash-user-key} ({@code sha-256}, {@code sha-512}; off by default) with
 *     {@code identities.hash-user-key-encoding} and {@code identities.hash-user-key-salt}: callers send the hash of the
 *     key instead of the key. PingFederate's <em>Hash Unique User Key Value</em>
 * @param requestsPerMinute {@code identities.user-key-rate-limit}: how many requests by user key each client may send to
 *     each server node; no limit by default
 * @param answerAsArray {@code identities.user-sessions-format}: {@code array} answers a query by user with a bare array
 *     of the documented objects, {@code object} (default) with the object of the session used last
 */
public record UserKeySettings(
        String attribute, Optional<UserKeyHash> hash, Optional<Integer> requestsPerMinute, boolean answerAsArray) {

    private static final String DEFAULT_ATTRIBUTE = "username";

    /** More is no limit. */
    private static final int MAX_REQUESTS_PER_MINUTE = 1_000_000;

    static UserKeySettings of(UnaryOperator<String> attributes) {
        String attribute = attributes.apply(ClientSettings.USER_KEY_ATTRIBUTE);
        return new UserKeySettings(
                RealmSettings.isSet(attribute) ? attribute.trim() : DEFAULT_ATTRIBUTE,
                UserKeyHash.of(
                        attributes.apply("identities.hash-user-key"),
                        attributes.apply("identities.hash-user-key-encoding"),
                        attributes.apply("identities.hash-user-key-salt")),
                RealmSettings.number(attributes.apply("identities.user-key-rate-limit"), 1, MAX_REQUESTS_PER_MINUTE),
                RealmSettings.is("array", attributes.apply("identities.user-sessions-format")));
    }
}
