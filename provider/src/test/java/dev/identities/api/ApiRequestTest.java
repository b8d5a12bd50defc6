package dev.identities.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestTest {

    @ParameterizedTest
    @DisplayName("the provider's part of the path is found behind any relative path and realm name")
    @CsvSource({
        "/realms/acme/app/users, /users",
        "/realms/acme/app, ''",
        "/realms/acme/app/, /",
        "/realms/acme/app//users, //users",
        "/auth/realms/acme/app/users, /users",
        "/a/b/c/realms/acme/app/users, /users",
        "/realms/realms/app/users, /users",
        "/realms/app/app/users, /users",
        "/realms/my%20realm/app/users, /users",
        "/realms/Zürich/app/users, /users",
        "/realms/a.b-c_d/pf-ws/rest/sessionMgmt/users/a%2Fb, /rest/sessionMgmt/users/a%2Fb",
        "/realms/acme/app/users/realms/x/y, /users/realms/x/y",
        "/admin/realms/acme/identities/users, /users",
        "/admin/realms/acme/identities, ''",
        "/auth/admin/realms/realms/identities/users/realms, /users/realms",
        "/admin/realms/identities/identities/sessions, /sessions",
        "/realms/acme/pf-ws/rest/sessionMgmt/users/%2Frealms%2Fx%2Fy, /rest/sessionMgmt/users/%2Frealms%2Fx%2Fy",
        "/elsewhere, ''",
        "/realms/acme, ''"
    })
    void pathBelowProvider(String whole, String below) {
        assertThat(ApiRequest.pathBelowProvider(whole)).isEqualTo(below);
    }

    @ParameterizedTest
    @DisplayName("the path is cut before it is decoded; one trailing slash makes no difference")
    @CsvSource({
        "'', ''",
        "/, ''",
        "/users, users",
        "users, users",
        "/users/, users",
        "/users/a%2Fb, users|a/b",
        "/users/a%2Fb/revoke, users|a/b|revoke",
        "/users/%25, users|%",
        "/users/a+b, users|a+b",
        "/users/%C3%A4/, users|ä",
        "/users/a;b, users|a;b",
        "/users/.., users|..",
        "/users/%2E%2E, users|.."
    })
    void segments(String rawPath, String expected) throws MalformedRequestException {
        List<String> segments = request(rawPath, Map.of()).segments();
        assertThat(String.join("|", segments)).isEqualTo(expected);
    }

    @Test
    @DisplayName("an empty segment is a segment: it is not dropped")
    void emptySegments() throws MalformedRequestException {
        assertThat(request("//users", Map.of()).segments()).containsExactly("", "users");
        assertThat(request("/users//revoke", Map.of()).segments()).containsExactly("users", "", "revoke");
        assertThat(request("/users//", Map.of()).segments()).containsExactly("users", "");
    }

    @ParameterizedTest
    @DisplayName("a path that cannot be decoded exactly is refused")
    @ValueSource(strings = {"/users/%", "/users/%ff", "/users/%00", "/users/a%0Ab", "/%zz/users"})
    void malformed(String rawPath) {
        assertThatThrownBy(() -> request(rawPath, Map.of()).segments()).isInstanceOf(MalformedRequestException.class);
    }

    @Test
    @DisplayName("of a header the first value counts")
    void header() {
        ApiRequest request = request("/", Map.of("X", List.of("1", "2")));
        assertThat(request.header("X")).contains("1");
        assertThat(request.header("Y")).isEmpty();
    }

    @Test
    @DisplayName("a length or chunks are a body; a type alone, or a length of zero, is none")
    void body() {
        assertThat(request("/", Map.of()).hasBody()).isFalse();
        assertThat(request("/", Map.of("Content-Type", List.of("application/json")))
                        .hasBody())
                .isFalse();
        assertThat(request("/", Map.of("Content-Length", List.of("0"))).hasBody())
                .isFalse();
        assertThat(request("/", Map.of("Content-Length", List.of(" 0 "))).hasBody())
                .isFalse();
        assertThat(request("/", Map.of("Content-Length", List.of("2"))).hasBody())
                .isTrue();
        assertThat(request("/", Map.of("Transfer-Encoding", List.of("chunked"))).hasBody())
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("a body that is not longer than wanted is read as UTF-8, whole")
    @ValueSource(strings = {"", "x", "12345678", "äöü☃"})
    void text(String text) throws MalformedRequestException {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        assertThat(withBody(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                        .text(bytes))
                .isEqualTo(text);
        assertThat(withBody(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                        .text(4_096))
                .isEqualTo(text);
    }

    @Test
    @DisplayName("the length is that of the bytes; a body that is one longer is refused, not cut")
    void tooLong() {
        assertRefused(new ByteArrayInputStream("123456789".getBytes(StandardCharsets.UTF_8)), "too long");
        assertRefused(new ByteArrayInputStream("ääääx".getBytes(StandardCharsets.UTF_8)), "too long");
    }

    @Test
    @DisplayName("a body without an end is not read to it")
    void endless() {
        AtomicInteger read = new AtomicInteger();
        assertRefused(
                new InputStream() {
                    @Override
                    public int read() {
                        read.incrementAndGet();
                        return 'x';
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        Arrays.fill(buffer, offset, offset + length, (byte) 'x');
                        read.addAndGet(length);
                        return length;
                    }
                },
                "too long");
        assertThat(read.get()).isLessThan(100);
    }

    @Test
    @DisplayName("a body that comes in pieces is read whole")
    void pieces() throws MalformedRequestException {
        InputStream slow = new ByteArrayInputStream("12345678".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };
        assertThat(withBody(slow).text(8)).isEqualTo("12345678");
    }

    @Test
    @DisplayName("a body that is not UTF-8, or ends within a character, is refused")
    void notUtf8() {
        assertRefused(new ByteArrayInputStream(new byte[] {'a', (byte) 0xe4}), "UTF-8");
        assertRefused(new ByteArrayInputStream(new byte[] {(byte) 0xc3}), "UTF-8");
        assertRefused(new ByteArrayInputStream(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}), "UTF-8");
    }

    @Test
    @DisplayName("a body that breaks off is the caller's fault, not ours")
    void brokenOff() {
        assertRefused(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        throw new IOException("connection reset");
                    }
                },
                "broken off");
    }

    @Test
    @DisplayName("no body is an empty one")
    void noBody() throws MalformedRequestException {
        assertThat(withBody(null).text(8)).isEmpty();
        assertThat(withBody(InputStream.nullInputStream()).text(8)).isEmpty();
    }

    private static void assertRefused(InputStream body, String problem) {
        assertThatThrownBy(() -> withBody(body).text(8))
                .isInstanceOf(MalformedRequestException.class)
                .hasMessageContaining(problem);
    }

    private static ApiRequest withBody(InputStream body) {
        return new ApiRequest("POST", "/", null, name -> List.of(), body);
    }

    private static ApiRequest request(String rawPath, Map<String, List<String>> headers) {
        return new ApiRequest(
                "GET", rawPath, null, name -> headers.getOrDefault(name, List.of()), InputStream.nullInputStream());
    }
}
