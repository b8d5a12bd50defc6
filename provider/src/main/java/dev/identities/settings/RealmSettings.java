package dev.identities.settings;

import java.util.function.UnaryOperator;

/**
 * What a realm's administrator can set, by realm attribute.
 *
 * @param userKeyAttribute {@code identities.user-key-attribute}: {@code username} (default), {@code email}, {@code id},
 *     or the name of a user attribute; a client's attribute of the same name overrides it
 * @param revokeOfflineSessions {@code identities.revoke-offline-sessions}: whether revoking an online session or a user
 *     ends offline sessions too; true unless set to {@code false}
 * @param logoutIdentityProvider {@code identities.logout-identity-provider}: whether the identity provider through which
 *     a revoked session came is told; true unless set to {@code false}
 * @param requireXsrfHeader {@code identities.require-xsrf-header}: whether PingFederate calls must carry
 *     {@code X-XSRF-Header}; false unless set to {@code true}
 * @param auditUserKey {@code identities.audit-user-key}: {@code hash} (default), {@code clear} or {@code none}
 */
public record RealmSettings(
        String userKeyAttribute,
        boolean revokeOfflineSessions,
        boolean logoutIdentityProvider,
        boolean requireXsrfHeader,
        AuditUserKey auditUserKey) {

    private static final String DEFAULT_USER_KEY_ATTRIBUTE = "username";

    /** Reads the realm's attributes; the argument gives null for an attribute that is not set. */
    public static RealmSettings of(UnaryOperator<String> attributes) {
        String userKeyAttribute = attributes.apply(ClientSettings.USER_KEY_ATTRIBUTE);
        return new RealmSettings(
                isSet(userKeyAttribute) ? userKeyAttribute.trim() : DEFAULT_USER_KEY_ATTRIBUTE,
                !is("false", attributes.apply("identities.revoke-offline-sessions")),
                !is("false", attributes.apply("identities.logout-identity-provider")),
                is("true", attributes.apply("identities.require-xsrf-header")),
                AuditUserKey.of(attributes.apply("identities.audit-user-key")));
    }

    static boolean is(String word, String value) {
        return value != null && word.equalsIgnoreCase(value.trim());
    }

    static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }
}
