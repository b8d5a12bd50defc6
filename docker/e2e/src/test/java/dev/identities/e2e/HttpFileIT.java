package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.identities.e2e.HttpFile.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of request files, by which the example is tested. */
class HttpFileIT {

    private static final String FILE = """
            # What this is
            @server = http://localhost:1
            @id = fill-in

            ### One thing
            # @name one
            # Expected: 200
            GET {{server}}/things/{{id}}
            Authorization: Basic {{id}} secret

            ### New thing
            // another kind of comment
            # Expected: 201
            POST {{server}}/things
            Content-Type: application/json

            {
              "id": "{{id}}"
            }

            ###
            # nothing
            """;

    @Test
    @DisplayName("requests come in order, with headers, body, and the status expected")
    void requests() {
        List<Request> requests = HttpFile.parse(FILE).filled(Map.of("id", "$7"));

        assertThat(requests)
                .containsExactly(
                        new Request(
                                "One thing",
                                200,
                                "GET",
                                "http://localhost:1/things/$7",
                                Map.of("Authorization", "Basic JDc6c2VjcmV0"),
                                ""),
                        new Request(
                                "New thing",
                                201,
                                "POST",
                                "http://localhost:1/things",
                                Map.of("Content-Type", "application/json"),
                                "{\n  \"id\": \"$7\"\n}"));
        assertThat(HttpFile.parse(FILE).requests().get(0).target()).isEqualTo("{{server}}/things/{{id}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://localhost/ without a status",
                "# Expected: 200\nFETCH http://localhost/",
                "# Expected: 200\nGET http://localhost/ HTTP/1.1",
                "# Expected: 200\nGET http://localhost/\nNo header",
                "# Expected: 200\nGET http://localhost/\n\nbody\n# Expected: 200",
                "# Expected: 200\nGET http://localhost/{{unknown}}"
            })
    @DisplayName("text that editors read differently, or would send by mistake, is refused")
    void refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpFile.parse(text).filled(Map.of()));
    }

    @Test
    @DisplayName("a value for a variable that the file does not have is refused")
    void unknownVariable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpFile.parse(FILE).filled(Map.of("ids", "7")))
                .withMessageContaining("ids");
    }
}
