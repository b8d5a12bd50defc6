package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire contract of {@code /app}: members, types, order, paging, errors. */
class NgrokContractIT {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    private static final String HOME = "203.0.113.20";

    private static Realm realm;
    private static App wiki;
    private static Http api;
    private static String alice;
    private static Tokens alices;

    @BeforeAll
    static void somebodyIsSignedIn() {
        realm = Testbed.realm("contract");
        realm.update(Map.of("displayName", "Contract & Co"));
        wiki = realm.client("wiki", Map.of("name", "The Wiki", "rootUrl", "https://wiki.example", "baseUrl", "/home"));
        alice = realm.user(
                "alice",
                "alice-password",
                Map.of("firstName", "Ålice", "lastName", "Müller-李"),
                Map.of("employeeNumber", "0042"));
        alices = new Browser(Browser.DESKTOP, HOME).signIn(wiki, SignIn.as("alice", "alice-password"));
        for (int i = 0; i < 6; i++) {
            realm.user("user" + i, "password");
            new Backend(wiki).directGrant(new Credentials("user" + i, "password"));
        }
        App siem = realm.program("siem");
        api = Http.ngrok(Testbed.server().url(), "contract", siem.apiKey());
    }

    @Test
    @DisplayName("a session has every member, with the types and nulls that all clients accept")
    void session() {
        JsonNode session = api.get("/sessions/" + alices.sessionId()).json();

        assertThat(names(session))
                .containsExactly(
                        "id",
                        "uri",
                        "public_url",
                        "browser_session",
                        "application_user",
                        "created_at",
                        "last_active",
                        "expires_at",
                        "endpoint",
                        "edge",
                        "route",
                        "kind",
                        "idle_expires_at",
                        "identity_provider",
                        "auth_method",
                        "remember_me",
                        "clients",
                        "access",
                        "current",
                        "impersonator",
                        "grant",
                        "suspended",
                        "signals");
        assertThat(session.get("id").asText()).matches("[A-Za-z0-9_-]+").endsWith(alices.sessionId());
        assertThat(session.get("uri").asText())
                .isEqualTo(api.base() + "/sessions/" + session.get("id").asText());
        assertThat(session.get("public_url").asText()).isEqualTo("https://wiki.example/home");
        assertThat(session.at("/browser_session/ip_address").asText()).isEqualTo(HOME);
        assertThat(session.at("/browser_session/location").isNull()).isTrue();
        JsonNode agent = session.at("/browser_session/user_agent");
        assertThat(names(agent))
                .containsExactly("raw", "browser_name", "browser_version", "device_type", "os_name", "os_version");
        assertThat(agent.get("raw").asText()).isEqualTo(Browser.DESKTOP);
        agent.forEach(member -> assertThat(member.isTextual()).isTrue());
        assertThat(agent.get("device_type").asText()).isEqualTo("Desktop");
        assertThat(session.at("/application_user/id").asText()).isEqualTo("usr_" + alice);
        assertThat(session.at("/application_user/uri").asText()).isEqualTo(api.base() + "/users/usr_" + alice);
        for (String time : List.of("created_at", "last_active", "expires_at", "idle_expires_at")) {
            assertThat(session.get(time).asText()).matches(TIME);
        }
        assertThat(Instant.parse(session.get("expires_at").asText())).isAfter(Instant.now());
        assertThat(session.at("/endpoint/id").asText()).isEqualTo("wiki");
        assertThat(session.get("edge").isNull()).isTrue();
        assertThat(session.get("route").isNull()).isTrue();
        assertThat(session.get("kind").asText()).isEqualTo("online");
        assertThat(session.get("auth_method").asText()).isEqualTo("openid-connect");
        assertThat(session.get("remember_me").isBoolean()).isTrue();
        assertThat(session.at("/identity_provider/name").asText()).isEqualTo("Contract & Co");
        JsonNode client = session.get("clients").get(0);
        assertThat(names(client)).containsExactly("client_id", "name", "base_url", "started_at", "last_active", "uuid");
        assertThat(client.get("uuid").asText()).isEqualTo(realm.clientUuid("wiki"));
        assertThat(client.get("name").asText()).isEqualTo("The Wiki");
    }

