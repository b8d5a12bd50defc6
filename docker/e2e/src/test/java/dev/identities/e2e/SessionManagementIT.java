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
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PingFederate's session management API by session identifier. */
class SessionManagementIT {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String HOME = "203.0.113.81";
    private static final String OTP_SECRET = "twenty-characters-or";
    private static final SignIn GRACE = SignIn.as("grace", "grace-password");
    private static final SignIn HEIDI = SignIn.as("heidi", "heidi-password");
    private static final SignIn OTTO = SignIn.as("otto", "otto-password").with(() -> Totp.now(OTP_SECRET));

    private static Realm realm;
    private static App wiki;
    private static Http desk;
    private static Http ngrok;
    private static String grace;

    @BeforeAll
    static void realm() {
        Realm partner = Testbed.realm("sessions-partner");
        partner.user("ivan", "ivan-password");
        realm = Testbed.realm("sessions");
        realm.update(Map.of("otpPolicyCodeReusable", true));
        realm.identityProvider("partner", partner, Map.of());
        wiki = realm.client("wiki");
        grace = realm.user("grace", "grace-password");
        realm.user("heidi", "heidi-password");
        Map<String, ?> password = Map.of("type", "password", "value", "otto-password", "temporary", false);
        realm.user(
                "otto",
                "otto-password",
                Map.of("credentials", List.of(password, Totp.credential(OTP_SECRET))),
                Map.of());
        App client = realm.client("desk", Map.of("attributes", Map.of("identities.session-management-api", "true")));
        desk = Http.ping(Testbed.server().url(), "sessions", client.clientId(), client.secret());
        App siem = realm.client("siem");
        realm.grantManagement(realm.serviceAccount(siem), "view-users", "manage-users");
        ngrok = Http.ngrok(Testbed.server().url(), "sessions", siem.apiKey());
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        realm.admin().post(realm.path("/logout-all"), Map.of());
        realm.clearEvents();
    }

    @AfterEach
    void defaults() {
        realm.attribute("identities.require-xsrf-header", null);
        realm.attribute("identities.revoke-offline-sessions", null);
        realm.update(Map.of("ssoSessionMaxLifespan", 36_000));
    }

    private static Browser browser() {
        return new Browser(Browser.DESKTOP, HOME);
    }

    private static Backend.Access access(Tokens tokens) {
        return new Backend(wiki).access(tokens);
    }

    @Test
    @DisplayName("a live session is the documented object, member by member")
    void documentedObject() {
        Tokens tokens = browser().signIn(wiki, GRACE);

        Http.Answer answer = desk.get("/sessions/" + tokens.sessionId());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.members())
                .containsExactly("sri", "status", "lastActivityTime", "authnSessions", "contextData");
        JsonNode session = answer.json();
        assertThat(session.get("sri").asText()).isEqualTo(tokens.sessionId());
        assertThat(session.get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(session.get("lastActivityTime").asText()).matches(TIME);
        assertThat(session.get("authnSessions")).hasSize(1);
        JsonNode authn = session.at("/authnSessions/0");
        assertThat(names(authn)).containsExactly("authnSource", "id", "creationTime", "idleTimeout", "maxTimeout");
        assertThat(authn.get("authnSource").toString())
                .isEqualTo("{\"sourceType\":\"ADAPTER\",\"id\":\"auth-username-password-form\","
                        + "\"adapterType\":\"Username Password Form\"}");
        assertThat(authn.get("id").asText()).matches("[0-9a-f]{40}");
        Instant started = realm.sessionStart(grace, tokens.sessionId());
        assertThat(time(authn, "creationTime")).isBetween(started.minusSeconds(60), started);
        assertThat(Duration.between(time(session, "lastActivityTime"), time(authn, "idleTimeout")))
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(time(authn, "maxTimeout")).isEqualTo(started.plus(Duration.ofHours(10)));
        assertThat(session.get("contextData").toString())
                .isEqualTo("{\"ipAddress\":\"" + HOME + "\",\"userAgent\":\"" + Browser.DESKTOP + "\"}");
    }

