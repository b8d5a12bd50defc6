package dev.identities.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The list of revoked SRIs: how long it remembers, and how it answers where PingFederate's documentation does not say.
 *
 * @param api {@code identities.session-revocation-api}: whether the realm offers {@code /revokedSris}; true unless set to
 *     {@code false}. The list is kept in any case
 * @param lifetime {@code identities.session-revocation-lifetime} in minutes: how long an SRI stays on the list; empty: as
 *     long as a session of the realm can last. PingFederate's <em>Session Revocation Lifetime</em>
 * @param tracksLogout {@code identities.track-revoked-sris-on-logout}: whether what people log out of themselves, or
 *     administrators in Keycloak's console, is listed as well; true unless set to {@code false}. PingFederate's
 *     <em>Track Revoked Sessions on Logout</em>
 * @param endsSessions {@code identities.revoked-sris-end-sessions}: whether adding an SRI ends its session as well; true
 *     unless set to {@code false}
 * @param createdStatus {@code identities.revoked-sris-created-status}: what adding an SRI answers, 201 (default), 200 or
 *     204
 * @param notListedStatus {@code identities.revoked-sris-not-listed-status}: what asking for an SRI that is not listed
 *     answers, 404 (default), 200 or 204
 */
public record RevocationListSettings(
        boolean api,
        Optional<Duration> lifetime,
        boolean tracksLogout,
        boolean endsSessions,
        int createdStatus,
        int notListedStatus) {

    /** Ten years: longer than any session, and far from where sums of seconds overflow. */
    private static final int MAX_MINUTES = 5_256_000;

    static RevocationListSettings of(UnaryOperator<String> attributes) {
        return new RevocationListSettings(
                !RealmSettings.is("false", attributes.apply(ClientSettings.SESSION_REVOCATION_API)),
                RealmSettings.number(attributes.apply("identities.session-revocation-lifetime"), 1, MAX_MINUTES)
                        .map(Duration::ofMinutes),
                !RealmSettings.is("false", attributes.apply("identities.track-revoked-sris-on-logout")),
                !RealmSettings.is("false", attributes.apply("identities.revoked-sris-end-sessions")),
                status(attributes.apply("identities.revoked-sris-created-status"), Set.of(200, 204), 201),
                status(attributes.apply("identities.revoked-sris-not-listed-status"), Set.of(200, 204), 404));
    }

    private static int status(String value, Set<Integer> others, int usual) {
        return RealmSettings.number(value, 200, 599).filter(others::contains).orElse(usual);
    }
}
