package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PingFederate's session management API by user key, as a help desk uses it. */
class HelpDeskIT {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String HOME = "203.0.113.80";
    private static final String AUDIT = "event=SRI_REVOKED status=success";

    private static Realm realm;
    private static App wiki;
    private static Http desk;
    private static String grace;

    @BeforeAll
    static void realm() {
        Realm partner = Testbed.realm("helpdesk-partner");
        partner.user("ivan", "ivan-password");
        realm = Testbed.realm("helpdesk");
        realm.identityProvider("partner", partner, Map.of());
        wiki = realm.client("wiki");
        grace = realm.user("grace", "grace-password", Map.of(), Map.of("employeeNumber", "0042", "badge", "shared"));
        realm.user("heidi", "heidi-password", Map.of(), Map.of("employeeNumber", "0043", "badge", "shared"));
        App helpDesk =
                realm.client("help-desk", Map.of("attributes", Map.of("identities.session-management-api", "true")));
        desk = Http.ping(Testbed.server().url(), "helpdesk", helpDesk.clientId(), helpDesk.secret());
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        realm.admin().post(realm.path("/logout-all"), Map.of());
        realm.clearEvents();
    }

    @AfterEach
    void defaults() {
        realm.attribute("identities.user-key-attribute", null);
        realm.attribute("identities.audit-user-key", null);
        realm.attribute("identities.require-xsrf-header", null);
        realm.clientAttribute("help-desk", "identities.user-key-attribute", null);
    }

    private static Tokens signIn(String name) {
        return new Browser(Browser.DESKTOP, HOME).signIn(wiki, SignIn.as(name, name + "-password"));
    }