    @Test
    @DisplayName("NO_VALID_SESSIONS: over, never there, or an identifier of PingFederate's; two members, no more")
    void noValidSessions() throws InterruptedException {
        String over = browser().signIn(wiki, GRACE).sessionId();
        Thread.sleep(2_100);
        realm.update(Map.of("ssoSessionMaxLifespan", 2));

        for (String sri : List.of(
                over,
                "NEVER-THERE-".repeat(2),
                "00000000-0000-4000-8000-000000000000",
                "abcdefghijklmnopqrstuvwxyz-",
                "abcdefghijklmnopqrstuvwxyz_..A1b2")) {
            Http.Answer answer = desk.get("/sessions/" + sri);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"sri\":\"" + sri + "\",\"status\":\"NO_VALID_SESSIONS\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc123", "a", "ABCDEFGHIJKLMNOPQRSTUVW", "ABCDEFGHIJKLMNOPQRSTUVW%20", "..%2F"})
    @DisplayName("a malformed SRI is 400 on all four calls")
    void malformed(String sri) {
        for (Http.Answer answer : List.of(
                desk.get("/sessions/" + sri),
                desk.post("/sessions/" + sri + "/extend"),
                desk.post("/sessions/" + sri + "/revoke"),
                desk.delete("/sessions/" + sri + "/authnSessions/" + "0".repeat(40)))) {
            assertError(answer, 400, "invalid_sri");
        }
    }

    @Test
    @Tag("container-smoke")
    @DisplayName("revoke: that session has lost access and says SESSION_REVOKED; all others live on")
    void revoke() {
        Browser lost = browser();
        Browser phone = new Browser(Browser.PHONE, "203.0.113.82");
        Tokens tokens = lost.signIn(wiki, GRACE);
        Tokens onThePhone = phone.signIn(wiki, GRACE);
        Tokens heidis = browser().signIn(wiki, HEIDI);

        Http.Answer revoked =
                desk.with("X-XSRF-Header", "PingFederate").post("/sessions/" + tokens.sessionId() + "/revoke");

        assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);
        assertThat(revoked.body()).isEmpty();
        assertThat(access(tokens).lost()).isTrue();
        assertThat(lost.visit(wiki)).isEmpty();
        assertThat(desk.get("/sessions/" + tokens.sessionId()).body())
                .isEqualTo("{\"sri\":\"" + tokens.sessionId() + "\",\"status\":\"SESSION_REVOKED\"}");
        assertThat(access(onThePhone).alive()).isTrue();
        assertThat(phone.visit(wiki)).isPresent();
        assertThat(access(heidis).alive()).isTrue();
        assertThat(desk.get("/users/grace").json().get("sessions"))
                .extracting(session -> session.get("sri").asText())
                .containsExactly(onThePhone.sessionId());
        Http.Answer again = desk.post("/sessions/" + tokens.sessionId() + "/revoke");
        assertThat(again.header("Content-Type")).isEmpty();
        assertThat(again.status()).isEqualTo(200);
        assertThat(desk.post("/sessions/" + "A".repeat(24) + "/revoke").status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("a login form that was open at the revoke starts from the beginning, and makes another SRI")
    void openLoginForm() {
        Browser browser = browser();
        Tokens before = browser.signIn(wiki, GRACE);
        Browser.Form leftOpen = browser.formToSignInAgain(wiki);

        assertThat(desk.post("/sessions/" + before.sessionId() + "/revoke").status())
                .isEqualTo(200);

        assertThat(leftOpen.submit(GRACE)).isEmpty();
        Tokens after = browser.signIn(wiki, GRACE);
        assertThat(after.sessionId()).isNotEqualTo(before.sessionId());
        assertThat(status(after.sessionId())).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(status(before.sessionId())).isEqualTo("SESSION_REVOKED");
        assertThat(access(before).lost()).isTrue();
        assertThat(access(after).alive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"by SRI", "by user key", "by ngrok's API"})
    @DisplayName("a page behind the login form that was open at the revoke does not bring the session back")
    void openProfileForm(String how) {
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, GRACE);
        Browser.Form leftOpen = browser.formOfAction(wiki, "UPDATE_PROFILE");

        switch (how) {
            case "by SRI" -> desk.post("/sessions/" + tokens.sessionId() + "/revoke");
            case "by user key" -> desk.post("/users/grace/revoke");
            default -> ngrok.delete("/sessions/" + tokens.sessionId());
        }

        assertThat(leftOpen.submit(GRACE)).isEmpty();
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(access(tokens).lost()).isTrue();
        assertThat(realm.sessions(grace)).isEmpty();
    }

