package dev.identities.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiResourceTest {

    private final ApiServer server = new ApiServer(() -> request -> Answer.of(
            Json.response(218, request.method() + " " + request.rawPath()).build()));

    @ParameterizedTest
    @DisplayName("every method reaches the API on every path: no answer of JAX-RS's own")
    @ValueSource(
            strings = {
                "",
                "/",
                "/users",
                "/users/",
                "/users/x",
                "/users/x/revoke/and/far/more",
                "//users",
                "/users//revoke",
                "/users/a%2Fb",
                "/users/%25",
                "/users/a+b",
                "/users/a;matrix=1",
                "/users/%C3%A4",
                "/users/jane.json",
                "/%20"
            })
    void everyMethod(String path) {
        for (String method : new String[] {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
            ApiServer.Answer answer = server.call(method, "/realms/acme/app" + path);
            assertThat(answer.status()).as(method).isEqualTo(218);
            assertThat(answer.body()).isEqualTo("\"" + method + " " + path + "\"");
        }
    }

    @ParameterizedTest
    @DisplayName("HEAD is answered as GET; the web server leaves the body out")
    @ValueSource(strings = {"", "/users", "/users/x/y/z"})
    void head(String path) {
        ApiServer.Answer answer = server.call("HEAD", "/realms/acme/app" + path);
        assertThat(answer.status()).isEqualTo(218);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(server.requests()).extracting(ApiRequest::method).containsExactly("GET");
    }

    @ParameterizedTest
    @DisplayName("the API answers for every Accept and Content-Type")
    @ValueSource(strings = {"text/html", "application/xml", "image/png;q=0.1", "*/*", "application/json"})
    void contentTypes(String type) {
        for (String method : new String[] {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
            ApiServer.Answer answer =
                    server.call(method, "/realms/acme/app/users", "Accept", type, "Content-Type", type);
            assertThat(answer.status()).as(method).isEqualTo(218);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    @DisplayName("a bare question mark is no query; a query comes undecoded")
    void queries() {
        server.call("GET", "/realms/acme/app/users?");
        server.call("GET", "/realms/acme/app/users?a=%2F&b");
        assertThat(server.requests().get(0).rawQuery()).isNullOrEmpty();
        assertThat(server.requests().get(1).rawQuery()).isEqualTo("a=%2F&b");
    }

    @Test
    @DisplayName("headers are found whatever the case of their names")
    void headers() {
        ApiServer echo = new ApiServer(() -> request -> Answer.of(Json.response(
                        200,
                        List.of(request.header("ngrok-version"), request.header("other"))
                                .toString())
                .build()));
        assertThat(echo.call("GET", "/realms/acme/app/users", "NGROK-Version", "2")
                        .body())
                .isEqualTo("\"[Optional[2], Optional.empty]\"");
    }

    @ParameterizedTest
    @DisplayName("the body of a POST reaches the API, of whatever type; that of any other method does not")
    @ValueSource(strings = {"application/json", "text/plain", "application/x-www-form-urlencoded", "x/y"})
    void bodies(String type) {
        ApiServer echo = new ApiServer(() -> request -> {
            try {
                return Answer.of(Json.response(200, request.text(100)).build());
            } catch (MalformedRequestException e) {
                throw new IllegalStateException(e);
            }
        });
        byte[] body = "id=Jänë&{}".getBytes(StandardCharsets.UTF_8);
        assertThat(echo.call("POST", "/realms/acme/app/x", body, "Content-Type", type)
                        .body())
                .isEqualTo("\"id=Jänë&{}\"");
        assertThat(echo.call("POST", "/realms/acme/app/x").body()).isEqualTo("\"\"");
        for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
            assertThat(echo.call(method, "/realms/acme/app/x", body, "Content-Type", type)
                            .body())
                    .as(method)
                    .isEqualTo("\"\"");
        }
    }

    @ParameterizedTest
    @DisplayName("an answer of failure is announced before it goes out, so that the transaction can roll back")
    @CsvSource({"200, 0", "204, 0", "207, 0", "399, 0", "400, 1", "404, 1", "503, 1"})
    void failures(int status, int failures) {
        ApiServer answering =
                new ApiServer(() -> request -> Answer.of(Response.status(status).build()));
        assertThat(answering.call("DELETE", "/realms/acme/app/users/x").status())
                .isEqualTo(status);
        assertThat(answering.failures()).isEqualTo(failures);
    }

    @Test
    @DisplayName("the class has no path: with one, Keycloak would serve it at the root of the server")
    void noClassLevelPath() {
        assertThat(ApiResource.class.isAnnotationPresent(Path.class)).isFalse();
    }
}
