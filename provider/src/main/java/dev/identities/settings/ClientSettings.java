package dev.identities.settings;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The settings of one client, from its client attributes.
 *
 * @param sessionManagementApi {@code identities.session-management-api}: <em>Allow access to Session Management
 *     API</em>; false unless set to {@code true}
 * @param sessionRevocationApi {@code identities.session-revocation-api}: <em>Allow access to Session Revocation
 *     API</em>; false unless set to {@code true}
 * @param userKeyAttribute {@code identities.user-key-attribute}: overrides the realm's
 */
public record ClientSettings(
        boolean sessionManagementApi, boolean sessionRevocationApi, Optional<String> userKeyAttribute) {

    /** Also the realm's own switch, under the same name. */
    public static final String SESSION_MANAGEMENT_API = "identities.session-management-api";

    /** Also the realm's own switch, under the same name. */
    public static final String SESSION_REVOCATION_API = "identities.session-revocation-api";

    static final String USER_KEY_ATTRIBUTE = "identities.user-key-attribute";

    /** Reads the client's attributes; the argument gives null for an attribute that is not set. */
    public static ClientSettings of(UnaryOperator<String> attributes) {
        return new ClientSettings(
                RealmSettings.is("true", attributes.apply(SESSION_MANAGEMENT_API)),
                RealmSettings.is("true", attributes.apply(SESSION_REVOCATION_API)),
                Optional.ofNullable(attributes.apply(USER_KEY_ATTRIBUTE))
                        .filter(RealmSettings::isSet)
                        .map(String::trim));
    }
}
