package dev.identities.e2e;

import static dev.identities.e2e.NgrokContractIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API where the admin console finds it, and what the console needs to know of users, sessions and their end. */
class AdminConsoleApiIT {

    private static Realm realm;
    private static App wiki;
    private static AdminClient chief;
    private static String ida;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("console");
        wiki = realm.client("wiki");
        ida = realm.user("ida", "ida-password");
        signIn();
        chief = realm.administrator("chief", "realm-admin");
    }

    private static Tokens signIn() {
        return new Backend(wiki).directGrant(new Credentials("ida", "ida-password"));
    }

    private static Http as(String token) {
        return Http.console(Testbed.server().url(), "console", token);
    }

    @Test
    @Tag("container-smoke")
    @DisplayName("administrators of the realm and of the master realm find there what is at /app, addresses included")
    void administrators() {
        for (String token : List.of(chief.token(), Testbed.admin().token())) {
            Http app = Http.ngrok(Testbed.server().url(), "console", token);
            for (String path :
                    List.of("/users/" + ida, "/users?search=ida", "/users?search=ida&order_by=last_active")) {
                Http.Answer answer = as(token).get(path);
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.json()).isEqualTo(app.get(path).json());
                assertThat(answer.body()).contains("/realms/console/app/users").doesNotContain("/admin/realms");
                assertThat(answer.header("Cache-Control")).contains("no-store");
            }
        }
    }

    @Test
    @DisplayName("the query of next_page_uri leads on")
    void paging() {
        Http api = as(chief.token());
        JsonNode first = api.get("/users?limit=1&order_by=last_active").json();
        String query = first.get("next_page_uri").asText().split("\\?", 2)[1];
        JsonNode second = api.get("/users?" + query).json();
        assertThat(second.at("/application_users/0/id").asText())
                .startsWith("usr_")
                .isNotEqualTo(first.at("/application_users/0/id").asText());
    }

    @Test
    @DisplayName("a realm may be called like the path")
    void realmName() {
        Realm odd = Testbed.realm("identities");
        odd.user("odd", "odd-password");
        new Backend(odd.client("wiki")).directGrant(new Credentials("odd", "odd-password"));
        assertThat(Http.console(
                                Testbed.server().url(),
                                "identities",
                                Testbed.admin().token())
                        .get("/users")
                        .json()
                        .at("/application_users/0/username")
                        .asText())
                .isEqualTo("odd");
        odd.delete();
    }

    @ParameterizedTest
    @DisplayName("errors have the API's shape there, too")
    @CsvSource({
        "GET, '', 404, ERR_NGROK_404",
        "GET, /, 404, ERR_NGROK_404",
        "GET, /nothing, 404, ERR_NGROK_404",
        "GET, /users/usr_nobody, 404, ERR_NGROK_404",
        "GET, /users?limit=0, 400, ERR_NGROK_233",
        "GET, /users?order_by=x, 400, ERR_NGROK_230",
        "POST, /users, 404, ERR_NGROK_404",
        "PUT, /users, 404, ERR_NGROK_404",
        "PATCH, /users, 404, ERR_NGROK_404",
        "DELETE, /users, 404, ERR_NGROK_404",
        "DELETE, /sessions/nothing, 404, ERR_NGROK_404"
    })
    void errors(String method, String path, int status, String code) {
        Http.Answer answer = as(chief.token()).send(method, path, HttpRequest.BodyPublishers.noBody());
        assertError(answer, status, code);
        if (path.equals("/nothing")) {
            assertThat(answer.json().at("/details/path").asText()).isEqualTo("/nothing");
        }
    }

    @Test
    @DisplayName("the version is asked for, the description is there, HEAD has no body")
    void contract() {
        Http api = as(chief.token());
        assertError(api.without("ngrok-version").get("/users"), 400, "ERR_NGROK_218");
        assertThat(api.without("ngrok-version").get("/openapi.yaml").body()).startsWith("openapi: 3");
        Http.Answer head = api.send("HEAD", "/users", HttpRequest.BodyPublishers.noBody());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Type")).startsWith("application/json");
    }

    @Test
    @DisplayName("preflights and allowed origins are Keycloak's, as of its own Admin REST API")
    void cors() {
        App page = realm.client("page", Map.of("webOrigins", List.of("https://page.example")));
        Http ours = as(
                new Backend(page).directGrant(new Credentials("chief", "chief")).accessToken());
        Http keycloaks =
                new Http(Http.PLAIN, URI.create(Testbed.server().url() + "/admin/realms/console"), ours.headers());
        for (String method : List.of("OPTIONS", "GET")) {
            Http.Answer answer = from("https://page.example", ours, method);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://page.example");
            assertThat(cors(answer)).isEqualTo(cors(from("https://page.example", keycloaks, method)));
        }
        Http.Answer foreign = from("https://elsewhere.example", ours, "GET");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.body()).doesNotContain("ida");
        assertThat(cors(foreign)).isEmpty();
    }

    private static Http.Answer from(String origin, Http api, String method) {
        return api.with("Origin", origin)
                .with("Access-Control-Request-Method", "DELETE")
                .with("Access-Control-Request-Headers", "authorization")
                .send(method, "/users", HttpRequest.BodyPublishers.noBody());
    }

    private static Map<String, List<String>> cors(Http.Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> !name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
        return headers;
    }

    @Test
    @DisplayName("no token, an API key, a token of another realm: refused by Keycloak; one without a role: by us")
    void refused() {
        assertThat(as("x").without("Authorization").get("/users").status()).isEqualTo(401);
        App siem = realm.client("siem");
        realm.grantManagement(realm.serviceAccount(siem), "view-users");
        assertThat(as(siem.apiKey()).get("/users").status()).isEqualTo(401);
        Realm elsewhere = Testbed.realm("console-elsewhere");
        Http foreign = as(elsewhere.administrator("chief", "realm-admin").token());
        assertThat(foreign.get("/users").status()).isEqualTo(403);
        assertThat(foreign.get("/users").body()).doesNotContain("ida");
        elsewhere.delete();

        assertError(as(signIn().accessToken()).get("/users"), 403, "ERR_NGROK_206");
        assertError(
                as(realm.administrator("client-clerk", "view-clients").token()).get("/users"), 403, "ERR_NGROK_206");
        assertError(
                as(realm.administrator("reader", "view-users").token()).delete("/users/" + ida), 403, "ERR_NGROK_206");
    }

    @Test
    @DisplayName("the service account of a client comes with its token, and a token bound to a key with one proof")
    void tokens() {
        App tool = realm.client("tool", Map.of("attributes", Map.of("dpop.bound.access.tokens", "true")));
        realm.grantManagement(realm.serviceAccount(tool), "view-users");
        DpopProof proof = new DpopProof();
        Http.Answer granted = new Http(Http.PLAIN, tool.endpoint("token"), Map.of())
                .with("DPoP", proof.of("POST", tool.endpoint("token")))
                .post(
                        "",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "tool",
                                "client_secret",
                                tool.secret()));
        String token = granted.json().get("access_token").asText();
        Http api = as("").with("Authorization", "DPoP " + token);
        URI users = URI.create(api.base() + "/users");
        assertThat(api.with("DPoP", proof.of("GET", users, token)).get("/users").status())
                .isEqualTo(200);
        assertThat(api.get("/users").status()).isEqualTo(401);
    }

    @Test
    @DisplayName("an administrator's own session is marked as such, and what they may do stands with each row")
    void currentAndAccess() {
        AdminClient viewer = realm.administrator("viewer", "view-users");
        String token = viewer.token();
        Http api = as(token);
        JsonNode own = api.get("/users/" + realm.userId("viewer")).json();
        assertThat(own.at("/latest_session/current").booleanValue()).isTrue();
        assertThat(own.at("/access/manage").booleanValue()).isFalse();
        JsonNode other = api.get("/users/" + ida).json();
        assertThat(other.at("/latest_session/current").booleanValue()).isFalse();
        assertThat(as(chief.token())
                        .get("/users/" + ida)
                        .json()
                        .at("/access/manage")
                        .booleanValue())
                .isTrue();
        String sid = own.at("/latest_session/id").asText();
        assertThat(as(chief.token())
                        .get("/sessions/" + sid)
                        .json()
                        .get("current")
                        .booleanValue())
                .isFalse();
        assertThat(as(Testbed.admin().token()).get("/sessions").body()).doesNotContain("\"current\":true");
    }

    @Test
    @DisplayName("a report has each session's outcome and the parties told; other callers read no names")
    void report() {
        realm.user("rex", "rex-password");
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.140");
        Tokens tokens = browser.signIn(wiki, SignIn.as("rex", "rex-password"));
        Tokens second = new Backend(wiki).directGrant(new Credentials("rex", "rex-password"));
        realm.clearEvents();

        Http.Answer one = as(chief.token()).delete("/sessions/" + tokens.sessionId() + "?report=true&reason=lost");
        assertThat(one.status()).as(one.body()).isEqualTo(200);
        assertThat(one.json())
                .hasToString("{\"sessions\":[{\"id\":\"" + tokens.sessionId()
                        + "\",\"kind\":\"online\",\"status\":\"revoked\","
                        + "\"applications\":[{\"party\":\"wiki\",\"name\":\"wiki\",\"status\":\"cannot_tell\"}]}]}");
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(realm.adminEvents("USER_SESSION")).singleElement().satisfies(event -> {
            assertThat(event.at("/authDetails/userId").asText()).isEqualTo(realm.userId("chief"));
            assertThat(event.get("resourcePath").asText()).isEqualTo("sessions/" + tokens.sessionId());
        });

        Http manager =
                as(realm.administrator("manager", "view-users", "manage-users").token());
        Http.Answer rest = manager.delete("/users/" + realm.userId("rex") + "?report=true");
        assertThat(rest.status()).isEqualTo(200);
        assertThat(rest.json().at("/sessions/0/id").asText()).isEqualTo(second.sessionId());
        assertThat(rest.json().at("/sessions/0/applications/0/party").asText()).isEqualTo("(hidden)");
        assertThat(rest.body()).doesNotContain("wiki");
        assertThat(new Backend(wiki).access(second).lost()).isTrue();
        assertError(manager.delete("/users/" + realm.userId("rex") + "?report=true"), 404, "ERR_NGROK_404");
    }

    @ParameterizedTest
    @DisplayName("a session is ended there as at /app")
    @ValueSource(strings = {"", "?report=false"})
    void end(String query) {
        Tokens tokens = signIn();
        assertThat(as(chief.token())
                        .delete("/sessions/" + tokens.sessionId() + query)
                        .status())
                .isEqualTo(204);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }
}