    @Test
    @DisplayName("a user has every member, and strings where clients want strings")
    void user() {
        JsonNode user = api.get("/users/usr_" + alice).json();

        assertThat(names(user))
                .containsExactly(
                        "id",
                        "uri",
                        "identity_provider",
                        "provider_user_id",
                        "username",
                        "email",
                        "name",
                        "created_at",
                        "last_active",
                        "last_login",
                        "enabled",
                        "account",
                        "sessions_count",
                        "identity_providers",
                        "access",
                        "clients",
                        "latest_session",
                        "signals");
        assertThat(user.get("provider_user_id").asText()).isEqualTo(alice);
        assertThat(user.get("username").asText()).isEqualTo("alice");
        assertThat(user.get("name").asText()).isEqualTo("Ålice Müller-李");
        assertThat(user.get("account").asText()).isEqualTo("stored");
        assertThat(user.get("created_at").asText()).matches(TIME);
        assertThat(user.get("sessions_count").asInt()).isEqualTo(1);
        JsonNode session = api.get("/sessions/" + alices.sessionId()).json();
        assertThat(user.get("latest_session")).isEqualTo(session);
        assertThat(user.get("clients")).isEqualTo(session.get("clients")).hasSize(1);
        assertThat(user.get("access")).isEqualTo(session.get("access")).hasToString("{\"manage\":true}");
        assertThat(user.at("/identity_provider/url").asText())
                .isEqualTo(Testbed.server().url() + "/realms/contract");
        assertThat(api.get("/users/" + alice).json()).isEqualTo(user);
    }