    @Test
    @DisplayName(
            "an offline session and its online twin are one SRI: both end, unless the realm keeps offline sessions")
    void offlineTwin() {
        Browser browser = browser();
        Tokens online = browser.signIn(wiki, GRACE);
        Tokens offline = browser.visit(wiki, "offline_access").orElseThrow();
        assertThat(offline.sessionId()).isEqualTo(online.sessionId());
        assertThat(desk.post("/sessions/" + online.sessionId() + "/revoke").status())
                .isEqualTo(200);
        assertThat(access(online).lost()).isTrue();
        assertThat(access(offline).lost()).isTrue();

        realm.attribute("identities.revoke-offline-sessions", "false");
        Tokens again = browser.signIn(wiki, GRACE);
        Tokens kept = browser.visit(wiki, "offline_access").orElseThrow();
        assertThat(desk.post("/sessions/" + again.sessionId() + "/revoke").status())
                .isEqualTo(200);
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(access(again).lost()).isTrue();
        HttpResponse<String> refresh = new Backend(wiki).refresh(kept);
        assertThat(refresh.statusCode()).as(refresh.body()).isEqualTo(200);
        assertThat(status(again.sessionId())).isEqualTo("SESSION_REVOKED");
    }

    @Test
    @DisplayName(
            "an offline session alone is shown, and ends when it is named, also where the realm keeps such sessions")
    void offlineAlone() {
        realm.attribute("identities.revoke-offline-sessions", "false");
        Tokens offline = new Backend(wiki).directGrant(new Credentials("grace", "grace-password"), "offline_access");
        assertThat(status(offline.sessionId())).isEqualTo("HAS_VALID_SESSIONS");

        assertThat(desk.post("/sessions/" + offline.sessionId() + "/revoke").status())
                .isEqualTo(200);

        assertThat(access(offline).lost()).isTrue();
        assertThat(status(offline.sessionId())).isEqualTo("SESSION_REVOKED");
    }

    @Test
    @DisplayName("two steps are two sources: one is forgotten and the session lives; without the last it ends")
    void authnSessions() {
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, OTTO);
        Tokens heidis = browser().signIn(wiki, HEIDI);
        String path = "/sessions/" + tokens.sessionId();
        JsonNode both = desk.get(path).json().get("authnSessions");
        assertThat(both)
                .extracting(authn -> authn.at("/authnSource/id").asText())
                .containsExactlyInAnyOrder("auth-username-password-form", "auth-otp-form");
        String password = id(both, "auth-username-password-form");
        String code = id(both, "auth-otp-form");
        assertThat(password).isNotEqualTo(code);
        assertError(desk.delete(path + "/authnSessions/" + "0".repeat(40)), 404, "not_found");
        assertError(desk.delete("/sessions/" + heidis.sessionId() + "/authnSessions/" + password), 404, "not_found");

        Http.Answer deleted = desk.delete(path + "/authnSessions/" + code);
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
        assertThat(desk.get(path).json().get("authnSessions"))
                .extracting(authn -> authn.get("id").asText())
                .containsExactly(password);
        assertThat(access(tokens).alive()).isTrue();
        assertThat(browser.visit(wiki)).isPresent();
        assertThat(desk.get(path).json().get("authnSessions"))
                .extracting(authn -> authn.get("id").asText())
                .containsExactly(password);
        assertError(desk.delete(path + "/authnSessions/" + code), 404, "not_found");
        assertThat(lines("AUTHN_SOURCE_SESSION_DELETED", tokens))
                .singleElement()
                .satisfies(
                        line -> assertThat(line).contains("status=success", "client=\"desk\"", "authnsession=" + code));
        assertThat(realm.events("LOGOUT")).isEmpty();

