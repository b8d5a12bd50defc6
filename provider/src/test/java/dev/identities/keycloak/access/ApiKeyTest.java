package dev.identities.keycloak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String key, Reason reason) {
        assertThatThrownBy(() -> ApiKey.read(key))
                .asInstanceOf(InstanceOfAssertFactories.type(AccessDeniedException.class))
                .extracting(AccessDeniedException::reason)
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @DisplayName("a key that is no base64, or holds no colon, is malformed")
    @ValueSource(strings = {"se%cret", "a.b", "bm8tY29sb24=", "", "aWQ6c2VjcmV0\n"})
    void malformed(String key) {
        assertRefused(key, Reason.MALFORMED_CREDENTIALS);
    }

    @ParameterizedTest
    @DisplayName("a control character is refused in every key")
    @ValueSource(strings = {"id:secret\n", "id:secret\r\n", "id\t:secret", "id:%\n"})
    void controlCharacters(String text) {
        assertRefused(base64(text), Reason.CONTROL_CHARACTER_IN_KEY);
    }

    @ParameterizedTest
    @DisplayName("a percent sign without two hexadecimal digits behind it is refused")
    @ValueSource(strings = {"id:100%", "id:%zz", "id:%4", "%:x"})
    void percentSigns(String text) {
        assertRefused(base64(text), Reason.PERCENT_SIGN_IN_KEY);
    }

    @ParameterizedTest
    @DisplayName("a refused key with characters that are decoded is told about encoding")
    @ValueSource(strings = {"id:a+b", "id:a%41", "i%3Ad:secret", "i:d:secret"})
    void unencoded(String text) throws AccessDeniedException {
        assertThat(ApiKey.read(base64(text)).refusal()).isEqualTo(Reason.INVALID_OR_UNENCODED_KEY);
    }

    @Test
    @DisplayName("any other refused key is not valid, and no text shows it")
    void plain() throws AccessDeniedException {
        ApiKey key = ApiKey.read(base64("id:secret"));
        assertThat(key.refusal()).isEqualTo(Reason.INVALID_CREDENTIALS);
        assertThat(key.toString()).doesNotContain("secret").doesNotContain(base64("id:secret"));
    }
}
