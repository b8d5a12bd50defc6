package dev.identities.api.pingfederate;

import static dev.identities.api.pingfederate.PingAnswers.assertDone;
import static dev.identities.api.pingfederate.PingAnswers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.api.ApiServer.Answer;
import dev.identities.session.SampleSession;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The common behaviour of the calls by user, by session and of the revocation list. */
class PingFederateApiTest {

    private static final String SRI = "AbCdEfGhIjKlMnOpQrSt-_01";

    /** The calls of the Session Management API, with the method that each takes. */
    private static final List<String> MANAGEMENT = List.of(
            "GET /users/jane",
            "POST /users/jane/revoke",
            "GET /users?user_key=jane",
            "POST /users/revoke?user_key=jane",
            "GET /sessions/" + SRI,
            "POST /sessions/" + SRI + "/extend",
            "POST /sessions/" + SRI + "/revoke",
            "DELETE /sessions/" + SRI + "/authnSessions/x");

    /** The calls of the Session Revocation API. */
    private static final List<String> REVOCATION = List.of("POST /revokedSris", "GET /revokedSris/" + SRI);

    private final PingWorld world = new PingWorld();

    @BeforeEach
    void jane() {
        world.user("username=jane", "jane");
        world.add(SampleSession.of(SRI).user("jane").build());
        world.revocationList.sris.add("listed");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("a Host that makes no URL: 400 in the same form")
    void malformedHost() {
        Response response = PingFederateApi.malformedHost().response();
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getEntity())
                .hasToString("{\"resultId\":\"invalid_request\","
                        + "\"message\":\"The request cannot be read: malformed Host header.\"}");
    }

