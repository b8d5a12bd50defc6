package dev.identities.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationListSettingsTest {

    @Test
    @DisplayName("unset: offered, for as long as a session, with logouts, ending sessions, 201 and 404")
    void defaults() {
        assertThat(of(Map.of())).isEqualTo(new RevocationListSettings(true, Optional.empty(), true, true, 201, 404));
    }

    @Test
    @DisplayName("everything can be set")
    void everything() {
        assertThat(of(Map.of(
                        "identities.session-revocation-api", "false",
                        "identities.session-revocation-lifetime", "90",
                        "identities.track-revoked-sris-on-logout", "false",
                        "identities.revoked-sris-end-sessions", "false",
                        "identities.revoked-sris-created-status", "200",
                        "identities.revoked-sris-not-listed-status", "204")))
                .isEqualTo(
                        new RevocationListSettings(false, Optional.of(Duration.ofMinutes(90)), false, false, 200, 204));
    }

    @ParameterizedTest
    @DisplayName("only that word, in any case, switches the list off, because gateways rely on the list")
    @CsvSource({"false, false", "FALSE, false", "' False ', false", "true, true", "'', true", "off, true", "0, true"})
    void switches(String value, boolean on) {
        assertThat(of(Map.of("identities.session-revocation-api", value)).api()).isEqualTo(on);
        assertThat(of(Map.of("identities.track-revoked-sris-on-logout", value)).tracksLogout())
                .isEqualTo(on);
        assertThat(of(Map.of("identities.revoked-sris-end-sessions", value)).endsSessions())
                .isEqualTo(on);
    }

    @ParameterizedTest
    @DisplayName("the lifetime is in minutes, from one to ten years of them")
    @CsvSource({"1, PT1M", "' 90 ', PT1H30M", "5256000, P3650D"})
    void lifetime(String value, Duration lifetime) {
        assertThat(of(Map.of("identities.session-revocation-lifetime", value)).lifetime())
                .contains(lifetime);
    }

    @ParameterizedTest
    @DisplayName("any other lifetime counts as unset")
    @ValueSource(strings = {"", " ", "0", "-1", "5256001", "9223372036854775807", "1.5", "60m", "PT1H", "never"})
    void noLifetime(String value) {
        assertThat(of(Map.of("identities.session-revocation-lifetime", value)).lifetime())
                .isEmpty();
    }

    @ParameterizedTest
    @DisplayName("adding answers 200, 201 or 204; any other setting means 201")
    @CsvSource({
        "200, 200",
        "201, 201",
        "204, 204",
        "' 204 ', 204",
        "202, 201",
        "404, 201",
        "500, 201",
        "'', 201",
        "ok, 201",
        "2000, 201"
    })
    void created(String value, int status) {
        assertThat(of(Map.of("identities.revoked-sris-created-status", value)).createdStatus())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @DisplayName("an SRI that is not listed answers 200, 204 or 404; any other setting means 404")
    @CsvSource({
        "200, 200",
        "204, 204",
        "404, 404",
        "' 200 ', 200",
        "201, 404",
        "410, 404",
        "500, 404",
        "'', 404",
        "no, 404",
        "-200, 404"
    })
    void notListed(String value, int status) {
        assertThat(of(Map.of("identities.revoked-sris-not-listed-status", value))
                        .notListedStatus())
                .isEqualTo(status);
    }

    @Test
    @DisplayName("each status is its own setting")
    void independent() {
        assertThat(of(Map.of("identities.revoked-sris-created-status", "200")).notListedStatus())
                .isEqualTo(404);
        assertThat(of(Map.of("identities.revoked-sris-not-listed-status", "200"))
                        .createdStatus())
                .isEqualTo(201);
    }

    private static RevocationListSettings of(Map<String, String> attributes) {
        return RevocationListSettings.of(attributes::get);
    }
}
