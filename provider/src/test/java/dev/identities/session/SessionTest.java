package dev.identities.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Instant STARTED = Instant.ofEpochSecond(SampleSession.SECOND);

    @Test
    @DisplayName("a session ends at its maximum when it has one, else at its idle limit")
    void expires() {
        assertThat(SampleSession.of("a").build().expires()).isEqualTo(STARTED.plusSeconds(10 * 3600));
        assertThat(SampleSession.of("a").unlimited().build().expires()).isEqualTo(STARTED.plusSeconds(1800));
    }
}
