package dev.identities.api.pingfederate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SriTest {

    @ParameterizedTest
    @DisplayName("24 characters of base64url, or a UUID in lower case: a session of Keycloak's may have that id")
    @ValueSource(
            strings = {
                "AbCdEfGhIjKlMnOpQrSt-_01",
                "------------------------",
                "zzzzzzzzzzzzzzzzzzzzzzzz",
                "5ca1ff37-693e-4784-9ef6-c271b8ffa68a",
                "00000000-0000-0000-0000-000000000000"
            })
    void keycloaks(String sri) {
        assertThat(Sri.isKeycloaks(sri)).isTrue();
        assertThat(Sri.isWellFormed(sri)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("27 characters, or 27, two dots and 4 more: PingFederate's, which name nothing here")
    @ValueSource(strings = {"AbCdEfGhIjKlMnOpQrStUvWx-_0", "AbCdEfGhIjKlMnOpQrStUvWx-_0..-_9a"})
    void pingFederates(String sri) {
        assertThat(Sri.isKeycloaks(sri)).isFalse();
        assertThat(Sri.isWellFormed(sri)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("anything else is malformed")
    @ValueSource(
            strings = {
                "",
                "a",
                "abc123",
                "AbCdEfGhIjKlMnOpQrSt-_0",
                "AbCdEfGhIjKlMnOpQrSt-_012",
                "AbCdEfGhIjKlMnOpQrStUvWx-_",
                "AbCdEfGhIjKlMnOpQrStUvWx-_01",
                "AbCdEfGhIjKlMnOpQrSt+/01",
                "AbCdEfGhIjKlMnOpQrSt-_0=",
                "AbCdEfGhIjKlMnOpQrSt-_0\n",
                "AbCdEfGhIjKlMnOpQrSt-_01\n",
                " AbCdEfGhIjKlMnOpQrSt-_01",
                "ÄbCdEfGhIjKlMnOpQrSt-_01",
                "AbCdEfGhIjKlMnOpQrSt-_01..-_9a",
                "AbCdEfGhIjKlMnOpQrStUvWx-_0..",
                "AbCdEfGhIjKlMnOpQrStUvWx-_0..-_9",
                "AbCdEfGhIjKlMnOpQrStUvWx-_0..-_9ab",
                "AbCdEfGhIjKlMnOpQrStUvWx-_0.-_9ab",
                "AbCdEfGhIjKlMnOpQrStUvWx-_0xx-_9a",
                "5CA1FF37-693E-4784-9EF6-C271B8FFA68A",
                "5ca1ff37-693e-4784-9ef6-c271b8ffa68",
                "5ca1ff37-693e-4784-9ef6-c271b8ffa68a0",
                "5ca1ff37-693e-4784-9ef6-c271b8ffa68g",
                "5ca1ff37693e47849ef6c271b8ffa68a",
                "5ca1ff3-7693e-4784-9ef6-c271b8ffa68a"
            })
    void malformed(String sri) {
        assertThat(Sri.isWellFormed(sri)).isFalse();
        assertThat(Sri.isKeycloaks(sri)).isFalse();
    }
}