    @ParameterizedTest
    @DisplayName("a caller without valid authentication gets 401 with the challenge on every path")
    @EnumSource(
            names = {
                "NO_CREDENTIALS",
                "UNSUPPORTED_SCHEME",
                "REPEATED_CREDENTIALS",
                "MALFORMED_CREDENTIALS",
                "INVALID_CREDENTIALS",
                "BEARER_TOKEN",
                "NOT_ALLOWED"
            })
    void unauthenticated(Reason reason) {
        world.refuse(reason);
        for (String path : List.of(
                "/users/jane",
                "/users/nobody",
                "/users",
                "/users/jane/revoke",
                "/users/jane/x/y",
                "/users?filter=x",
                "/sessions/" + SRI,
                "/sessions/malformed",
                "/sessions/" + SRI + "/extend",
                "/sessions/" + SRI + "/revoke",
                "/revokedSris",
                "/revokedSris/listed",
                "/elsewhere",
                "")) {
            for (String method : PingWorld.METHODS) {
                Answer answer = world.call(method, path, "Authorization", "Basic s3cr3t");
                assertError(answer, 401, "invalid_client");
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"acme\", charset=\"UTF-8\"");
                assertThat(answer.body()).doesNotContain("s3cr3t");
            }
        }
        assertNothingHappened();
    }

    @Test
    @DisplayName("a caller with a bearer token is told what to do instead")
    void bearerToken() {
        world.refuse(Reason.BEARER_TOKEN);
        assertThat(world.users("GET", "/jane").body()).contains("takes no bearer token");
    }

    @ParameterizedTest
    @DisplayName("a realm that is off, TLS that is missing, a client policy: 403 that says which, without a challenge")
    @CsvSource({"REALM_DISABLED, realm is disabled", "HTTPS_REQUIRED, HTTPS", "CLIENT_POLICY, client policy"})
    void gate(Reason reason, String said) {
        world.refuse(reason);
        for (String call : List.of("GET /users/jane", "POST /sessions/" + SRI + "/revoke", "POST /revokedSris")) {
            Answer answer = call(call);
            assertThat(assertError(answer, 403, "access_denied").get("message").textValue())
                    .contains(said);
            assertThat(answer.header("WWW-Authenticate")).isNull();
        }
        assertNothingHappened();
    }

    @ParameterizedTest
    @DisplayName("every reason to refuse has an answer")
    @EnumSource
    void everyReason(Reason reason) {
        world.refuse(reason);
        assertThat(world.users("GET", "/jane").status()).isIn(401, 403);
    }

    @Test
    @DisplayName("without Session Management API: 403 that names the switch, also for paths that do not exist")
    void managementNotAllowed() {
        world.clientAttributes.remove("identities.session-management-api");
        MANAGEMENT.forEach(call -> assertNotAllowed(call(call), "identities.session-management-api"));
        for (String path : List.of("/users", "/users/x/y/z", "/sessions", "/sessions/malformed", "/users/jane?x")) {
            for (String method : PingWorld.METHODS) {
                assertNotAllowed(world.call(method, path), "identities.session-management-api");
            }
        }
        assertNothingHappened();
        assertThat(world.askList("listed").status()).isEqualTo(200);
        assertThat(world.addToList("{\"id\":\"other\"}").status()).isEqualTo(201);
    }

    @Test
    @DisplayName("without Session Revocation API: 403 that names the switch, and the other calls work")
    void revocationNotAllowed() {
        world.clientAttributes.remove("identities.session-revocation-api");
        REVOCATION.forEach(call -> assertNotAllowed(call(call), "identities.session-revocation-api"));
        assertNotAllowed(world.addToList("{\"id\":\"" + SRI + "\"}"), "identities.session-revocation-api");
        assertNotAllowed(world.askList("listed"), "identities.session-revocation-api");
        for (String method : PingWorld.METHODS) {
            assertNotAllowed(world.call(method, "/revokedSris/x/y"), "identities.session-revocation-api");
        }
        assertNothingHappened();
        assertThat(world.session("GET", SRI).status()).isEqualTo(200);
        assertDone(world.users("POST", "/jane/revoke"));
    }

    @Test
    @DisplayName("a realm without Session Management API: nothing is there, while the revocation list works")
    void managementNotOffered() {
        world.realmAttributes.put("identities.session-management-api", "false");
        MANAGEMENT.forEach(call -> assertError(call(call), 404, "not_found"));
        for (String method : PingWorld.METHODS) {
            assertError(world.call(method, "/users"), 404, "not_found");
            assertError(world.call(method, "/sessions/malformed"), 404, "not_found");
        }
        assertNothingHappened();
        assertThat(world.askList("listed").status()).isEqualTo(200);
        assertThat(world.addToList("{\"id\":\"" + SRI + "\"}").status()).isEqualTo(201);
        assertThat(world.left()).isEmpty();
    }

    @Test
    @DisplayName("a realm without Session Revocation API: nothing is there, the other calls work and keep the list")
    void revocationNotOffered() {
        world.realmAttributes.put("identities.session-revocation-api", "false");
        for (String method : PingWorld.METHODS) {
            for (String path : List.of("/revokedSris", "/revokedSris/listed")) {
                assertError(world.call(method, path, "X-XSRF-Header", "x"), 404, "not_found");
                assertError(world.call(method, path), 404, "not_found");
            }
        }
        assertError(world.addToList("{\"id\":\"" + SRI + "\"}"), 404, "not_found");
        assertNothingHappened();
        assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        assertDone(world.session("POST", SRI + "/revoke"));
        assertThat(world.revocationList.sris).contains(SRI);
    }

    @Test
    @DisplayName("X-XSRF-Header is needed where the realm says so, with any value")
    void xsrf() {
        assertThat(world.session("GET", SRI).status()).isEqualTo(200);
        assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        world.userKeys.lookUps.clear();
        world.realmAttributes.put("identities.require-xsrf-header", "true");
        MANAGEMENT.forEach(call -> assertError(call(call), 403, "xsrf_header_required"));
        assertNothingHappened();
        assertThat(world.users("GET", "/jane", "X-XSRF-Header", "PingFederate").status())
                .isEqualTo(200);
        assertThat(world.session("GET", SRI, "x-xsrf-header", "").status()).isEqualTo(200);
        assertDone(world.users("POST", "/jane/revoke", "X-Xsrf-Header", "any"));
    }

    @Test
    @DisplayName("the revocation list always needs X-XSRF-Header, with any value")
    void xsrfOfTheList() {
        for (String value : List.of("", "true", "false")) {
            world.realmAttributes.put("identities.require-xsrf-header", value);
            assertError(world.call("GET", "/revokedSris/listed"), 403, "xsrf_header_required");
            assertError(world.call("POST", "/revokedSris"), 403, "xsrf_header_required");
            assertThat(world.call("GET", "/revokedSris/listed", "x-xsrf-header", "")
                            .status())
                    .isEqualTo(200);
        }
        assertNothingHappened();
    }

    @ParameterizedTest
    @DisplayName("a wrong method: 405 with the right one, and nothing is done")
    @CsvSource({
        "/users/jane, GET",
        "/users?user_key=jane, GET",
        "/users/jane/revoke, POST",
        "/sessions/" + SRI + ", GET",
        "/sessions/malformed, GET",
        "/sessions/" + SRI + "/extend, POST",
        "/sessions/" + SRI + "/extend/, POST",
        "/sessions/" + SRI + "/revoke, POST",
        "/sessions/" + SRI + "/authnSessions/x, DELETE",
        "/revokedSris, POST",
        "/revokedSris/, POST",
        "/revokedSris/listed, GET"
    })
    void wrongMethod(String path, String allowed) {
        for (String method : PingWorld.METHODS) {
            if (!method.equals(allowed)) {
                Answer answer = world.call(method, path, "X-XSRF-Header", "x");
                assertError(answer, 405, "method_not_allowed");
                assertThat(answer.header("Allow")).isEqualTo(allowed);
            }
        }
        assertNothingHappened();
    }

    @Test
    @DisplayName("a query names the user to revoke: only POST revokes")
    void wrongMethodByQuery() {
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE", "OPTIONS")) {
            Answer answer = world.users(method, "/revoke?user_key=jane");
            assertError(answer, 405, "method_not_allowed");
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }
        assertNothingHappened();
    }

    @ParameterizedTest
    @DisplayName("HEAD is GET")
    @ValueSource(strings = {"/users/jane", "/users/nobody", "/sessions/" + SRI, "/revokedSris/listed"})
    void head(String path) {
        assertThat(world.call("HEAD", path, "X-XSRF-Header", "x").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("parameters that are unknown, repeated or another call's: 400, and nothing is done")
    @CsvSource({
        "GET, /users/jane?x",
        "GET, /users/jane?limit=5",
        "GET, /sessions/" + SRI + "?x",
        "GET, /sessions/" + SRI + "?user_key=jane",
        "POST, /sessions/" + SRI + "/extend?minutes=5",
        "POST, /sessions/" + SRI + "/revoke?user_key=jane",
        "POST, /sessions/" + SRI + "/revoke?client_id=a&client_id=b",
        "DELETE, /sessions/" + SRI + "/authnSessions/x?sri=y",
        "GET, /revokedSris/listed?id=other",
        "GET, /revokedSris/listed?user_key=jane",
        "POST, /revokedSris?id=" + SRI
    })
    void parameters(String method, String path) {
        assertError(world.call(method, path, "X-XSRF-Header", "x"), 400, "invalid_request");
        assertNothingHappened();
    }

    @ParameterizedTest
    @DisplayName("the query parameters of client authentication are known on every path")
    @ValueSource(strings = {"/users/jane", "/sessions/" + SRI, "/revokedSris/listed"})
    void credentialParameters(String path) {
        String credentials = "?client_id=helpdesk&client_assertion=x&client_assertion_type=y";
        assertThat(world.call("GET", path + credentials, "X-XSRF-Header", "x").status())
                .isEqualTo(200);
        assertThat(world.call("GET", path + "?", "X-XSRF-Header", "x").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("a path or query that cannot be decoded: 400")
    @CsvSource({
        "GET, /users/%,",
        "GET, /users/%ff,",
        "GET, /users/jane%00,",
        "GET, /users/jane%0a/revoke,",
        "GET, /users, user_key=%",
        "GET, /users, user_key=%ff",
        "GET, /users, user_key=jane%00",
        "GET, /sessions/" + SRI + "%0a,",
        "POST, /sessions/" + SRI + "/revoke%,",
        "GET, /revokedSris/%ff,",
        "GET, /revokedSris/listed%00,"
    })
    void badEncoding(String method, String path, String query) {
        assertError(world.raw(method, path, query), 400, "invalid_request");
        assertNothingHappened();
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
                "/rest/sessionMgmt//users/jane",
                "//rest/sessionMgmt/users/jane",
                "/rest/sessionMgmt/session/" + SRI,
                "/rest/sessionMgmt/Sessions/" + SRI,
                "/rest/sessionMgmt/sessions",
                "/rest/sessionMgmt/sessions/",
                "/rest/sessionMgmt/authnSessions/x",
                "/rest/sessionMgmt/sessions/" + SRI + "/Revoke",
                "/rest/sessionMgmt/sessions/" + SRI + "/revoke/now",
                "/rest/sessionMgmt/sessions/" + SRI + "/extend/far",
                "/rest/sessionMgmt/sessions/" + SRI + "//extend",
                "/rest/sessionMgmt/sessions/" + SRI + "/authnSessions",
                "/rest/sessionMgmt/sessions/" + SRI + "/authnSessions/x/y",
                "/rest/sessionMgmt/sessions/" + SRI + "/revoke/authnSessions",
                "/rest/sessionMgmt/revokedSri/listed"
            })
    void noSuchPath(String path) {
        for (String method : PingWorld.METHODS) {
            assertError(world.callProvider(method, path), 404, "not_found");
        }
        assertNothingHappened();
    }

    @Test
    @DisplayName("answers are JSON for every Accept, and not to be stored")
    void headers() {
        for (String path : List.of("/users/jane", "/sessions/" + SRI, "/revokedSris/listed")) {
            Answer answer = world.call("GET", path, "Accept", "text/html", "X-XSRF-Header", "x");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, no-store");
        }
    }

    /** A method and a path, without the header against XSRF. */
    private Answer call(String methodAndPath) {
        String[] parts = methodAndPath.split(" ", 2);
        return world.call(parts[0], parts[1]);
    }

    private static void assertNotAllowed(Answer answer, String attribute) {
        JsonNode error = assertError(answer, 403, "access_denied");
        assertThat(error.get("message").textValue()).contains(attribute);
    }

    private void assertNothingHappened() {
        assertThat(world.userKeys.lookUps).isEmpty();
        assertThat(world.left()).containsExactly(SRI + " ONLINE");
        assertThat(world.revocationList.sris).containsExactly("listed");
        assertThat(world.changes.calls).isEmpty();
        assertThat(world.audit.revoked).isEmpty();
        assertThat(world.audit.others).isEmpty();
    }
}
