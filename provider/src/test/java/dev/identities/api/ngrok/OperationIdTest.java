package dev.identities.api.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OperationIdTest {

    @Test
    @DisplayName("op_ and 27 letters and digits, never the same twice")
    void form() {
        assertThat(Stream.generate(OperationId::random).limit(1_000))
                .allMatch(id -> id.matches("op_[0-9A-Za-z]{27}"))
                .doesNotHaveDuplicates();
    }
}
