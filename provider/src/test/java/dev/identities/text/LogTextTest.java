package dev.identities.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    @Test
    @DisplayName("ordinary text of any script stays as it is; nothing is a dash")
    void ordinary() {
        assertThat(LogText.clean("Jänë Дое 😀 a@b.c 'x' <y> {z}")).isEqualTo("Jänë Дое 😀 a@b.c 'x' <y> {z}");
        assertThat(LogText.clean("")).isEmpty();
        assertThat(LogText.clean(null)).isEqualTo("-");
    }

    @ParameterizedTest
    @DisplayName("characters that end a line or a quotation, move a cursor or turn text around are replaced")
    @ValueSource(
            strings = {
                "\n", "\r", "\t", "\u0000", "\u001b", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029", "\u202e",
                "\u200b", "\ufeff", "\"", "\\", "\ud800", "\udc00"
            })
    void unsafe(String character) {
        assertThat(LogText.clean("a" + character + "b")).isEqualTo("a_b");
    }

    @Test
    @DisplayName("long text is cut, and no character is cut in two")
    void bounded() {
        assertThat(LogText.clean("a".repeat(255))).hasSize(255);
        assertThat(LogText.clean("a".repeat(1_000_000))).hasSize(255);
        assertThat(LogText.clean("😀".repeat(300))).isEqualTo("😀".repeat(255));
    }
}
