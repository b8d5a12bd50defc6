package dev.identities.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditUserKeyTest {

    @ParameterizedTest
    @DisplayName("the three words, in any case and with spaces around them")
    @CsvSource({"hash, HASH", "clear, CLEAR", "none, NONE", "Clear, CLEAR", "' NONE ', NONE", "CLEAR, CLEAR"})
    void words(String value, AuditUserKey choice) {
        assertThat(AuditUserKey.of(value)).isEqualTo(choice);
    }

    @ParameterizedTest
    @DisplayName("anything else is hashed: a slip must not write keys into logs")
    @NullSource
    @ValueSource(strings = {"", " ", "plain", "cleartext", "clear text", "true", "0"})
    void otherwise(String value) {
        assertThat(AuditUserKey.of(value)).isEqualTo(AuditUserKey.HASH);
    }

    @Test
    @DisplayName("the server's language does not matter")
    void turkish() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(AuditUserKey.of("clear")).isEqualTo(AuditUserKey.CLEAR);
            assertThat(RealmSettings.of(name -> "false").revokeOfflineSessions())
                    .isFalse();
        } finally {
            Locale.setDefault(before);
        }
    }
}
