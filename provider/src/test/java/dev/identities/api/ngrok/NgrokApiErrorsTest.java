package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.api.ApiServer.Answer;
import dev.identities.session.SampleSession;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NgrokApiErrorsTest {

    private final NgrokWorld world = new NgrokWorld();

    @BeforeEach
    void add() {
        world.add(SampleSession.of("s0").user("u0").build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("a refused caller gets 403 with the code of the reason, on every path and method")
    @CsvSource({
        "NO_CREDENTIALS, 200",
        "UNSUPPORTED_SCHEME, 201",
        "REPEATED_CREDENTIALS, 202",
        "MALFORMED_CREDENTIALS, 202",
        "CONTROL_CHARACTER_IN_KEY, 202",
        "PERCENT_SIGN_IN_KEY, 202",
        "INVALID_CREDENTIALS, 203",
        "INVALID_OR_UNENCODED_KEY, 203",
        "BEARER_TOKEN, 203",
        "REALM_DISABLED, 204",
        "HTTPS_REQUIRED, 205",
        "NOT_ALLOWED, 206",
        "CLIENT_POLICY, 207",
        "NO_PROOF_OF_POSSESSION, 207"
    })
    void refused(Reason reason, int code) {
        world.refuse(reason);
        for (String path : List.of("", "/users", "/users/usr_u0", "/sessions/none", "/nonsense/x/y", "/users/%20")) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
                Answer answer = world.callWith(method, path, "Authorization", "Bearer s3cr3t-credential");
                assertError(answer, 403, code);
                assertThat(answer.header("WWW-Authenticate")).isNull();
                assertThat(answer.body()).doesNotContain("s3cr3t");
            }
        }
        assertThat(world.streams.sessions()).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("every reason to refuse has an answer")
    @EnumSource
    void everyReason(Reason reason) {
        world.refuse(reason);
        assertThat(world.call("GET", "/users").status()).isEqualTo(403);
    }

    @Test
    @DisplayName("a Host that makes no URL: 400 in the same form")
    void malformedHost() {
        Response response = NgrokApi.malformedHost().response();
        assertThat(response.getStatus()).isEqualTo(400);
        JsonNode error = tree(response.getEntity().toString());
        assertThat(error.get("error_code").textValue()).isEqualTo("ERR_NGROK_230");
        assertThat(error.get("msg").textValue()).contains("Host");
        assertThat(error.at("/details/operation_id").textValue())
                .isEqualTo(response.getHeaderString("ngrok-operation-id"));
    }

    @Test
    @DisplayName("no version: 400")
    void noVersion() {
        assertError(world.callWith("GET", "/users"), 400, 218);
        assertError(world.callWith("GET", "/nonsense"), 400, 218);
    }

    @ParameterizedTest
    @DisplayName("another version than 2: 400")
    @ValueSource(strings = {"", " ", "0", "1", "3", "22", "2.0", "two", "2, 2", "\"2\""})
    void otherVersion(String version) {
        assertError(world.callWith("GET", "/users", "ngrok-version", version), 400, 217);
    }

    @Test
    @DisplayName("two versions: 400, whichever comes first")
    void twoVersions() {
        assertError(world.callWith("GET", "/users", "ngrok-version", "2", "ngrok-version", "1"), 400, 217);
        assertError(world.callWith("GET", "/users", "Ngrok-Version", "1", "ngrok-version", "2"), 400, 217);
    }

    @Test
    @DisplayName("version 2, with the spaces that a client may leave around it")
    void spacedVersion() {
        assertThat(world.callWith("GET", "/users", "NGROK-VERSION", " 2 ").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("a path or method that is not there: 404 that names the path")
    @CsvSource({
        "GET, ''",
        "GET, /",
        "GET, /nonsense",
        "GET, /Users",
        "GET, /nonsense/usr_u0",
        "GET, //users",
        "GET, /users/usr_u0/nonsense",
        "GET, /users/usr_u0/sessions/s0",
        "GET, /sessions/s0/sessions",
        "GET, /users/usr_u0/sessions/s0/x/y",
        "DELETE, /users",
        "DELETE, /sessions",
        "DELETE, /users/usr_u0/sessions",
        "POST, /users",
        "POST, /users/usr_u0",
        "PUT, /users/usr_u0",
        "PATCH, /sessions/s0",
        "OPTIONS, /users",
        "POST, /users/usr_u0/sessions"
    })
    void noSuchPath(String method, String path) {
        JsonNode error = assertError(world.call(method, path), 404, 404);
        assertThat(error.at("/details/path").textValue()).isEqualTo(path);
        assertThat(world.streams.sessions()).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("a body where none belongs: 400, and nothing is done")
    @CsvSource({"GET, /users", "GET, /users/usr_u0", "DELETE, /users/usr_u0", "DELETE, /sessions/s0"})
    void body(String method, String path) {
        assertError(world.callWithBody(method, path, "{}"), 400, 211);
        assertError(world.callWith(method, path, "ngrok-version", "2", "Transfer-Encoding", "chunked"), 400, 211);
        assertThat(world.streams.sessions()).hasSize(1);
    }

    @Test
    @DisplayName("a content type without a body, and a length of zero, are no body: clients send both")
    void noBody() {
        assertThat(world.callWith("GET", "/users", "ngrok-version", "2", "Content-Type", "application/json")
                        .status())
                .isEqualTo(200);
        assertThat(world.callWith("DELETE", "/users/usr_u0", "ngrok-version", "2", "Content-Length", "0")
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @DisplayName("parameters that are wrong: 400 with the code for it, and nothing is done")
    @CsvSource({
        "GET, /users?limit=0, 233",
        "GET, /users?limit=-1, 233",
        "GET, /users?limit=101, 233",
        "GET, /sessions?limit=2147483647, 233",
        "GET, /sessions?limit=2147483648, 233",
        "GET, /sessions?limit=-99999999999999999999, 233",
        "GET, /sessions?limit=ten, 244",
        "GET, /sessions?limit=1e2, 244",
        "GET, /sessions?limit=1.0, 244",
        "GET, /sessions?limit=0x10, 244",
        "GET, /sessions?limit=+5, 244",
        "GET, /sessions?limit=%D9%A3, 244",
        "GET, /sessions?limit=-, 244",
        "GET, /users/usr_u0/sessions?limit=0, 233",
        "GET, /users?limit=1&limit=2, 232",
        "GET, /users?limit=1&limit=1, 232",
        "GET, /users?before_id=usr_a&before_id=usr_b, 232",
        "GET, /users?before_id=usr_a&beforeId=usr_a, 232",
        "GET, /users?filter=x, 250",
        "GET, /users/usr_u0/sessions?filter=obj.nothing, 250",
        "GET, /sessions?filter=obj.kind, 250",
        "GET, /sessions?as_of=2026-11-28T10:00:00Z, 230",
        "GET, /sessions?filter=true&as_of=yesterday, 230",
        "GET, /sessions?filter=true&as_of=-1000000000-01-01T00:00:00Z, 230",
        "GET, /sessions?total=yes, 230",
        "GET, /users?Limit=5, 231",
        "GET, /sessions?user=u0, 231",
        "GET, /sessions?application_user_id=usr_u0, 231",
        "GET, /sessions?reason=x, 231",
        "GET, /users/usr_u0?limit=1, 231",
        "GET, /sessions/s0?x, 231",
        "GET, /users/usr_u0?reason=x, 231",
        "DELETE, /users/usr_u0?limit=1, 231",
        "DELETE, /sessions/s0?dry_run=true, 231",
        "DELETE, /sessions/s0?reason=a&reason=b, 232",
        "GET, /users?order_by=, 230",
        "GET, /users?order_by=name, 230",
        "GET, /users?order_by=LAST_ACTIVE, 230",
        "GET, /users?search=, 230",
        "GET, /users?search=+%20, 230",
        "GET, /users?search=%00, 230",
        "GET, /users?search=a&search=b, 232",
        "GET, /users?identity_provider=, 230",
        "GET, /sessions?order_by=last_active, 231",
        "GET, /sessions?search=a, 231",
        "GET, /users/usr_u0/sessions?identity_provider=google, 231",
        "GET, /users/usr_u0?report=true, 231",
        "DELETE, /users/usr_u0?report=maybe, 230",
        "DELETE, /users/usr_u0?search=a, 231",
        "GET, /users?limit=%ff, 230",
        "GET, /users?%00, 230",
        "DELETE, /sessions/s0?reason=a%0Ab, 230",
        "GET, /users/%00, 230"
    })
    void parameters(String method, String path, int code) {
        assertError(world.call(method, path), 400, code);
        assertThat(world.streams.sessions()).hasSize(1);
        assertThat(world.audited).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("text that cannot be decoded: 400")
    @ValueSource(
            strings = {
                "/users?limit=%",
                "/users?limit=%4",
                "/users?%zz",
                "/users/%",
                "/users/%ff",
                "/users/%zz",
                "/users/usr_u0%00",
                "/%/usr_u0"
            })
    void badEncoding(String path) {
        assertError(world.raw("GET", path), 400, 230);
        assertError(
                world.raw("DELETE", path),
                path.startsWith("/users?") ? 404 : 400,
                path.startsWith("/users?") ? 404 : 230);
    }

    @ParameterizedTest
    @DisplayName("a cursor that is no id of this list: 400; of the other list: 400 that says which prefix to use")
    @CsvSource({
        "/users, nonsense, 223",
        "/users, usr_, 223",
        "/users, usr_a%2Fb, 223",
        "/users, s0, 223",
        "/users, ses_696adf8bfs0, 227",
        "/users, act_696adf8bfs0, 227",
        "/users, off_1, 227",
        "/sessions, act_696adf8bfs0, 223",
        "/sessions, nonsense, 223",
        "/sessions, none, 223",
        "/sessions, ses_696adf8bgs0, 223",
        "/sessions, ses_, 223",
        "/sessions, a%20b, 223",
        "/sessions, usr_u0, 227",
        "/sessions, usr_x_ZjpsZGFwOmphbmVAeA, 227",
        "/users/usr_u0/sessions, nonsense, 223",
        "/users/usr_u0/sessions, usr_u0, 227"
    })
    void cursors(String list, String before, int code) {
        for (String name : List.of("before_id", "beforeId")) {
            JsonNode error = assertError(world.call("GET", list + "?" + name + "=" + before), 400, code);
            if (code == 227) {
                assertThat(error.get("msg").textValue()).contains(list.equals("/users") ? "usr_" : "ses_");
            }
        }
    }

    @ParameterizedTest
    @DisplayName("a cursor of another order of people: 400 that says which prefix to use")
    @CsvSource({
        "order_by=last_active, act_, usr_u0, 227",
        "order_by=last_active, act_, ses_696adf8bfs0, 227",
        "order_by=last_active, act_, off_1, 227",
        "order_by=last_active, act_, nonsense, 223",
        "order_by=last_active, act_, act_696adf8bgs0, 223",
        "identity_provider=google, act_, usr_u0, 227",
        "identity_provider=google, act_, act_, 223",
        "search=u, pos_, usr_u0, 227",
        "search=u, pos_, act_696adf8bfs0, 227",
        "search=u, pos_, off_-1, 223",
        "search=u, pos_, off_9999999999, 223",
        "search=u&order_by=last_active, pos_, act_696adf8bfs0, 227"
    })
    void cursorsOfOrders(String filter, String prefix, String before, int code) {
        JsonNode error = assertError(world.call("GET", "/users?" + filter + "&before_id=" + before), 400, code);
        if (code == 227) {
            assertThat(error.get("msg").textValue()).endsWith(prefix);
        }
    }

    @Test
    @DisplayName("a search as long as the columns are goes through, a longer one does not")
    void longSearch() {
        assertThat(world.call("GET", "/users?search=" + "x".repeat(255)).status())
                .isEqualTo(200);
        assertError(world.call("GET", "/users?search=" + "x".repeat(256)), 400, 230);
    }

    @ParameterizedTest
    @DisplayName("an id that has not the form of one: 404 with the code for it")
    @ValueSource(
            strings = {
                "/users/nonsense",
                "/users//",
                "/users/usr_",
                "/users/usr_a_b",
                "/users/ses_696adf8bfs0",
                "/users/usr_x_A",
                "/users/a%2Fb",
                "/users/%20",
                "/sessions/usr_u0",
                "/sessions/a%2Fb",
                "/sessions/a%20b",
                "/sessions/%C3%A4",
                "/sessions/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "/users/nonsense/sessions"
            })
    void invalidId(String path) {
        assertError(world.call("GET", path), 404, 222);
        if (!path.endsWith("/sessions")) {
            assertError(world.call("DELETE", path), 404, 222);
        }
        assertThat(world.streams.sessions()).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("a well-formed id of nothing: 404")
    @ValueSource(
            strings = {
                "/users/usr_none",
                "/users/0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e",
                "/users/usr_none/sessions",
                "/sessions/none",
                "/sessions/ses_696adf8bfnone",
                "/sessions/ses_696adf8bcs0",
                "/sessions/ses_696adf8cfs0"
            })
    void notFound(String path) {
        assertNotFound(world.call("GET", path));
        if (!path.endsWith("none/sessions")) {
            assertNotFound(world.call("DELETE", path));
        }
        assertThat(world.streams.sessions()).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("a user whom the caller may not view, and their session, are as if they were not there")
    @ValueSource(strings = {"/users/usr_u0", "/users/usr_u0/sessions", "/sessions/s0", "/sessions/ses_696adf8bfs0"})
    void notViewable(String path) {
        world.caller.hiddenUsers.add("u0");
        assertNotFound(world.call("GET", path));
        if (!path.endsWith("/sessions")) {
            assertNotFound(world.call("DELETE", path));
        }
        assertThat(world.streams.sessions()).hasSize(1);
        assertThat(world.audited).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("without the permission to ask for users at all: 403, whether there is somebody or not")
    @ValueSource(
            strings = {"/users", "/sessions", "/users/usr_u0", "/users/usr_none", "/sessions/s0", "/sessions/none"})
    void mayNotQuery(String path) {
        world.caller.mayQuery = false;
        assertError(world.call("GET", path), 403, 206);
        if (!List.of("/users", "/sessions").contains(path)) {
            assertError(world.call("DELETE", path), 403, 206);
        }
        assertThat(world.streams.sessions()).hasSize(1);
    }

    @Test
    @DisplayName("parameters that are unknown or repeated are answered before the permission is")
    void parametersBeforePermission() {
        world.caller.mayQuery = false;
        assertError(world.call("GET", "/users?surprise"), 400, 231);
        assertError(world.call("DELETE", "/users/usr_u0?reason=a&reason=b"), 400, 232);
        assertError(world.call("GET", "/users?limit=0"), 403, 206);
    }

    @ParameterizedTest
    @DisplayName("any other failure: 500 in the API's shape, with the operation in the log, and no details")
    @ValueSource(strings = {"/users", "/sessions", "/users/usr_u0", "/sessions/s0", "/users/usr_u0/sessions"})
    void broken(String path) {
        world.streams.failWith(new IllegalStateException("jdbc:postgresql://db?password=hunter2"));
        Answer answer = world.call("GET", path);
        assertError(answer, 500, 500);
        assertThat(answer.body())
                .doesNotContain("hunter2", "jdbc", "Exception", "dev.identities")
                .contains(answer.header("ngrok-operation-id"));
        assertThat(world.log.lines())
                .anyMatch(line -> line.contains(answer.header("ngrok-operation-id")))
                .anyMatch(line -> line.contains("hunter2"));
    }

    @Test
    @DisplayName("a database that does not answer: 503, and the call may be repeated")
    void outage() {
        for (Exception cause : List.of(new SQLException("hunter2", "08001"), new ConnectException("hunter2"))) {
            world.streams.failWith(new IllegalStateException(cause));
            for (String path : List.of("/users", "/sessions", "/users/usr_u0", "/sessions/s0")) {
                Answer answer = world.call("GET", path);
                assertError(answer, 503, 503);
                assertThat(answer.body()).doesNotContain("hunter2");
            }
            assertError(world.call("DELETE", "/users/usr_u0"), 503, 503);
        }
    }

    @Test
    @DisplayName("an authentication that breaks is no way in")
    void brokenAuthentication() {
        world.authentication = () -> {
            throw new IllegalStateException("no realm");
        };
        assertError(world.call("DELETE", "/users/usr_u0"), 500, 500);
        assertThat(world.log.lines()).isNotEmpty();
        assertThat(world.streams.sessions()).hasSize(1);
    }

    @Test
    @DisplayName("a hostile path cannot forge the answer")
    void hostilePath() {
        JsonNode error = assertError(world.call("GET", "/x%22%7D%0d%0aSet-Cookie:a"), 400, 230);
        assertThat(error.toString()).doesNotContain("Set-Cookie");
        String path = assertError(world.call("GET", "/x%22%7D;a=b"), 404, 404)
                .at("/details/path")
                .textValue();
        assertThat(path).isEqualTo("/x%22%7D;a=b");
    }

    private static void assertNotFound(Answer answer) {
        assertThat(assertError(answer, 404, 404).get("msg").textValue()).isEqualTo("Resource not found");
    }

    /** The shape of every error; returns its body. */
    static JsonNode assertError(Answer answer, int status, int code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        JsonNode body = tree(answer.body());
        assertThat(body.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("error_code", "status_code", "msg", "details");
        assertThat(body.get("error_code").textValue()).isEqualTo("ERR_NGROK_" + code);
        assertThat(body.get("status_code").isInt()).isTrue();
        assertThat(body.get("status_code").intValue()).isEqualTo(status);
        assertThat(body.get("msg").textValue()).isNotBlank();
        assertThat(body.get("details").properties())
                .allSatisfy(detail -> assertThat(detail.getValue().isTextual()).isTrue());
        assertThat(body.at("/details/operation_id").textValue())
                .matches("op_[0-9A-Za-z]{27}")
                .isEqualTo(answer.header("ngrok-operation-id"));
        return body;
    }
}
