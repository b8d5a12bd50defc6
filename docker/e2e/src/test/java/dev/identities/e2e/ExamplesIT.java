package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.cluster.Waiting;
import dev.identities.demo.DemoFiles;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples in {@code docker/examples}, and one of {@code docs}, on the demo's realm: they do what they say. */
class ExamplesIT {

    private static final Path DOCKER = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = DOCKER.resolve("examples");
    private static final Path DOCS = DOCKER.resolveSibling("docs");
    private static final String HOME = "192.0.2.10";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final SignIn ALICE = SignIn.as("alice.martin", "demo");

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private static Realm realm;
    private static App wiki;

    @BeforeAll
    static void realm() throws IOException {
        Script.Result tools = Script.bash(Map.of(), "-c", "command -v curl && command -v jq");
        assertThat(tools.exit())
                .withFailMessage("The examples need curl and jq: sudo apt-get install curl jq")
                .isZero();
        realm = new DemoFiles(DOCKER).importAcme(Testbed.admin(), "examples");
        wiki = application("wiki", "wiki-demo-secret");
    }

    private static App application(String clientId, String secret) {
        String redirectUri = "https://" + clientId + ".acme.example/callback";
        return new App(realm.admin().server(), realm.name(), clientId, secret, redirectUri);
    }

    private static Browser browser() {
        return new Browser(Browser.DESKTOP, HOME);
    }

    private static String realmUrl() {
        return realm.admin().server() + "/realms/" + realm.name();
    }

    /** The walk with the tokens of an application, and with these settings in addition. */
    private static Script.Result walk(Tokens tokens, Map<String, String> settings) throws IOException {
        Path token = Files.writeString(folder.resolve("refresh-token"), tokens.refreshToken());
        Map<String, String> environment = new HashMap<>();
        environment.put("REALM_URL", realmUrl());
        environment.put("REFRESH_TOKEN_FILE", token.toString());
        environment.putAll(settings);
        return Script.bash(
                environment, EXAMPLES.resolve("session-management.sh").toString());
    }

    @Test
    @DisplayName("the walk in the shell: each step says what it found, and in the end access is lost")
    void shell() throws IOException {
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, ALICE);
        Tokens others = browser().signIn(wiki, ALICE);

        Script.Result walk = walk(tokens, Map.of());

        assertThat(walk.exit()).as(walk.output()).isZero();
        String api = realmUrl() + "/pf-ws/rest/sessionMgmt/";
        assertThat(walk.output().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("1. Discovery names the calls: %ssessions and %srevokedSris", api, api),
                        line -> assertThat(line)
                                .startsWith("2. The access token of wiki says by pi.sri")
                                .endsWith(": " + tokens.sessionId()),
                        line -> assertThat(line)
                                .matches("3\\. The session lives: signed in from 192\\.0\\.2\\.10"
                                        + " by auth-username-password-form, ends at " + TIME + " unless it is used"),
                        line -> assertThat(line).matches("4\\. Extended: .* from " + TIME + " to " + TIME),
                        line -> assertThat(line).startsWith("5. The revocation list does not have it"),
                        line -> assertThat(line).isEqualTo("6. Revoked"),
                        line -> assertThat(line).startsWith("7. The revocation list has it at poll 1"),
                        line -> assertThat(line).isEqualTo("8. The session is over: SESSION_REVOKED"),
                        line -> assertThat(line).isEqualTo("9. The application gets no new tokens: invalid_grant"));
        Backend backend = new Backend(wiki);
        assertThat(backend.access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(backend.refresh(others).statusCode()).isEqualTo(200);
        assertThat(backend.userinfo(others)).isEqualTo(200);
    }