    @Test
    @DisplayName("pages follow next_page_uri, newest first, without a gap or a repetition")
    void paging() {
        for (String kind : List.of("users", "sessions")) {
            List<String> whole = ids(api.get("/" + kind).json(), kind);
            List<String> walked = new ArrayList<>();
            Optional<String> next = Optional.of("/" + kind + "?limit=2");
            while (next.isPresent()) {
                JsonNode page = api.get(next.get()).json();
                assertThat(page.get("uri").asText()).isEqualTo(api.base() + "/" + kind);
                List<String> ids = ids(page, kind);
                assertThat(ids).isNotEmpty().hasSizeLessThanOrEqualTo(2);
                walked.addAll(ids);
                next = Optional.of(page.get("next_page_uri"))
                        .filter(JsonNode::isTextual)
                        .map(uri -> uri.asText().substring(api.base().toString().length()));
            }
            assertThat(walked).isEqualTo(whole).doesNotHaveDuplicates().hasSize(7);
        }
        List<String> created = StreamSupport.stream(
                        api.get("/sessions").json().get("application_sessions").spliterator(), false)
                .map(session -> session.get("created_at").asText())
                .toList();
        assertThat(created).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    @DisplayName("the cursor is compared and not looked up; its alias and its absence work")
    void cursor() {
        List<String> whole = ids(api.get("/sessions").json(), "sessions");
        String third = whole.get(2);
        List<String> rest = whole.subList(3, whole.size());

        assertThat(ids(api.get("/sessions?before_id=" + third).json(), "sessions"))
                .isEqualTo(rest);
        assertThat(ids(api.get("/sessions?beforeId=" + third).json(), "sessions"))
                .isEqualTo(rest);
        assertThat(ids(api.get("/sessions?before_id=&limit=100").json(), "sessions"))
                .isEqualTo(whole);
        assertThat(ids(api.get("/sessions?").json(), "sessions")).isEqualTo(whole);
        // Nobody ever had this id: it is older than everything.
        JsonNode beyond = api.get("/sessions?before_id=ses_00000001fAAAA").json();
        assertThat(beyond.get("application_sessions")).isEmpty();
        assertThat(beyond.get("next_page_uri").isNull()).isTrue();
        assertThat(ids(api.get("/sessions?before_id=ses_fffffffffAAAA").json(), "sessions"))
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({
        "/sessions?limit=0, 400, ERR_NGROK_233",
        "/sessions?limit=-1, 400, ERR_NGROK_233",
        "/sessions?limit=101, 400, ERR_NGROK_233",
        "/sessions?limit=2147483648, 400, ERR_NGROK_233",
        "/users?limit=ten, 400, ERR_NGROK_244",
        "/users?limit=1.5, 400, ERR_NGROK_244",
        "/users?before_id=nonsense, 400, ERR_NGROK_223",
        "/sessions?before_id=!!!, 400, ERR_NGROK_223",
        "/users?before_id=ses_00000001fAAAA, 400, ERR_NGROK_227",
        "/sessions?before_id=usr_00000000-0000-0000-0000-000000000000, 400, ERR_NGROK_227",
        "/sessions?filter=x, 400, ERR_NGROK_250",
        "/users?order_by=name, 400, ERR_NGROK_230",
        "/users?search=, 400, ERR_NGROK_230",
        "/users?identity_provider=, 400, ERR_NGROK_230",
        "/users?before_id=act_00000001fAAAA, 400, ERR_NGROK_227",
        "/users?order_by=last_active&before_id=usr_00000000-0000-0000-0000-000000000000, 400, ERR_NGROK_227",
        "/sessions?limit=1&limit=2, 400, ERR_NGROK_232",
        "/sessions?limit=%0A, 400, ERR_NGROK_230",
        "/users/nonsense, 404, ERR_NGROK_222",
        "/sessions/!, 404, ERR_NGROK_222",
        "/users/usr_00000000-0000-0000-0000-000000000000, 404, ERR_NGROK_404",
        "/sessions/ses_00000001fAAAA, 404, ERR_NGROK_404",
        "/sessions/AAAAAAAAAAAAAAAAAAAAAAAA, 404, ERR_NGROK_404",
        "/nothing, 404, ERR_NGROK_404",
        "'', 404, ERR_NGROK_404",
        "/users/x/y, 404, ERR_NGROK_404",
        "/sessions/x/sessions, 404, ERR_NGROK_404",
    })
    @DisplayName("bad input is refused in the API's own shape")
    void errors(String path, int status, String code) {
        assertError(api.get(path), status, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "OPTIONS"})
    @DisplayName("a wrong method is not found, with the path in the details")
    void methods(String method) {
        Http.Answer answer = api.send(method, "/users", HttpRequest.BodyPublishers.noBody());
        assertError(answer, 404, "ERR_NGROK_404");
        assertThat(answer.json().at("/details/path").asText()).isEqualTo("/users");
        assertThat(api.delete("/users").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users?limit=%C3%28",
                "/users?%0A=1",
                "/users/%ff",
                "/sessions/a%00b",
                "/sessions/..%2f..",
                "/users//x"
            })
    @DisplayName("a malformed request that reaches the plugin is refused in its shape, and nothing fails")
    void malformed(String target) {
        String answer = RawHttp.send(
                Testbed.server().url(),
                "GET",
                api.base().getRawPath() + target,
                "ngrok-version: 2",
                "Authorization: " + api.headers().get("Authorization"));
        assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
        // Double slashes are turned away by Keycloak before any provider sees them.
        if (!target.contains("//")) {
            assertThat(answer).contains("error_code", "ERR_NGROK_");
        }
    }

    @Test
    @DisplayName("the API describes itself")
    void openApi() {
        Http.Answer answer = api.without("ngrok-version").get("/openapi.yaml");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/yaml");
        assertThat(answer.body()).startsWith("openapi: 3").contains("/users/{id}/sessions");
    }

    @Test
    @DisplayName("the version header is asked for")
    void version() {
        assertError(api.without("ngrok-version").get("/users"), 400, "ERR_NGROK_218");
        assertError(api.with("ngrok-version", "1").get("/users"), 400, "ERR_NGROK_217");
    }

    @Test
    @DisplayName("a body is refused; its type alone is not")
    void bodies() {
        assertError(
                api.send("DELETE", "/users/usr_" + alice, HttpRequest.BodyPublishers.ofString("{}")),
                400,
                "ERR_NGROK_211");
        assertThat(api.with("Content-Type", "application/json").get("/users").status())
                .isEqualTo(200);
        assertThat(api.with("Accept", "text/html").get("/nothing").header("Content-Type"))
                .startsWith("application/json");
    }

    @Test
    @DisplayName("an unknown parameter on a destructive call stops it")
    void nothingIsEndedByMistake() {
        assertError(api.delete("/users/usr_" + alice + "?dry_run=true"), 400, "ERR_NGROK_231");
        assertError(api.delete("/sessions/" + alices.sessionId() + "?limit=1"), 400, "ERR_NGROK_231");
        assertError(api.delete("/sessions/" + alices.sessionId() + "?report=maybe"), 400, "ERR_NGROK_230");
        assertError(api.delete("/sessions/" + alices.sessionId() + "?reason=" + "x".repeat(256)), 400, "ERR_NGROK_230");
        assertThat(new Backend(wiki).access(alices).alive()).isTrue();
    }

    @Test
    @DisplayName("answers are not to be stored, and each names its operation")
    void headers() {
        Http.Answer answer = api.get("/users");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("ngrok-operation-id")).matches("op_[A-Za-z0-9]{27}");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    @DisplayName("one user's sessions are listed under the user")
    void sessionsOfUser() {
        JsonNode page = api.get("/users/usr_" + alice + "/sessions").json();
        assertThat(page.get("application_sessions")).hasSize(1);
        assertThat(page.get("uri").asText()).isEqualTo(api.base() + "/users/usr_" + alice + "/sessions");
        assertThat(page.get("next_page_uri").isNull()).isTrue();
    }

    static void assertError(Http.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        JsonNode error = answer.json();
        assertThat(names(error)).containsExactly("error_code", "status_code", "msg", "details");
        assertThat(error.get("error_code").asText()).isEqualTo(code);
        assertThat(error.get("status_code").intValue()).isEqualTo(status);
        assertThat(error.get("msg").asText()).isNotBlank();
        error.get("details").forEach(detail -> assertThat(detail.isTextual()).isTrue());
        assertThat(answer.header("ngrok-operation-id"))
                .isEqualTo(error.at("/details/operation_id").asText());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> ids(JsonNode page, String kind) {
        return StreamSupport.stream(page.get("application_" + kind).spliterator(), false)
                .map(item -> item.get("id").asText())
                .toList();
    }
}
