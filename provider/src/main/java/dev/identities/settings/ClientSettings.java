package dev.identities.settings;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What can be set for one client, by client attribute.
 *
 * @param sessionManagementApi {@code identities.session-management-api}: <em>Allow access to Session Management
 *     API</em>; false unless set to {@code true}
 * @param userKeyAttribute {@code identities.user-key-attribute}: overrides the realm's
 */
public record ClientSettings(boolean sessionManagementApi, Optional<String> userKeyAttribute) {

    static final String USER_KEY_ATTRIBUTE = "identities.user-key-attribute";

    /** Reads the client's attributes; the argument gives null for an attribute that is not set. */
    public static ClientSettings of(UnaryOperator<String> attributes) {
        return new ClientSettings(
                RealmSettings.is("true", attributes.apply("identities.session-management-api")),
                Optional.ofNullable(attributes.apply(USER_KEY_ATTRIBUTE))
                        .filter(RealmSettings::isSet)
                        .map(String::trim));
    }
}
