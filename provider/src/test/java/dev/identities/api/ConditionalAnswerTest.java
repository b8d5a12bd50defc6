package dev.identities.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalAnswerTest {

    private static final String LONG = "ä".repeat(ConditionalAnswer.COMPRESSED_FROM / 2);

    private static Response to(String method, int status, Object body, Map<String, String> headers) {
        ApiRequest request = new ApiRequest(
                method,
                "/users",
                null,
                name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of(),
                InputStream.nullInputStream());
        return ConditionalAnswer.to(
                request,
                Response.status(status)
                        .entity(body)
                        .type("application/json")
                        .header("Cache-Control", "no-store")
                        .build(),
                text -> text.replace("random", ""));
    }

    private static Response to(String body, Map<String, String> headers) {
        return to("GET", 200, body, headers);
    }

    private static String tag(String body) {
        return to(body, Map.of()).getHeaderString("ETag");
    }

    @Test
    @DisplayName("the tag is that of the text, and weak")
    void tag() {
        assertThat(tag("a"))
                .startsWith("W/\"")
                .endsWith("\"")
                .isEqualTo(tag("a"))
                .isNotEqualTo(tag("b"));
        assertThat(tag("a random")).as("what is not steady does not count").isEqualTo(tag("a "));
        Response answer = to("a", Map.of());
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getEntity()).isEqualTo("a");
    }

    @Test
    @DisplayName("a caller that has the answer gets nothing but its headers")
    void notModified() {
        String tag = tag("a");
        for (String known : List.of(tag, tag.substring(2), "\"x\", " + tag, "*")) {
            Response answer = to("a", Map.of("If-None-Match", known));
            assertThat(answer.getStatus()).as(known).isEqualTo(304);
            assertThat(answer.getEntity()).isNull();
            assertThat(answer.getMediaType()).isNull();
            assertThat(answer.getHeaderString("ETag")).isEqualTo(tag);
            assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"x\"", "W/\"x\"", "W/", "\"", ","})
    @DisplayName("a caller that has another answer, or sends nonsense, gets this one")
    void modified(String known) {
        Response answer = to("a", Map.of("If-None-Match", known));
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getEntity()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip", "deflate, GZIP;q=0.5, *;q=0", "gzip; q=1.0"})
    @DisplayName("long text is compressed for those who take that, under the same tag")
    void compressed(String accepted) throws Exception {
        Response answer = to(LONG, Map.of("Accept-Encoding", accepted));
        assertThat(answer.getHeaderString("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.getHeaderString("Vary")).isEqualTo("Accept-Encoding");
        assertThat(answer.getHeaderString("ETag")).isEqualTo(tag(LONG));
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream((byte[]) answer.getEntity()))) {
            assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(LONG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "br", "gzip;q=0", "gzip;q=0.0", "gzipped", "identity"})
    @DisplayName("text is plain for all others, and where it is short")
    void plain(String accepted) {
        Response answer = to(LONG, Map.of("Accept-Encoding", accepted));
        assertThat(answer.getHeaderString("Content-Encoding")).isNull();
        assertThat(answer.getEntity()).isEqualTo(LONG);
        assertThat(to("short", Map.of("Accept-Encoding", "gzip")).getEntity()).isEqualTo("short");
    }

    @Test
    @DisplayName("failures, endings and answers without text are sent as they are")
    void others() {
        Map<String, String> headers = Map.of("If-None-Match", "*", "Accept-Encoding", "gzip");
        for (Response answer : List.of(
                to("GET", 404, LONG, headers),
                to("GET", 503, LONG, headers),
                to("DELETE", 200, LONG, headers),
                to("GET", 200, new byte[] {1}, headers))) {
            assertThat(answer.getStatus()).isNotEqualTo(304);
            assertThat(answer.getHeaderString("ETag")).isNull();
            assertThat(answer.getHeaderString("Content-Encoding")).isNull();
        }
    }
}
