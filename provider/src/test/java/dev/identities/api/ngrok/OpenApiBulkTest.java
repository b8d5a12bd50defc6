package dev.identities.api.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.api.ApiServer.Answer;
import dev.identities.session.SampleSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of calls for many sessions against the code. */
class OpenApiBulkTest {

    private final NgrokWorld world = new NgrokWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("a call for many sessions answers as described, whether they end, fail or are refused")
    @CsvSource(
            delimiter = ';',
            value = {
                "200; {\"ids\":[\"s0\",\"s1\",\"s9\"],\"reason\":\"x\"}",
                "207; {\"ids\":[\"s0\",\"s1\"],\"reason\":\"fails\"}",
                "409; {\"ids\":[\"s0\",\"s1\"]}",
                "400; {}"
            })
    void bulk(int status, String body) {
        world.add(
                SampleSession.of("s0").user("u0").build(),
                SampleSession.of("s1").user("u1").build());
        world.reasonThreshold = 1;
        if (body.contains("fails")) {
            world.store.failOn("s0");
        }
        Answer answer = world.callWithJson("/sessions/revoke", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        OpenApiTest.assertDescribed(new OpenApiTest.Operation("POST", "/sessions/revoke"), answer);
    }
}
