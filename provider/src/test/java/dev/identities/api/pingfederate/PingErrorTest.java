package dev.identities.api.pingfederate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PingErrorTest {

    @ParameterizedTest
    @DisplayName("the seconds to wait are rounded up, so that a client that waits them is let through")
    @CsvSource({
        "PT0.000000001S, 1",
        "PT0.5S, 1",
        "PT1S, 1",
        "PT1.000000001S, 2",
        "PT19.999999999S, 20",
        "PT20S, 20",
        "PT59.2S, 60",
        "PT1M, 60",
        "PT0S, 1"
    })
    void retryAfter(Duration wait, String seconds) {
        PingError error = PingError.tooManyRequests(wait);
        assertThat(error.status()).isEqualTo(429);
        assertThat(error.header()).isEqualTo("Retry-After");
        assertThat(error.headerValue()).isEqualTo(seconds);
        assertThat(error.message()).contains(" " + seconds + " seconds");
    }

    @Test
    @DisplayName("a realm's name cannot break out of the challenge")
    void challenge() {
        PingError error = PingError.unauthenticated("a\"b\r\nX: ä", "message");
        assertThat(error.headerValue()).isEqualTo("Basic realm=\"a%22b%0D%0AX%3A+%C3%A4\", charset=\"UTF-8\"");
    }

    @Test
    @DisplayName("an error that is thrown carries its answer, and no stack")
    void raised() {
        PingError.Raised raised = PingError.malformedSri().raised();
        assertThat(raised.error()).isEqualTo(PingError.malformedSri());
        assertThat(raised.getStackTrace()).isEmpty();
    }
}