        assertThat(desk.delete(path + "/authnSessions/" + password).status()).isEqualTo(200);
        assertThat(access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(status(tokens.sessionId())).isEqualTo("SESSION_REVOKED");
        assertThat(lines("SRI_REVOKED", tokens)).hasSize(1);
        assertThat(lines("AUTHN_SOURCE_SESSION_DELETED", tokens)).hasSize(1);
        assertThat(realm.events("LOGOUT")).hasSize(1);
        assertThat(access(heidis).alive()).isTrue();
    }

    @Test
    @DisplayName("the first step can be forgotten just as well: the session lives by the second")
    void passwordForgotten() {
        Tokens tokens = browser().signIn(wiki, OTTO);
        String path = "/sessions/" + tokens.sessionId();
        JsonNode both = desk.get(path).json().get("authnSessions");

        assertThat(desk.delete(path + "/authnSessions/" + id(both, "auth-username-password-form"))
                        .status())
                .isEqualTo(200);

        assertThat(desk.get(path).json().get("authnSessions"))
                .extracting(authn -> authn.at("/authnSource/id").asText())
                .containsExactly("auth-otp-form");
        assertThat(access(tokens).alive()).isTrue();
    }

    @Test
    @DisplayName("an identity provider is the one source of its sessions: without it the session ends")
    void identityProvider() {
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, SignIn.as("ivan", "ivan-password").through("partner"));
        String path = "/sessions/" + tokens.sessionId();
        JsonNode sources = desk.get(path).json().get("authnSessions");
        assertThat(sources).hasSize(1);
        assertThat(sources.at("/0/authnSource").toString())
                .isEqualTo("{\"sourceType\":\"IDP_CONN\",\"id\":\"partner\",\"entityId\":\""
                        + Testbed.server().url() + "/realms/sessions-partner\"}");

        assertThat(desk.delete(path + "/authnSessions/" + sources.at("/0/id").asText())
                        .status())
                .isEqualTo(200);

        assertThat(access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(status(tokens.sessionId())).isEqualTo("SESSION_REVOKED");
    }

