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
 * @param bulkReasonThreshold {@code identities.bulk-reason-threshold}: a bulk call that is to end more sessions than this
 *     must give a reason; 0 to 10,000, and 100 unless set
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
        int bulkReasonThreshold,
        UserKeySettings userKey,
        RevocationListSettings revocationList,
        SignalSettings signals) {

    /** The most sessions of a bulk call. */
    private static final int MAX_BULK = 10_000;

    /** A help desk ends some sessions at a time. A caller who ends more than this should say why. */
    private static final int BULK_REASON_THRESHOLD = 100;

    /** Reads the realm's attributes; the argument gives null for an attribute that is not set. */
    public static RealmSettings of(UnaryOperator<String> attributes) {
        return new RealmSettings(
                !is("false", attributes.apply("identities.revoke-offline-sessions")),
                !is("false", attributes.apply("identities.logout-identity-provider")),
                is("true", attributes.apply("identities.require-xsrf-header")),
                AuditUserKey.of(attributes.apply("identities.audit-user-key")),
                !is("false", attributes.apply(ClientSettings.SESSION_MANAGEMENT_API)),
                number(attributes.apply("identities.bulk-reason-threshold"), 0, MAX_BULK)
                        .orElse(BULK_REASON_THRESHOLD),
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
