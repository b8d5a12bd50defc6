package dev.identities.api.pingfederate;

import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiServer.Answer;
import java.util.Map;

/** The common part of all answers of the API. */
final class PingAnswers {

    private PingAnswers() {}

    /** An error in the API's shape; gives its body. */
    static JsonNode assertError(Answer answer, int status, String resultId) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertHeaders(answer);
        JsonNode body = tree(answer.body());
        assertThat(body.properties()).extracting(Map.Entry::getKey).containsExactly("resultId", "message");
        assertThat(body.get("resultId").textValue()).isEqualTo(resultId);
        assertThat(body.get("message").textValue()).isNotBlank();
        return body;
    }

    /** Done, and nothing to say about it. */
    static void assertDone(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertHeaders(answer);
    }

    /** Exactly this body. */
    static void assertAnswer(Answer answer, int status, String body) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertHeaders(answer);
    }

    private static void assertHeaders(Answer answer) {
        // A client that goes by the type would read JSON from nothing.
        assertThat(answer.header("Content-Type")).isEqualTo(answer.body().isEmpty() ? null : "application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, no-store");
    }
}