    @Test
    @DisplayName("a direct grant has the steps of its own flow; when the last is deleted the session ends")
    void directGrant() {
        Tokens tokens = new Backend(wiki).directGrant(new Credentials("heidi", "heidi-password"));
        String path = "/sessions/" + tokens.sessionId();
        JsonNode sources = desk.get(path).json().get("authnSessions");
        assertThat(sources)
                .extracting(authn -> authn.at("/authnSource/id").asText())
                .containsExactlyInAnyOrder("direct-grant-validate-username", "direct-grant-validate-password");

        assertThat(desk.delete(path + "/authnSessions/" + sources.at("/0/id").asText())
                        .status())
                .isEqualTo(200);
        assertThat(access(tokens).alive()).isTrue();
        assertThat(desk.delete(path + "/authnSessions/" + sources.at("/1/id").asText())
                        .status())
                .isEqualTo(200);
        assertThat(access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("X-XSRF-Header is asked for where the realm says so, and nothing happens without it")
    void xsrfHeader() {
        Tokens tokens = browser().signIn(wiki, GRACE);
        String path = "/sessions/" + tokens.sessionId();
        String id = desk.get(path).json().at("/authnSessions/0/id").asText();
        realm.attribute("identities.require-xsrf-header", "true");

        assertError(desk.get(path), 403, "xsrf_header_required");
        assertError(desk.post(path + "/extend"), 403, "xsrf_header_required");
        assertError(desk.post(path + "/revoke"), 403, "xsrf_header_required");
        assertError(desk.delete(path + "/authnSessions/" + id), 403, "xsrf_header_required");
        assertThat(access(tokens).alive()).isTrue();
        Http careful = desk.with("X-XSRF-Header", "x");
        assertThat(careful.get(path).status()).isEqualTo(200);
        assertThat(careful.post(path + "/extend").status()).isEqualTo(200);
        assertThat(careful.delete(path + "/authnSessions/" + id).status()).isEqualTo(200);
        assertThat(access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("a revoke is one event and one line; reading and extending leave neither")
    void audit() {
        Tokens tokens = browser().signIn(wiki, GRACE);
        String path = "/sessions/" + tokens.sessionId();
        realm.clearEvents();

        desk.get(path);
        desk.post(path + "/extend");
        assertThat(realm.events()).isEmpty();
        assertThat(realm.adminEvents()).isEmpty();
        assertThat(Testbed.server().log().lines().filter(line -> line.contains(tokens.sessionId())))
                .isEmpty();

        desk.post(path + "/revoke");
        assertThat(lines("SRI_REVOKED", tokens)).singleElement().satisfies(line -> assertThat(line)
                .contains(
                        "status=success",
                        "realm=\"sessions\"",
                        "client=\"desk\"",
                        "subject=" + grace,
                        "kind=online",
                        "uniqueuserkey=\"-\"",
                        "ip=\""));
        assertThat(realm.events()).hasSize(1);
        JsonNode event = realm.events("LOGOUT").get(0);
        assertThat(event.get("sessionId").asText()).isEqualTo(tokens.sessionId());
        assertThat(event.get("userId").asText()).isEqualTo(grace);
        assertThat(event.get("clientId").asText()).isEqualTo("desk");
        assertThat(event.at("/details/reason").asText()).isEqualTo("SRI_REVOKED");
        assertThat(event.at("/details/kind").asText()).isEqualTo("online");
        assertThat(event.at("/details/user_key").isMissingNode()).isTrue();

        desk.post(path + "/revoke");
        assertThat(lines("SRI_REVOKED", tokens)).hasSize(1);
        assertThat(realm.events("LOGOUT")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /extend, 405, method_not_allowed, POST",
        "GET, /revoke, 405, method_not_allowed, POST",
        "DELETE, /revoke, 405, method_not_allowed, POST",
        "PUT, /revoke, 405, method_not_allowed, POST",
        "POST, '', 405, method_not_allowed, GET",
        "DELETE, '', 405, method_not_allowed, GET",
        "OPTIONS, '', 405, method_not_allowed, GET",
        "GET, /authnSessions/0000000000000000000000000000000000000000, 405, method_not_allowed, DELETE",
        "POST, /authnSessions/0000000000000000000000000000000000000000, 405, method_not_allowed, DELETE",
        "DELETE, /authnSessions, 404, not_found, ''",
        "DELETE, /authnSessions/1/2, 404, not_found, ''",
        "POST, /revoke/all, 404, not_found, ''",
        "POST, /destroy, 404, not_found, ''",
        "POST, /revoke?all=true, 400, invalid_request, ''",
        "POST, /revoke?user_key=grace, 400, invalid_request, ''",
        "GET, ?what, 400, invalid_request, ''",
        "DELETE, /authnSessions/1?client_id=a&client_id=b, 400, invalid_request, ''",
    })
    @DisplayName("a senseless request is refused, and ends no session")
    void refused(String method, String path, int status, String resultId, String allow) {
        Tokens tokens = browser().signIn(wiki, GRACE);

        Http.Answer answer =
                desk.send(method, "/sessions/" + tokens.sessionId() + path, HttpRequest.BodyPublishers.noBody());

        assertError(answer, status, resultId);
        assertThat(answer.header("Allow")).isEqualTo(allow);
        assertThat(access(tokens).alive()).isTrue();
    }

    static void assertError(Http.Answer answer, int status, String resultId) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.members()).containsExactly("resultId", "message");
        assertThat(answer.json().get("resultId").asText()).isEqualTo(resultId);
        assertThat(answer.json().get("message").asText()).isNotBlank();
    }

    private static String status(String sri) {
        return desk.get("/sessions/" + sri).json().get("status").asText();
    }

    private static String id(JsonNode authnSessions, String source) {
        for (JsonNode authn : authnSessions) {
            if (authn.at("/authnSource/id").asText().equals(source)) {
                return authn.get("id").asText();
            }
        }
        throw new IllegalArgumentException(source + " is not in " + authnSessions);
    }

    /** The audit lines of this kind about this session. */
    private static List<String> lines(String event, Tokens tokens) {
        return Testbed.server()
                .log()
                .lines()
                .filter(line -> line.contains("event=" + event + " ") && line.contains("sri=" + tokens.sessionId()))
                .toList();
    }

    private static Instant time(JsonNode object, String member) {
        assertThat(object.get(member).asText()).matches(TIME);
        return Instant.parse(object.get(member).asText());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
