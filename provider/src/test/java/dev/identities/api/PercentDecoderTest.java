package dev.identities.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentDecoderTest {

    @ParameterizedTest
    @DisplayName("well-formed texts of a path")
    @CsvSource({
        "'', ''",
        "jane, jane",
        "jane%40example.com, jane@example.com",
        "a%2Fb, a/b",
        "a%2fb, a/b",
        "100%25, 100%",
        "%2525, %25",
        "a+b, a+b",
        "a%2Bb, a+b",
        "a%20b, a b",
        "%F0%9F%98%80, 😀",
        "J%C3%A4n%C3%AB, Jänë",
        "Jänë, Jänë",
        "%EF%BF%BD, \uFFFD",
        "a;b=c, a;b=c"
    })
    void segment(String raw, String decoded) throws MalformedRequestException {
        assertThat(PercentDecoder.segment(raw)).isEqualTo(decoded);
    }

    @Test
    @DisplayName("in a query a plus sign is a space, an encoded one is itself")
    void query() throws MalformedRequestException {
        assertThat(PercentDecoder.query("a+b%2Bc%20d")).isEqualTo("a b+c d");
    }

    @ParameterizedTest
    @DisplayName("malformed texts are refused, and not guessed")
    @ValueSource(
            strings = {
                "%",
                "a%",
                "%4",
                "a%4",
                "%G0",
                "%0G",
                "%-1",
                "%+1",
                "% 1",
                "%%",
                "%u0041",
                "%\u0664\u0661",
                "%ff",
                "%C3",
                "%C3x",
                "%C0%AF",
                "%E0%80%AF",
                "%ED%A0%80",
                "%F4%90%80%80",
                "%80"
            })
    void malformed(String raw) {
        assertThatThrownBy(() -> PercentDecoder.segment(raw)).isInstanceOf(MalformedRequestException.class);
        assertThatThrownBy(() -> PercentDecoder.query(raw)).isInstanceOf(MalformedRequestException.class);
    }

    @ParameterizedTest
    @DisplayName("control characters are refused, encoded or not")
    @ValueSource(strings = {"%00", "a%00", "%0d%0aX", "%09", "%1b[0m", "%7F", "%C2%85", "a\u0000b", "a\nb"})
    void controlCharacters(String raw) {
        assertThatThrownBy(() -> PercentDecoder.segment(raw))
                .isInstanceOf(MalformedRequestException.class)
                .hasMessage("control character");
    }
}