    @Test
    @Tag("container-smoke")
    @DisplayName("query and revoke: the documented object, then nothing, and the person has lost access")
    void queryAndRevoke() {
        Browser browser = new Browser(Browser.DESKTOP, HOME);
        Tokens tokens = browser.signIn(wiki, SignIn.as("grace", "grace-password"));
        Tokens heidis = signIn("heidi");

        JsonNode answer = desk.get("/users/grace").json();
        assertThat(names(answer))
                .containsExactly("sri", "status", "lastActivityTime", "authnSessions", "contextData", "sessions");
        assertThat(answer.get("sri").asText()).isEqualTo(tokens.sessionId());
        assertThat(answer.get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(answer.get("lastActivityTime").asText()).matches(TIME);
        JsonNode authn = answer.at("/authnSessions/0");
        assertThat(names(authn)).containsExactly("authnSource", "id", "creationTime", "idleTimeout", "maxTimeout");
        assertThat(names(authn.get("authnSource"))).containsExactly("sourceType", "id", "adapterType");
        assertThat(authn.at("/authnSource/sourceType").asText()).isEqualTo("ADAPTER");
        assertThat(authn.at("/authnSource/id").asText()).isEqualTo("auth-username-password-form");
        assertThat(authn.at("/authnSource/adapterType").asText()).isEqualTo("Username Password Form");
        assertThat(authn.get("id").asText()).matches("[0-9a-f]{40}");
        for (String time : List.of("creationTime", "idleTimeout", "maxTimeout")) {
            assertThat(authn.get(time).asText()).matches(TIME);
        }
        Instant activity = Instant.parse(answer.get("lastActivityTime").asText());
        assertThat(Duration.between(
                        activity, Instant.parse(authn.get("idleTimeout").asText())))
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(Instant.parse(authn.get("maxTimeout").asText()))
                .isEqualTo(realm.sessionStart(grace, tokens.sessionId()).plus(Duration.ofHours(10)));
        assertThat(answer.at("/contextData/ipAddress").asText()).isEqualTo(HOME);
        assertThat(answer.at("/contextData/userAgent").asText()).isEqualTo(Browser.DESKTOP);
        assertThat(answer.get("sessions")).hasSize(1);
        assertThat(answer.toString()).doesNotContain("null");

        Http.Answer revoked = desk.with("X-XSRF-Header", "PingFederate").post("/users/grace/revoke");
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.body()).isEmpty();
        assertThat(revoked.header("Cache-Control")).contains("no-store");

        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(new Backend(wiki).access(heidis).alive()).isTrue();
        assertThat(desk.get("/users/grace").body()).isEqualTo("{\"sessions\":[]}");
        // Nothing left to revoke is no error.
        assertThat(desk.post("/users/grace/revoke").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("two browsers are two SRIs: none is merged, the most recently active one comes first")
    void twoBrowsers() {
        Tokens first = signIn("grace");
        Tokens second = new Browser(Browser.PHONE, "2001:db8::9").signIn(wiki, SignIn.as("grace", "grace-password"));
        new Backend(wiki).refreshed(second);

        JsonNode answer = desk.get("/users/grace").json();

        assertThat(answer.get("sessions"))
                .extracting(session -> session.get("sri").asText())
                .containsExactlyInAnyOrder(first.sessionId(), second.sessionId());
        assertThat(answer.get("sri").asText())
                .isEqualTo(answer.at("/sessions/0/sri").asText());
        assertThat(answer.get("lastActivityTime").asText())
                .isGreaterThanOrEqualTo(
                        answer.at("/sessions/1/lastActivityTime").asText());
    }

    @Test
    @DisplayName("a brokered user's source is the identity provider, with its issuer; a direct grant's is an adapter")
    void sources() {
        new Browser(Browser.DESKTOP, HOME)
                .signIn(wiki, SignIn.as("ivan", "ivan-password").through("partner"));
        JsonNode brokered = desk.get("/users/ivan").json().at("/authnSessions");
        assertThat(brokered).hasSize(1);
        assertThat(names(brokered.at("/0/authnSource"))).containsExactly("sourceType", "id", "entityId");
        assertThat(brokered.at("/0/authnSource/sourceType").asText()).isEqualTo("IDP_CONN");
        assertThat(brokered.at("/0/authnSource/id").asText()).isEqualTo("partner");
        assertThat(brokered.at("/0/authnSource/entityId").asText())
                .isEqualTo(Testbed.server().url() + "/realms/helpdesk-partner");

        new Backend(wiki).directGrant(new Credentials("heidi", "heidi-password"));
        assertThat(desk.get("/users/heidi")
                        .json()
                        .at("/authnSessions/0/authnSource/sourceType")
                        .asText())
                .isEqualTo("ADAPTER");
    }

    @Test
    @DisplayName("the key is what the realm says: e-mail, id, attribute; a client's own setting overrides it")
    void userKeyAttribute() {
        String sri = signIn("grace").sessionId();
        realm.attribute("identities.user-key-attribute", "email");
        assertThat(sri("/users/grace%40helpdesk.example")).isEqualTo(sri);
        assertThat(sri("/users/grace@helpdesk.example")).isEqualTo(sri);
        assertThat(sri("/users/grace")).isEmpty();
        realm.attribute("identities.user-key-attribute", "id");
        assertThat(sri("/users/" + grace)).isEqualTo(sri);
        realm.attribute("identities.user-key-attribute", "employeeNumber");
        assertThat(sri("/users/0042")).isEqualTo(sri);
        assertThat(sri("/users/42")).isEmpty();
        realm.clientAttribute("help-desk", "identities.user-key-attribute", "username");
        assertThat(sri("/users/grace")).isEqualTo(sri);
        assertThat(sri("/users/0042")).isEmpty();
    }

    @Test
    @DisplayName("users who share a key are all listed and all revoked")
    void sharedKey() {
        realm.attribute("identities.user-key-attribute", "badge");
        Tokens graces = signIn("grace");
        Tokens heidis = signIn("heidi");
        assertThat(desk.get("/users/shared").json().get("sessions")).hasSize(2);

        assertThat(desk.post("/users/shared/revoke").status()).isEqualTo(200);

        assertThat(new Backend(wiki).access(graces).lost()).isTrue();
        assertThat(new Backend(wiki).access(heidis).lost()).isTrue();
    }

    @Test
    @DisplayName("each of several values of the key finds the person")
    void severalValues() {
        realm.attribute("identities.user-key-attribute", "telephone");
        realm.user(
                "judy",
                "judy-password",
                Map.of("attributes", Map.of("telephone", List.of("555-0101", "555-0102", "555-0103"))),
                Map.of());
        Tokens tokens = signIn("judy");

        for (String key : List.of("555-0101", "555-0102", "555-0103")) {
            assertThat(sri("/users/" + key)).isEqualTo(tokens.sessionId());
        }
        assertThat(sri("/users/555-0104")).isEmpty();
        assertThat(desk.post("/users/555-0102/revoke").status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b@c+d e'f;g:h%i",
                "ünï-çødé-李",
                "%25",
                "per%cent",
                "x%' OR 1=1 --",
                "_",
                "a\\b",
                "revoke",
                "?&=#",
                "tilde~dash-dot.under_score",
                "(parens)!*"
            })
    @DisplayName("keys of any characters work, by path and by query, and wildcards are literal")
    void oddKeys(String key) {
        realm.attribute("identities.user-key-attribute", "odd");
        Tokens tokens = signIn("grace");
        JsonNode user = realm.admin().get(realm.path("/users/" + grace));
        ((ObjectNode) user.get("attributes")).putArray("odd").add(key);
        realm.admin().put(realm.path("/users/" + grace), user);

        assertThat(sri("/users/" + Http.encode(key))).isEqualTo(tokens.sessionId());
        assertThat(sri("/users?user_key=" + Http.encode(key))).isEqualTo(tokens.sessionId());
        assertThat(sri("/users/" + Http.encode(key + "x"))).isEmpty();
        assertThat(desk.post("/users/revoke?user_key=" + Http.encode(key)).status())
                .isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /users/a%0Ab, 400, invalid_request",
        "GET, /users/%00, 400, invalid_request",
        "POST, /users/a%7Fb/revoke, 400, invalid_request",
        "GET, /users/%FF, 400, invalid_request",
        "GET, /users, 400, invalid_request",
        "GET, /users?user_key=, 400, invalid_request",
        "POST, /users/revoke, 400, invalid_request",
        "POST, /users/grace/revoke?all=true, 400, invalid_request",
        "GET, /users?user_key=grace&user_key=heidi, 400, invalid_request",
        "POST, /users/grace/revoke?user_key=heidi, 404, not_found",
        "GET, /nothing, 404, not_found",
        "GET, /users/grace/what, 404, not_found",
        "GET, /users/grace/revoke/more, 404, not_found",
        "POST, /users/grace, 405, method_not_allowed",
        "DELETE, /users/grace, 405, method_not_allowed",
        "GET, /users/grace/revoke, 405, method_not_allowed",
        "OPTIONS, /users/grace, 405, method_not_allowed",
    })
    @DisplayName("a senseless request is refused in the API's own shape, and ends no session")
    void refused(String method, String path, int status, String resultId) {
        Tokens tokens = signIn("grace");

        Http.Answer answer = desk.send(method, path, HttpRequest.BodyPublishers.noBody());

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(names(answer.json())).containsExactly("resultId", "message");
        assertThat(answer.json().get("resultId").asText()).isEqualTo(resultId);
        if (status == 405) {
            assertThat(answer.header("Allow")).isIn("GET", "POST");
        }
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    @Test
    @DisplayName("X-XSRF-Header is asked for where the realm says so")
    void xsrfHeader() {
        realm.attribute("identities.require-xsrf-header", "true");

        assertThat(desk.get("/users/grace").status()).isEqualTo(403);
        assertThat(desk.post("/users/grace/revoke").status()).isEqualTo(403);
        assertThat(desk.with("X-XSRF-Header", "x").get("/users/grace").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("an unknown key and a person who is not signed in are answered alike, and as quickly")
    void indistinguishable() {
        Http.Answer known = desk.get("/users/grace");
        Http.Answer unknown = desk.get("/users/nobody");
        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(known.headers().map().keySet());
        assertThat(desk.post("/users/nobody/revoke").status())
                .isEqualTo(desk.post("/users/grace/revoke").status());

        // An answer with nothing in it ends on a step of 20 ms, after everything that was done for it.
        for (String path : List.of("/users/grace", "/users/nobody")) {
            assertThat(nanos(path)).isGreaterThanOrEqualTo(20_000_000);
            assertThat(nanos(() -> desk.post(path + "/revoke"))).isGreaterThanOrEqualTo(20_000_000);
        }

        for (int i = 0; i < 60; i++) {
            realm.user("cold" + i, "cold-password");
        }
        realm.admin().post(realm.path("/clear-user-cache"), Map.of());
        assertSimilar("first question about a user : about nobody", i -> nanos("/users/cold" + i % 60), 60);
        assertSimilar("known : unknown", i -> nanos("/users/grace"), 200);
        assertSimilar(
                "revoke, known : unknown",
                i -> nanos(() -> desk.post("/users/grace/revoke")),
                i -> nanos(() -> desk.post("/users/nobody" + i + "/revoke")),
                100);
    }

    private static void assertSimilar(String what, IntToLongFunction known, int times) {
        assertSimilar(what, known, i -> nanos("/users/nobody" + i), times);
    }

    private static void assertSimilar(String what, IntToLongFunction known, IntToLongFunction unknown, int times) {
        List<Long> forKnown = new ArrayList<>();
        List<Long> forUnknown = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            forKnown.add(known.applyAsLong(i));
            forUnknown.add(unknown.applyAsLong(i));
        }
        double ratio = (double) median(forKnown) / median(forUnknown);
        System.out.printf("%s = %.2f (medians of %d)%n", what, ratio, times);
        // Alternating requests on one machine: noise is some per cent, another code path would be a multiple.
        assertThat(ratio).as(what).isBetween(0.75, 1.33);
    }

    private static long nanos(String path) {
        return nanos(() -> desk.get(path));
    }

    private static long nanos(Supplier<Http.Answer> call) {
        long start = System.nanoTime();
        assertThat(call.get().status()).isEqualTo(200);
        return System.nanoTime() - start;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    @Test
    @DisplayName("each revoked SRI is an event and a line in the log; the key appears only as the realm wants it")
    void audit() {
        String key = "grace";
        Tokens tokens = signIn("grace");
        desk.post("/users/grace/revoke");
        JsonNode event = realm.events("LOGOUT").get(0);
        assertThat(event.get("sessionId").asText()).isEqualTo(tokens.sessionId());
        assertThat(event.get("userId").asText()).isEqualTo(grace);
        assertThat(event.get("clientId").asText()).isEqualTo("help-desk");
        assertThat(event.at("/details/reason").asText()).isEqualTo("SRI_REVOKED");
        String hash = event.at("/details/user_key").asText();
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(line(tokens)).contains(AUDIT, "client=\"help-desk\"", "subject=" + grace, hash);
        assertThat(line(tokens)).doesNotContain("\"" + key + "\"").doesNotContain(tokens.accessToken());

        realm.attribute("identities.audit-user-key", "clear");
        tokens = signIn("grace");
        desk.post("/users/grace/revoke");
        assertThat(line(tokens)).contains("uniqueuserkey=\"grace\"");

        realm.attribute("identities.audit-user-key", "none");
        tokens = signIn("grace");
        desk.post("/users/grace/revoke");
        assertThat(line(tokens)).contains("uniqueuserkey=\"-\"");
        assertThat(realm.events("LOGOUT").get(0).at("/details/user_key").isMissingNode())
                .isTrue();
    }

    /** The audit line about this session; there is exactly one. */
    private static String line(Tokens tokens) {
        List<String> lines = Testbed.server()
                .log()
                .lines()
                .filter(line -> line.contains("event=SRI_REVOKED") && line.contains("sri=" + tokens.sessionId()))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static String sri(String path) {
        Http.Answer answer = desk.get(path);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        return answer.json().path("sri").asText();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
