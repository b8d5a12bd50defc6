package dev.identities.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {

    @Test
    @DisplayName("a client for which nothing is set may do nothing")
    void defaults() {
        assertThat(of(Map.of())).isEqualTo(new ClientSettings(false, false, Optional.empty()));
    }

    @ParameterizedTest
    @DisplayName("true, in any case, allows the Session Management API")
    @ValueSource(strings = {"true", "TRUE", "True"})
    void allowed(String value) {
        assertThat(of(Map.of("identities.session-management-api", value)).sessionManagementApi())
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("nothing but true allows it")
    @ValueSource(strings = {"", " ", "false", "on", "yes", "1", "truetrue", "true,false", "tru"})
    void notAllowed(String value) {
        assertThat(of(Map.of("identities.session-management-api", value)).sessionManagementApi())
                .isFalse();
    }

    @ParameterizedTest
    @DisplayName("true, in any case, and nothing else allows the Session Revocation API")
    @CsvSource({"true, true", "TRUE, true", "' true ', true", "false, false", "'', false", "on, false", "1, false"})
    void revocation(String value, boolean allowed) {
        assertThat(of(Map.of("identities.session-revocation-api", value)).sessionRevocationApi())
                .isEqualTo(allowed);
    }

    @Test
    @DisplayName("the switch of one API is not that of the other")
    void otherSwitch() {
        assertThat(of(Map.of("identities.session-revocation-api", "true")))
                .isEqualTo(new ClientSettings(false, true, Optional.empty()));
        assertThat(of(Map.of("identities.session-management-api", "true")))
                .isEqualTo(new ClientSettings(true, false, Optional.empty()));
    }

    @Test
    @DisplayName("the client's user key attribute, without the spaces around it; an empty one overrides nothing")
    void userKeyAttribute() {
        assertThat(of(Map.of("identities.user-key-attribute", " email ")).userKeyAttribute())
                .contains("email");
        assertThat(of(Map.of("identities.user-key-attribute", " ")).userKeyAttribute())
                .isEmpty();
    }

    private static ClientSettings of(Map<String, String> attributes) {
        return ClientSettings.of(attributes::get);
    }
}