    @Test
    @DisplayName("the walk works for a public client as well, and with any character in a secret")
    void otherClients() throws IOException {
        App app = new App(
                realm.admin().server(), realm.name(), "field-service", "", "https://field.acme.example/callback");
        Tokens tokens = browser().signIn(app, ALICE);
        String secret = "a \"quoted\" \\back\\slash & $HOME 100%";
        Map<String, String> switches =
                Map.of("identities.session-management-api", "true", "identities.session-revocation-api", "true");
        realm.client("gate", Map.of("secret", secret, "attributes", switches));

        Script.Result walk = walk(
                tokens,
                Map.of(
                        "APP_CLIENT_ID",
                        "field-service",
                        "APP_CLIENT_SECRET",
                        "",
                        "CLIENT_ID",
                        "gate",
                        "CLIENT_SECRET",
                        secret));

        assertThat(walk.exit()).as(walk.output()).isZero();
        assertThat(new Backend(app).refusal(tokens)).isEqualTo("400 invalid_grant");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REALM_URL          | http://localhost:1 | 0 | No answer to GET http://localhost:1/.well-known",
                "REFRESH_TOKEN_FILE | /nowhere           | 0 | No refresh token in /nowhere",
                "APP_CLIENT_SECRET  | wrong              | 1 | Refresh: expected status 200, got 401",
                "CLIENT_SECRET      | wrong              | 2 | Query: expected status 200, got 401",
                "CLIENT_ID          | wiki               | 2 | Query: expected status 200, got 401"
            })
    @DisplayName("the walk ends at once, and says why, when something is not as it should be")
    void mistakes(String setting, String value, int stepsDone, String message) throws IOException {
        Tokens tokens = browser().signIn(wiki, ALICE);

        refused(walk(tokens, Map.of(setting, value)), stepsDone, message);
        assertThat(new Backend(wiki).refresh(tokens).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("clients without the switches, and a session that is over, end the walk where they are met")
    void refusals() throws IOException {
        Tokens tokens = browser().signIn(wiki, ALICE);
        Map<String, String> noList = Map.of("CLIENT_ID", "help-desk", "CLIENT_SECRET", "help-desk-demo-secret");
        Map<String, String> nothing = Map.of("CLIENT_ID", "siem-api", "CLIENT_SECRET", "siem-api-demo-secret");

        refused(walk(tokens, nothing), 2, "Query: expected status 200, got 403");
        refused(walk(tokens, noList), 4, "Revocation list: expected status 404, got 403");
        new Backend(wiki).logout(tokens);
        refused(walk(tokens, Map.of()), 1, "The refresh token is refused: that session is over");
    }

    @Test
    @DisplayName("an application without the client scope ends the walk with what to do; the token is not shown")
    void noClientScope() throws IOException {
        App other = realm.client("other");
        Tokens tokens = browser().signIn(other, ALICE);

        Script.Result walk = walk(tokens, Map.of("APP_CLIENT_ID", "other", "APP_CLIENT_SECRET", other.secret()));

        refused(walk, 1, "No pi.sri in the access token of other.");
        assertThat(walk.output()).contains("pi-sri-client-scope.json").doesNotContain("eyJ");
    }

    private static void refused(Script.Result walk, int stepsDone, String message) {
        assertThat(walk.exit()).as(walk.output()).isEqualTo(1);
        List<String> lines = walk.output()
                .lines()
                // Where nobody listens, curl says so as well.
                .filter(line -> !line.startsWith("curl:"))
                .toList();
        assertThat(lines).hasSize(stepsDone + 1);
        assertThat(lines.get(stepsDone)).startsWith("FAILED: " + message);
    }

    @Test
    @DisplayName("the collection for editors: every request is answered as the file says")
    void collection() throws IOException {
        Tokens tokens = browser().signIn(wiki, ALICE);
        Tokens phone = new Browser(Browser.PHONE, "203.0.113.77").signIn(wiki, ALICE);
        Http gateway = Http.ping(Testbed.server().url(), realm.name(), "access-gateway", "access-gateway-demo-secret");
        String source = gateway.get("/sessions/" + phone.sessionId())
                .json()
                .at("/authnSessions/0/id")
                .asText();
        List<HttpFile.Request> requests = collectionFile()
                .filled(Map.of(
                        "realm", realmUrl(),
                        "refreshToken", tokens.refreshToken(),
                        "sri", tokens.sessionId(),
                        "otherSri", phone.sessionId(),
                        "authnSessionId", source));

        for (HttpFile.Request request : requests) {
            Http.Answer answer = new Http(Http.PLAIN, URI.create(request.target()), request.headers())
                    .send(request.method(), "", BodyPublishers.ofString(request.body()));
            assertThat(answer.status())
                    .as(request.title() + ": " + answer.body())
                    .isEqualTo(request.expected());
        }
        assertThat(new Backend(wiki).access(phone).lost()).isTrue();
        assertThat(realm.sessions(realm.userId("alice.martin"))).isEmpty();
    }

    @Test
    @DisplayName("the collection has every call of the API, and those around it")
    void complete() throws IOException {
        assertThat(collectionFile().requests())
                .extracting(request -> request.method() + " "
                        + request.target()
                                .replace("{{realm}}", "")
                                .replace("{{otherSri}}", "{{sri}}")
                                .replace("/pf-ws/rest/sessionMgmt", ""))
                .contains(
                        "GET /.well-known/openid-configuration",
                        "POST /protocol/openid-connect/token",
                        "GET /users/{{userKey}}",
                        "POST /users/{{userKey}}/revoke",
                        "GET /sessions/{{sri}}",
                        "POST /sessions/{{sri}}/extend",
                        "POST /sessions/{{sri}}/revoke",
                        "DELETE /sessions/{{sri}}/authnSessions/{{authnSessionId}}",
                        "POST /revokedSris",
                        "GET /revokedSris/{{sri}}");
    }

    private static HttpFile collectionFile() throws IOException {
        return HttpFile.parse(Files.readString(EXAMPLES.resolve("session-management.http")));
    }

    @ParameterizedTest
    @CsvSource({"wiki, wiki-demo-secret", "mail, mail-demo-secret", "payroll, payroll-demo-secret"})
    @DisplayName("tokens of the demo's applications have pi.sri beside all that Keycloak's own client scopes put there")
    void tokens(String clientId, String secret) throws IOException {
        Tokens tokens = browser().signIn(application(clientId, secret), ALICE);

        JsonNode claims = tokens.claims();
        assertThat(claims.get("pi.sri").asText()).isEqualTo(tokens.sessionId());
        assertThat(claims.get("sub").asText()).isEqualTo(realm.userId("alice.martin"));
        assertThat(claims.get("email").asText()).isEqualTo("alice.martin@acme.example");
        assertThat(claims.get("preferred_username").asText()).isEqualTo("alice.martin");
        assertThat(claims.at("/realm_access/roles")).isNotEmpty();
        assertThat(claims.has("acr")).isTrue();
        assertThat(claims.get("scope").asText()).doesNotContain("pi.sri");
        assertThat(payload(tokens.idToken()).get("pi.sri").asText()).isEqualTo(tokens.sessionId());
        JsonNode userinfo = Http.at(realm.admin().server(), realm.name(), "/protocol/openid-connect")
                .with("Authorization", "Bearer " + tokens.accessToken())
                .get("/userinfo")
                .json();
        assertThat(userinfo.get("pi.sri").asText()).isEqualTo(tokens.sessionId());
    }

    @Test
    @DisplayName("the example of signals in the documentation: the command runs, and its answer is the one shown")
    void signals() throws IOException, InterruptedException {
        SignIn noa = SignIn.as("noa.levi", "demo");
        Tokens home = new Browser(Browser.DESKTOP, Places.BERLIN).signIn(wiki, noa);
        Waiting.pastSecondOf(Instant.ofEpochSecond(home.claims().get("iat").asLong()));
        new Browser(Browser.DESKTOP, Places.TOKYO).signIn(wiki, noa);
        String page = Files.readString(DOCS.resolve("ngrok-api.md"));
        String section = page.substring(page.indexOf("\n## Signals\n"), page.indexOf("\n## Paging\n"));
        String key = new App(realm.admin().server(), realm.name(), "siem-api", "siem-api-demo-secret", "").apiKey();

        Script.Result run = Script.bash(
                Map.of("REALM", realmUrl(), "KEY", key), "-c", apiOfTheReadme() + "\n" + block("sh", section));

        assertThat(run.exit()).as(run.output()).isZero();
        JsonNode answer = JSON.readTree(run.output());
        JsonNode shown = JSON.readTree(block("json", section));
        for (JsonNode signals : List.of(answer, shown)) {
            ObjectNode travel = (ObjectNode) signals.at("/signal_details/impossible_travel");
            // Of this run.
            assertThat(travel.remove("other_session_id").asText()).startsWith("ses_");
            assertThat(travel.remove("seconds").asLong()).isPositive();
            assertThat(travel.remove("speed_kmh").asLong()).isGreaterThan(1_000);
        }
        assertThat(answer).isEqualTo(shown);
    }

    private static String apiOfTheReadme() throws IOException {
        return Files.readString(DOCS.resolveSibling("README.md"))
                .lines()
                .filter(line -> line.startsWith("api() {"))
                .findFirst()
                .orElseThrow();
    }

    /** The first block of code in a language. */
    private static String block(String language, String text) {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(text);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static JsonNode payload(String jwt) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
    }
}
