package dev.identities.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    @DisplayName("the switch of the other API is not this one")
    void otherSwitch() {
        assertThat(of(Map.of("identities.session-revocation-api", "true")).sessionManagementApi())
                .isFalse();
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
