package dev.identities.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealmSettingsTest {

    @Test
    @DisplayName("a realm that sets nothing has the documented defaults")
    void defaults() {
        assertThat(of(Map.of()))
                .isEqualTo(new RealmSettings(
                        true,
                        true,
                        false,
                        AuditUserKey.HASH,
                        true,
                        100,
                        new UserKeySettings("username", Optional.empty(), Optional.empty(), false),
                        new RevocationListSettings(true, Optional.empty(), true, true, 201, 404),
                        new SignalSettings(1_000, 90)));
    }

    @Test
    @DisplayName("everything can be set")
    void everything() {
        assertThat(of(Map.of(
                        "identities.user-key-attribute", "employeeNumber",
                        "identities.revoke-offline-sessions", "false",
                        "identities.logout-identity-provider", "false",
                        "identities.require-xsrf-header", "true",
                        "identities.audit-user-key", "clear",
                        "identities.session-management-api", "false",
                        "identities.bulk-reason-threshold", "0",
                        "identities.revoked-sris-created-status", "204",
                        "identities.signals-max-speed-kmh", "900",
                        "identities.signals-old-offline-days", " 30 ")))
                .isEqualTo(new RealmSettings(
                        false,
                        false,
                        true,
                        AuditUserKey.CLEAR,
                        false,
                        0,
                        new UserKeySettings("employeeNumber", Optional.empty(), Optional.empty(), false),
                        new RevocationListSettings(true, Optional.empty(), true, true, 204, 404),
                        new SignalSettings(900, 30)));
    }

    @ParameterizedTest
    @DisplayName("an empty attribute counts as not set")
    @ValueSource(strings = {"", " ", "\t\n"})
    void blank(String blank) {
        assertThat(RealmSettings.of(name -> name.equals("identities.hash-user-key-salt") ? null : blank))
                .isEqualTo(of(Map.of()));
    }

    @Test
    @DisplayName("spaces around the name of the user key attribute do not belong to it, its case does")
    void attributeName() {
        assertThat(of(Map.of("identities.user-key-attribute", " eMail "))
                        .userKey()
                        .attribute())
                .isEqualTo("eMail");
    }

    @ParameterizedTest
    @DisplayName("switches change by the one word that changes them, in any case; anything else is the default")
    @CsvSource({
        "false, false, false",
        "FALSE, false, false",
        "true, true, true",
        "True, true, true",
        "no, true, false",
        "off, true, false",
        "0, true, false",
        "1, true, false",
        "yes, true, false"
    })
    void switches(String value, boolean onByDefault, boolean offByDefault) {
        RealmSettings settings = of(Map.of(
                "identities.revoke-offline-sessions", value,
                "identities.logout-identity-provider", value,
                "identities.session-management-api", value,
                "identities.require-xsrf-header", value));
        assertThat(settings.revokeOfflineSessions()).isEqualTo(onByDefault);
        assertThat(settings.logoutIdentityProvider()).isEqualTo(onByDefault);
        assertThat(settings.sessionManagementApi()).isEqualTo(onByDefault);
        assertThat(settings.requireXsrfHeader()).isEqualTo(offByDefault);
    }

    @Test
    @DisplayName("the two APIs are switched each by its own attribute")
    void apis() {
        RealmSettings noManagement = of(Map.of("identities.session-management-api", "false"));
        assertThat(noManagement.sessionManagementApi()).isFalse();
        assertThat(noManagement.revocationList().api()).isTrue();
        RealmSettings noRevocation = of(Map.of("identities.session-revocation-api", "false"));
        assertThat(noRevocation.sessionManagementApi()).isTrue();
        assertThat(noRevocation.revocationList().api()).isFalse();
    }

    @ParameterizedTest
    @DisplayName("whole numbers within their bounds, and nothing else")
    @CsvSource({"1, 1", "9, 9", "' 5 ', 5", "0,", "10,", "-5,", "5.0,", "five,", "'',", "' ',", ",", "99999999999,"})
    void numbers(String text, Integer number) {
        assertThat(RealmSettings.number(text, 1, 9)).isEqualTo(Optional.ofNullable(number));
    }

    private static RealmSettings of(Map<String, String> attributes) {
        return RealmSettings.of(attributes::get);
    }

    @ParameterizedTest
    @DisplayName("a threshold of signals that is no whole number within its bounds counts as not set")
    @CsvSource({"0", "-1", "1.5", "1e3", "fast", "100001"})
    void thresholds(String value) {
        assertThat(SignalSettings.of(name -> value).maxSpeedKmh()).isEqualTo(1_000);
        assertThat(SignalSettings.of(name -> value).oldOfflineDays()).isEqualTo(90);
    }
}
