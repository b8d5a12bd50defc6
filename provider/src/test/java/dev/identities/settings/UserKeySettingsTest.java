package dev.identities.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.settings.UserKeyHash.Algorithm;
import dev.identities.settings.UserKeyHash.Encoding;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserKeySettingsTest {

    @Test
    @DisplayName("unset: user names as they are, no limit, an object")
    void defaults() {
        assertThat(of(Map.of())).isEqualTo(new UserKeySettings("username", Optional.empty(), Optional.empty(), false));
    }

    @Test
    @DisplayName("everything can be set")
    void everything() {
        assertThat(of(Map.of(
                        "identities.user-key-attribute", "employeeNumber",
                        "identities.hash-user-key", "sha-512",
                        "identities.hash-user-key-encoding", "base64url",
                        "identities.hash-user-key-salt", "pepper",
                        "identities.user-key-rate-limit", "60",
                        "identities.user-sessions-format", "array")))
                .isEqualTo(new UserKeySettings(
                        "employeeNumber",
                        Optional.of(new UserKeyHash(Algorithm.SHA_512, Encoding.BASE64URL, "pepper")),
                        Optional.of(60),
                        true));
    }

    @Test
    @DisplayName("encoding and salt alone hash nothing")
    void noAlgorithm() {
        assertThat(of(Map.of(
                                "identities.hash-user-key-encoding", "base64url",
                                "identities.hash-user-key-salt", "pepper"))
                        .hash())
                .isEmpty();
    }

    @ParameterizedTest
    @DisplayName("an empty attribute is the user name; spaces around a name do not belong to it, its case does")
    @CsvSource({"'', username", "' ', username", "' eMail ', eMail", "id, id"})
    void attribute(String value, String attribute) {
        assertThat(of(Map.of("identities.user-key-attribute", value)).attribute())
                .isEqualTo(attribute);
    }

    @ParameterizedTest
    @DisplayName("the limit is a whole number from one to a million")
    @CsvSource({"1, 1", "60, 60", "' 60 ', 60", "1000000, 1000000"})
    void limit(String value, int limit) {
        assertThat(of(Map.of("identities.user-key-rate-limit", value)).requestsPerMinute())
                .contains(limit);
    }

    @ParameterizedTest
    @DisplayName("anything else is no limit")
    @ValueSource(
            strings = {"", " ", "0", "-1", "1000001", "99999999999", "1.5", "1e3", "60/min", "sixty", "0x10", "false"})
    void noLimit(String value) {
        assertThat(of(Map.of("identities.user-key-rate-limit", value)).requestsPerMinute())
                .isEmpty();
    }

    @ParameterizedTest
    @DisplayName("an array only for that word, in any case")
    @CsvSource({
        "array, true",
        "ARRAY, true",
        "' Array ', true",
        "object, false",
        "'', false",
        "true, false",
        "arrays, false",
        "[], false"
    })
    void format(String value, boolean array) {
        assertThat(of(Map.of("identities.user-sessions-format", value)).answerAsArray())
                .isEqualTo(array);
    }

    private static UserKeySettings of(Map<String, String> attributes) {
        return UserKeySettings.of(attributes::get);
    }
}
