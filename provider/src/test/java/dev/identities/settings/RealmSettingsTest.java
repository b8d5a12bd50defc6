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
                        new UserKeySettings("username", Optional.empty(), Optional.empty(), false),
                        new RevocationListSettings(true, Optional.empty(), true, 201, 404)));
    }

    @Test
    @DisplayName("everything can be set")
    void everything() {
        assertThat(of(Map.of(
                        "identities.user-key-attribute", "employeeNumber",
                        "identities.revoke-offline-sessions", "false",
                        "identities.logout-identity-provider", "false",
                        "identities.require-xsrf-header", "true",
                        "identities.audit-user-key", "clear")))
                .isEqualTo(new RealmSettings(
                        false,
                        false,
                        true,
                        AuditUserKey.CLEAR,
                        true,
                        new UserKeySettings("employeeNumber", Optional.empty(), Optional.empty(), false),
                        new RevocationListSettings(true, Optional.empty(), true, 201, 404)));
    }

    @ParameterizedTest
    @DisplayName("an empty attribute counts as not set")
    @ValueSource(strings = {"", " ", "\t\n"})
    void blank(String blank) {
        assertThat(of(Map.of(
                        "identities.user-key-attribute", blank,
                        "identities.revoke-offline-sessions", blank,
                        "identities.logout-identity-provider", blank,
                        "identities.require-xsrf-header", blank,
                        "identities.audit-user-key", blank)))
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
                "identities.require-xsrf-header", value));
        assertThat(settings.revokeOfflineSessions()).isEqualTo(onByDefault);
        assertThat(settings.logoutIdentityProvider()).isEqualTo(onByDefault);
        assertThat(settings.requireXsrfHeader()).isEqualTo(offByDefault);
    }

    private static RealmSettings of(Map<String, String> attributes) {
        return RealmSettings.of(attributes::get);
    }
}
