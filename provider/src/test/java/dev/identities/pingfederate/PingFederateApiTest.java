package dev.identities.pingfederate;

import static dev.identities.http.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.http.ApiServer.Answer;
import dev.identities.revocation.Delivery;
import dev.identities.revocation.FakeMessage;
import dev.identities.revocation.Outcome;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingFederateApiTest {

    private final PingWorld world = new PingWorld();

    @BeforeEach
    void people() {
        world.user("username=jane", "jane");
        world.user("username=john", "john");
        world.add(SampleSession.of("janes").user("jane").build());
        world.add(SampleSession.of("johns").user("john").build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("a user key comes by path or by query, and is decoded once")
    @CsvSource({
        "/jane, jane",
        "/jane/, jane",
        "/jane%40example.com, jane@example.com",
        "/a%2Fb, a/b",
        "/a%252Fb, a%2Fb",
        "/a+b, a+b",
        "/a%20b, a b",
        "/J%C3%A4n%C3%AB, Jänë",
        "/revoke, revoke",
        "/%25, %",
        "/.., ..",
        "/*, *",
        "?user_key=jane, jane",
        "/?user_key=a%2Fb, a/b",
        "?user_key=a%2Bb, a+b",
        "?user_key=a+b, a b",
        "?user_key=revoke, revoke"
    })
    void userKeys(String path, String key) {
        world.user("username=" + key, "jane");
        Answer answer = world.call("GET", path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(tree(answer.body()).get("sri").textValue()).isEqualTo("janes");
        assertThat(world.lookUps).containsExactly("username=" + key);
    }

    @ParameterizedTest
    @DisplayName("all sessions of the key are revoked, and nobody else's: 200 with nothing in it")
    @ValueSource(strings = {"/jane/revoke", "/jane/revoke/", "/revoke?user_key=jane"})
    void revoke(String path) {
        world.add(SampleSession.of(new SessionId(1, SessionKind.OFFLINE, RememberMe.NO, "offline"))
                .user("jane")
                .build());
        Answer answer = world.call("POST", path);
        assertRevoked(answer);
        assertThat(left()).containsExactly("johns");
        assertThat(world.call("GET", "/jane").body()).isEqualTo("{\"sessions\":[]}");
        assertRevoked(world.call("POST", path));
    }

    @Test
    @DisplayName("a user who is called revoke is revoked by path and by query")
    void userNamedRevoke() {
        world.user("username=revoke", "jane");
        assertRevoked(world.call("POST", "/revoke/revoke"));
        assertThat(left()).containsExactly("johns");
        world.user("username=revoke", "john");
        assertRevoked(world.call("POST", "/revoke?user_key=revoke"));
        assertThat(left()).isEmpty();
    }

    @Test
    @DisplayName("offline sessions stay where the realm keeps them")
    void offlineKept() {
        world.realmAttributes.put("identities.revoke-offline-sessions", "false");
        world.add(SampleSession.of(new SessionId(1, SessionKind.OFFLINE, RememberMe.NO, "offline"))
                .user("jane")
                .build());
        assertRevoked(world.call("POST", "/jane/revoke"));
        assertThat(left()).containsExactlyInAnyOrder("johns", "offline");
    }

    @Test
    @DisplayName("a form with the client's credentials may come with a revocation")
    void form() {
        assertRevoked(world.callWithForm("/jane/revoke", "client_id=helpdesk&client_secret=s3cr3t"));
        assertThat(left()).containsExactly("johns");
    }

    @Test
    @DisplayName("an unknown key is answered exactly as a user without sessions, and is audited")
    void unknownKey() {
        world.user("username=idle", "idle");
        assertThat(world.call("GET", "/nobody")).isEqualTo(world.call("GET", "/idle"));
        assertThat(world.call("POST", "/nobody/revoke")).isEqualTo(world.call("POST", "/idle/revoke"));
        assertThat(left()).hasSize(2);
        assertThat(world.audited)
                .hasSize(2)
                .allMatch(audited -> audited.report().outcomes().isEmpty());
    }

    @Test
    @DisplayName("the attribute that names people is the client's, else the realm's, else the user name")
    void attribute() {
        world.call("GET", "/x");
        world.realmAttributes.put("identities.user-key-attribute", "email");
        world.call("GET", "/x");
        world.clientAttributes.put("identities.user-key-attribute", "employeeNumber");
        world.call("GET", "/x");
        world.call("POST", "/x/revoke");
        assertThat(world.lookUps).containsExactly("username=x", "email=x", "employeeNumber=x", "employeeNumber=x");
    }

    @Test
    @DisplayName("a key that a hundred share names them all; one that more share names nobody, and nothing is done")
    void ambiguous() {
        String[] many = IntStream.rangeClosed(0, UsersEndpoint.MAX_USERS_PER_KEY)
                .mapToObj(i -> i == 0 ? "jane" : "u" + i)
                .toArray(String[]::new);
        world.user("username=shared", many);
        assertError(world.call("GET", "/shared"), 400, "ambiguous_user_key");
        assertError(world.call("POST", "/shared/revoke"), 400, "ambiguous_user_key");
        assertThat(left()).hasSize(2);
        assertThat(world.audited).isEmpty();
        world.user("username=shared", Arrays.copyOf(many, UsersEndpoint.MAX_USERS_PER_KEY));
        assertThat(tree(world.call("GET", "/shared").body()).get("sessions")).hasSize(1);
        assertRevoked(world.call("POST", "/shared/revoke"));
        assertThat(left()).containsExactly("johns");
    }

    @Test
    @DisplayName("the audit gets the client, the key and what became of every session")
    void audited() {
        world.store.messages("janes", FakeMessage.quick("shop"));
        world.call("POST", "/jane/revoke");
        assertThat(world.audited).singleElement().satisfies(audited -> {
            assertThat(audited.clientId()).isEqualTo("helpdesk");
            assertThat(audited.userKey()).isEqualTo("jane");
            assertThat(audited.report().outcomes()).singleElement().satisfies(outcome -> {
                assertThat(outcome.status()).isEqualTo(Outcome.Status.REVOKED);
                assertThat(outcome.deliveries()).containsExactly(new Delivery("shop", Delivery.Status.CONFIRMED));
            });
        });
        world.call("GET", "/john");
        assertThat(world.audited).hasSize(1);
    }

    @Test
    @DisplayName("when a session cannot be revoked: 503, the others are gone, and it is audited")
    void storeFailed() {
        world.add(SampleSession.of("stuck").user("jane").build());
        world.store.failOn("stuck");
        Answer answer = world.call("POST", "/jane/revoke");
        JsonNode error = assertError(answer, 503, "service_unavailable");
        assertThat(error.get("message").textValue()).contains("1 sessions").doesNotContain("own words");
        assertThat(left()).containsExactlyInAnyOrder("johns", "stuck");
        assertThat(world.audited).singleElement().matches(audited -> audited.report()
                .anyFailed());
    }

    @ParameterizedTest
    @DisplayName("a store that cannot be reached: 503 that gives nothing away, and the user key is not logged")
    @CsvSource({"GET, /hunter2-key", "POST, /hunter2-key/revoke", "GET, ?user_key=hunter2-key"})
    void unavailable(String method, String path) {
        world.streams.failWith(new IllegalStateException("jdbc:postgresql://db"));
        Answer answer = world.call(method, path);
        assertError(answer, 503, "service_unavailable");
        assertThat(answer.body()).doesNotContain("jdbc", "Exception");
        assertThat(world.log.lines())
                .anyMatch(line -> line.contains("jdbc"))
                .noneMatch(line -> line.contains("hunter2-key"));
    }

    @ParameterizedTest
    @DisplayName("who is not authenticated gets 401 with the challenge, and learns nothing else, whatever is asked")
    @EnumSource(
            names = {
                "NO_CREDENTIALS",
                "UNSUPPORTED_SCHEME",
                "MALFORMED_CREDENTIALS",
                "INVALID_CREDENTIALS",
                "BEARER_TOKEN",
                "NOT_ALLOWED"
            })
    void unauthenticated(Reason reason) {
        world.refuse(reason);
        for (String path : List.of("/jane", "/nobody", "", "/jane/revoke", "/jane/x/y", "?filter=x")) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
                Answer answer = world.call(method, path, "Authorization", "Basic s3cr3t");
                assertError(answer, 401, "invalid_client");
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"acme\", charset=\"UTF-8\"");
                assertThat(answer.body()).doesNotContain("s3cr3t");
            }
        }
        assertThat(world.lookUps).isEmpty();
        assertThat(left()).hasSize(2);
    }

    @Test
    @DisplayName("whoever comes with a bearer token is told what to do instead")
    void bearerToken() {
        world.refuse(Reason.BEARER_TOKEN);
        assertThat(world.call("GET", "/jane").body()).contains("takes no bearer token");
    }

    @ParameterizedTest
    @DisplayName("a realm that is off, or TLS that is missing: 403")
    @EnumSource(names = {"REALM_DISABLED", "HTTPS_REQUIRED"})
    void gate(Reason reason) {
        world.refuse(reason);
        Answer answer = world.call("GET", "/jane");
        assertError(answer, 403, "access_denied");
        assertThat(answer.header("WWW-Authenticate")).isNull();
    }

    @ParameterizedTest
    @DisplayName("every reason to refuse has an answer")
    @EnumSource
    void everyReason(Reason reason) {
        world.refuse(reason);
        assertThat(world.call("GET", "/jane").status()).isIn(401, 403);
    }

    @Test
    @DisplayName("a client without the switch: 403 that names it, before anything is looked up")
    void switchedOff() {
        world.clientAttributes.clear();
        world.clientAttributes.put("identities.session-revocation-api", "true");
        for (String path : List.of("/jane", "/jane/revoke", "", "/x/y/z")) {
            for (String method : List.of("GET", "POST")) {
                JsonNode error = assertError(world.call(method, path), 403, "access_denied");
                assertThat(error.get("message").textValue()).contains("identities.session-management-api");
            }
        }
        assertThat(world.lookUps).isEmpty();
        assertThat(left()).hasSize(2);
    }

    @Test
    @DisplayName("X-XSRF-Header is needed where the realm says so, with any value")
    void xsrf() {
        assertThat(world.call("GET", "/jane").status()).isEqualTo(200);
        world.realmAttributes.put("identities.require-xsrf-header", "true");
        assertError(world.call("GET", "/jane"), 403, "xsrf_header_required");
        assertError(world.call("POST", "/jane/revoke"), 403, "xsrf_header_required");
        assertThat(left()).hasSize(2);
        assertThat(world.call("GET", "/jane", "X-XSRF-Header", "PingFederate").status())
                .isEqualTo(200);
        assertThat(world.call("GET", "/jane", "x-xsrf-header", "").status()).isEqualTo(200);
        assertRevoked(world.call("POST", "/jane/revoke", "X-Xsrf-Header", "any"));
    }

    @ParameterizedTest
    @DisplayName("a wrong method: 405 with the right one, and nothing is done")
    @CsvSource({
        "POST, /jane, GET",
        "DELETE, /jane, GET",
        "PUT, /jane, GET",
        "PATCH, /jane, GET",
        "OPTIONS, /jane, GET",
        "POST, ?user_key=jane, GET",
        "GET, /jane/revoke, POST",
        "DELETE, /jane/revoke, POST",
        "PUT, /jane/revoke, POST",
        "GET, /revoke?user_key=jane, POST"
    })
    void wrongMethod(String method, String path, String allowed) {
        Answer answer = world.call(method, path);
        assertError(answer, 405, "method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo(allowed);
        assertThat(world.lookUps).isEmpty();
        assertThat(left()).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("HEAD is GET")
    @ValueSource(strings = {"/jane", "/nobody"})
    void head(String path) {
        assertThat(world.call("HEAD", path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("no key, or an empty one: 400, never everybody")
    @CsvSource({
        "GET, ''",
        "GET, /",
        "POST, /revoke",
        "POST, ''",
        "POST, //revoke",
        "GET, ?user_key=",
        "GET, ?user_key",
        "POST, /revoke?user_key=",
        "GET, //"
    })
    void noKey(String method, String path) {
        Answer answer = world.call(method, path);
        assertError(answer, 400, "invalid_request");
        assertThat(world.lookUps).isEmpty();
        assertThat(left()).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("parameters that are unknown or repeated: 400, and nothing is done")
    @ValueSource(
            strings = {
                "/jane?x",
                "/jane?limit=5",
                "/jane?userKey=john",
                "/jane?USER_KEY=john",
                "?user_key=jane&user_key=john",
                "?user_key=jane&user_key=jane",
                "?user_key=jane&filter=x",
                "/jane?client_secret=s3cr3t",
                "/jane?client_id=a&client_id=b"
            })
    void parameters(String path) {
        assertError(world.call("GET", path), 400, "invalid_request");
        assertError(world.call("POST", path.replaceFirst("^(/jane)?", "$1/revoke")), 400, "invalid_request");
        assertThat(world.lookUps).isEmpty();
        assertThat(left()).hasSize(2);
    }

    @Test
    @DisplayName("what client authentication puts into the query is known")
    void credentialParameters() {
        assertThat(world.call("GET", "/jane?client_id=helpdesk&client_assertion=x&client_assertion_type=y")
                        .status())
                .isEqualTo(200);
        assertThat(world.call("GET", "/jane?").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("a key that cannot be decoded: 400")
    @CsvSource({
        "/rest/sessionMgmt/users/%,",
        "/rest/sessionMgmt/users/%ff,",
        "/rest/sessionMgmt/users/jane%00,",
        "/rest/sessionMgmt/users/jane%0a/revoke,",
        "/rest/sessionMgmt/users, user_key=%",
        "/rest/sessionMgmt/users, user_key=%ff",
        "/rest/sessionMgmt/users, user_key=jane%00"
    })
    void badEncoding(String path, String query) {
        assertError(world.raw("GET", path, query), 400, "invalid_request");
        assertThat(world.lookUps).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("a path that is not there: 404 in the API's shape")
    @ValueSource(
            strings = {
                "",
                "/",
                "/rest",
                "/rest/sessionMgmt",
                "/rest/sessionMgmt/user/jane",
                "/rest/sessionmgmt/users/jane",
                "/rest/sessionMgmt/users/jane/extend",
                "/rest/sessionMgmt/users/jane/revoke/more",
                "/rest/sessionMgmt/users/jane/revoke/more/and/more",
                "/rest/sessionMgmt/users/jane?user_key=john",
                "/rest/sessionMgmt/users/jane/revoke?user_key=john",
                "/rest/sessionMgmt//users/jane",
                "//rest/sessionMgmt/users/jane"
            })
    void noSuchPath(String path) {
        for (String method : List.of("GET", "POST", "DELETE")) {
            assertError(world.callProvider(method, path), 404, "not_found");
        }
        assertThat(left()).hasSize(2);
    }

    @Test
    @DisplayName("answers are JSON and not to be stored")
    void headers() {
        Answer answer = world.call("GET", "/jane", "Accept", "text/html");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, no-store");
    }

    private static void assertRevoked(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    private List<String> left() {
        return world.streams.sessions().stream()
                .map(session -> session.id().sid())
                .toList();
    }

    private static JsonNode assertError(Answer answer, int status, String resultId) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        JsonNode body = tree(answer.body());
        assertThat(body.properties()).extracting(Map.Entry::getKey).containsExactly("resultId", "message");
        assertThat(body.get("resultId").textValue()).isEqualTo(resultId);
        assertThat(body.get("message").textValue()).isNotBlank();
        return body;
    }
}
