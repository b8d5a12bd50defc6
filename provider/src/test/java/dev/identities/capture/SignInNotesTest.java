package dev.identities.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInNotesTest {

    private static final Instant NOW = Instant.parse("2026-01-17T01:02:03.999Z");

    @Test
    @DisplayName("the names of the notes are fixed: sessions in the store have them")
    void names() {
        assertThat(SignInNotes.at(NOW, name -> null, "Browser/1"))
                .isEqualTo(Map.of("identities.user-agent", "Browser/1", "identities.last-sign-in", "1768611723"));
    }

    @Test
    @DisplayName("a later sign-in with the session moves the time, and leaves the browser that began it")
    void again() {
        Map<String, String> present = Map.of(SignInNotes.USER_AGENT, "Browser/1", SignInNotes.LAST_SIGN_IN, "1");
        assertThat(SignInNotes.at(NOW, present::get, "Browser/2"))
                .isEqualTo(Map.of(SignInNotes.LAST_SIGN_IN, "1768611723"));
    }

    @ParameterizedTest
    @DisplayName("no header, or nothing left of it: no note, so that a later sign-in can still give one")
    @NullSource
    @ValueSource(strings = {"", "\r\n\u0000"})
    void noUserAgent(String header) {
        assertThat(SignInNotes.at(NOW, name -> null, header)).containsOnlyKeys(SignInNotes.LAST_SIGN_IN);
    }

    @Test
    @DisplayName("the header is kept without control characters, and cut")
    void cleaned() {
        String note = SignInNotes.at(NOW, name -> null, "Browser\r\nX: y\u0000" + "a".repeat(10_000))
                .get(SignInNotes.USER_AGENT);
        assertThat(note)
                .startsWith("Browser")
                .hasSizeLessThanOrEqualTo(UserAgents.MAX_LENGTH)
                .doesNotContainPattern("\\p{Cntrl}");
    }
}
