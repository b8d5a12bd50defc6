package dev.identities.settings;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The settings of a realm, from its realm attributes.
 *
 * @param revokeOfflineSessions {@code identities.revoke-offline-sessions}: whether revoking an online session or a user
 *     ends offline sessions too; true unless set to {@code false}
 * @param logoutIdentityProvider {@code identities.logout-identity-provider}: whether the identity provider through which
 *     a revoked session came is told; true unless set to {@code false}
 * @param requireXsrfHeader {@code identities.require-xsrf-header}: whether all PingFederate calls must carry
 *     {@code X-XSRF-Header}; false unless set to {@code true}. Those of the revocation list always must
 * @param auditUserKey {@code identities.audit-user-key}: {@code hash} (default), {@code clear} or {@code none}
 * @param sessionManagementApi {@code identities.session-management-api}: whether the realm offers PingFederate's calls by
 *     user and by session; true unless set to {@code false}
 * @param userKey the key by which a help desk names people
 * @param revocationList the list of revoked SRIs
 * @param signals from when on a session is unusual
 */
public record RealmSettings(
        boolean revokeOfflineSessions,
        boolean logoutIdentityProvider,
        boolean requireXsrfHeader,
        AuditUserKey auditUserKey,
        boolean sessionManagementApi,
        UserKeySettings userKey,
        RevocationListSettings revocationList,
        SignalSettings signals) {

    /** Reads the realm's attributes; the argument gives null for an attribute that is not set. */
    public static RealmSettings of(UnaryOperator<String> attributes) {
        return new RealmSettings(
                !is("false", attributes.apply("identities.revoke-offline-sessions")),
                !is("false", attributes.apply("identities.logout-identity-provider")),
                is("true", attributes.apply("identities.require-xsrf-header")),
                AuditUserKey.of(attributes.apply("identities.audit-user-key")),
                !is("false", attributes.apply(ClientSettings.SESSION_MANAGEMENT_API)),
                UserKeySettings.of(attributes),
                RevocationListSettings.of(attributes),
                SignalSettings.of(attributes));
    }

    static boolean is(String word, String value) {
        return value != null && word.equalsIgnoreCase(value.trim());
    }

    static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    /** A whole number within these bounds; empty for anything else. */
    static Optional<Integer> number(String value, int min, int max) {
        try {
            return Optional.ofNullable(value)
                    .map(text -> Integer.parseInt(text.trim()))
                    .filter(number -> number >= min && number <= max);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
