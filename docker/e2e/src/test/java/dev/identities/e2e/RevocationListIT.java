package dev.identities.e2e;

import static dev.identities.e2e.SessionManagementIT.assertError;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of revoked SRIs, as a gateway polls it. */
class RevocationListIT {

    private static final String REALM = "revokedsris";
    private static final SignIn GRACE = SignIn.as("grace", "grace-password");
    private static final Map<String, ?> BOTH = Map.of(
            "identities.session-management-api", "true",
            "identities.session-revocation-api", "true");

    private static Realm realm;
    private static App wiki;
    private static String grace;

    /** Asks, and with its other permission also revokes. */
    private static Http gateway;

    private static Http ngrok;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm(REALM);
        wiki = realm.client("wiki");
        grace = realm.user("grace", "grace-password");
        App client = realm.client("gateway", Map.of("attributes", BOTH));
        gateway = Http.ping(Testbed.server().url(), REALM, client.clientId(), client.secret())
                .with("X-XSRF-Header", "PingAccess");
        App siem = realm.client("siem");
        realm.grantManagement(realm.serviceAccount(siem), "view-users", "manage-users");
        ngrok = Http.ngrok(Testbed.server().url(), REALM, siem.apiKey());
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        realm.admin().post(realm.path("/logout-all"), Map.of());
        realm.clearEvents();
    }

    @AfterEach
    void defaults() {
        for (String setting : List.of(
                "identities.revoked-sris-end-sessions",
                "identities.revoked-sris-created-status",
                "identities.revoked-sris-not-listed-status",
                "identities.session-revocation-api")) {
            realm.attribute(setting, null);
        }
        realm.update(Map.of("ssoSessionMaxLifespan", 36_000, "accessTokenLifespan", 300));
    }

    private static Browser browser() {
        return new Browser(Browser.DESKTOP, "203.0.113.83");
    }

    private static Http.Answer add(String sri) {
        return gateway.postJson("/revokedSris", "{\"id\":\"" + sri + "\"}");
    }

    private static boolean listed(String sri) {
        Http.Answer answer = gateway.get("/revokedSris/" + sri);
        if (answer.status() == 404) {
            assertError(answer, 404, "not_found");
            return false;
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"id\":\"" + sri + "\"}");
        return true;
    }

    @Test
    @Tag("container-smoke")
    @DisplayName("adding answers 201 with the id, lists it, and ends the session; adding once more changes nothing")
    void add() {
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, GRACE);
        Tokens other = new Browser(Browser.PHONE, "203.0.113.84").signIn(wiki, GRACE);
        String sri = tokens.sessionId();
        assertThat(listed(sri)).isFalse();

        Http.Answer added = add(sri);

        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(added.body()).isEqualTo("{\"id\":\"" + sri + "\"}");
        assertThat(added.header("Content-Type")).startsWith("application/json");
        assertThat(added.header("Cache-Control")).contains("no-store");
        assertThat(listed(sri)).isTrue();
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(new Backend(wiki).access(other).alive()).isTrue();
        assertThat(listed(other.sessionId())).isFalse();
        assertThat(add(sri).status()).isEqualTo(201);
        assertThat(listed(sri)).isTrue();
        JsonNode event = realm.events("LOGOUT").get(0);
        assertThat(event.get("sessionId").asText()).isEqualTo(sri);
        assertThat(event.get("clientId").asText()).isEqualTo("gateway");
        assertThat(event.at("/details/reason").asText()).isEqualTo("SRI_REVOKED");
        assertThat(realm.events("LOGOUT")).hasSize(1);
        assertThat(lines(sri)).hasSize(1);
    }

    @Test
    @DisplayName("where the realm says so the list is only a list: the session lives, and says that it is revoked")
    void onlyAList() {
        realm.attribute("identities.revoked-sris-end-sessions", "false");
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, GRACE);

        assertThat(add(tokens.sessionId()).status()).isEqualTo(201);

        assertThat(listed(tokens.sessionId())).isTrue();
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        assertThat(browser.visit(wiki)).isPresent();
        assertThat(gateway.get("/sessions/" + tokens.sessionId()).body())
                .isEqualTo("{\"sri\":\"" + tokens.sessionId() + "\",\"status\":\"SESSION_REVOKED\"}");
        assertThat(lines(tokens.sessionId())).singleElement().satisfies(line -> assertThat(line)
                .contains("status=success", "client=\"gateway\""));
        assertThat(realm.events("LOGOUT")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc123", "abcdefghijklmnopqrstuvwxyz_..A1b2", "an id; of/another \\\"kind\\\" ü"})
    @DisplayName("an SRI is any text: one of PingFederate's, or the abc123 of its documentation")
    void anyText(String sri) {
        assertThat(add(sri).status()).isEqualTo(201);

        String path = Http.encode(sri.replace("\\", ""));
        assertThat(gateway.get("/revokedSris/" + path).status()).isEqualTo(200);
        assertThat(gateway.get("/revokedSris/" + path + "x").status()).isEqualTo(404);
    }

    /** A way in which sessions end. */
    private record End(String name, Consumer<Ended> by) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Ended(Browser browser, Tokens tokens) {
        String sri() {
            return tokens.sessionId();
        }
    }

    static Stream<End> ends() {
        return Stream.of(
                new End("adding to the list", ended -> assertStatus(201, add(ended.sri()))),
                new End("revoke by user key", ended -> assertStatus(200, gateway.post("/users/grace/revoke"))),
                new End(
                        "revoke by SRI",
                        ended -> assertStatus(200, gateway.post("/sessions/" + ended.sri() + "/revoke"))),
                new End("DELETE of the last authentication session", ended -> {
                    String session = "/sessions/" + ended.sri();
                    String id = gateway.get(session)
                            .json()
                            .at("/authnSessions/0/id")
                            .asText();
                    assertStatus(200, gateway.delete(session + "/authnSessions/" + id));
                }),
                new End(
                        "ngrok's DELETE of the session",
                        ended -> assertStatus(204, ngrok.delete("/sessions/" + ended.sri()))),
                new End("ngrok's DELETE of the user", ended -> assertStatus(204, ngrok.delete("/users/" + grace))),
                new End("logout in the browser", ended -> ended.browser().logout(wiki, ended.tokens())),
                new End("logout by the application", ended -> new Backend(wiki).logout(ended.tokens())),
                new End(
                        "sign-out in the account console",
                        ended -> assertStatus(
                                204,
                                Http.at(Testbed.server().url(), REALM, "/account")
                                        .with(
                                                "Authorization",
                                                "Bearer " + ended.tokens().accessToken())
                                        .with("Accept", "application/json")
                                        .delete("/sessions/" + ended.sri()))),
                new End(
                        "sign-out of all in the account console",
                        ended -> assertStatus(
                                204,
                                Http.at(Testbed.server().url(), REALM, "/account")
                                        .with(
                                                "Authorization",
                                                "Bearer " + ended.tokens().accessToken())
                                        .with("Accept", "application/json")
                                        .delete("/sessions?current=true"))),
                new End("the admin console's removal of the session", ended -> realm.admin()
                        .delete(realm.path("/sessions/" + ended.sri()))));
    }

    private static void assertStatus(int status, Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    @ParameterizedTest
    @MethodSource("ends")
    @DisplayName("a login form that was open when a session was listed does not bring the session back")
    void staysListed(End end) {
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, GRACE);
        Browser.Form leftOpen = browser.formToSignInAgain(wiki);

        end.by().accept(new Ended(browser, tokens));
        Optional<Tokens> after = leftOpen.submit(GRACE);

        assertThat(after.map(Tokens::sessionId)).isNotEqualTo(Optional.of(tokens.sessionId()));
        assertThat(listed(tokens.sessionId())).isTrue();
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ends")
    @DisplayName("every end of a session that somebody asked for is listed when the call has returned")
    void listedAfter(End end) {
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, GRACE);

        end.by().accept(new Ended(browser, tokens));

        assertThat(listed(tokens.sessionId())).isTrue();
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(gateway.get("/sessions/" + tokens.sessionId())
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("SESSION_REVOKED");
        Tokens again = browser.signIn(wiki, GRACE);
        assertThat(again.sessionId()).isNotEqualTo(tokens.sessionId());
        assertThat(listed(again.sessionId())).isFalse();
    }

    @Test
    @DisplayName("a session that ran out of time is not listed, and an offline one is when it is revoked")
    void expiredAndOffline() throws InterruptedException {
        Tokens offline = new Backend(wiki).directGrant(new Credentials("grace", "grace-password"), "offline_access");
        Tokens tokens = browser().signIn(wiki, GRACE);
        Thread.sleep(2_100);
        realm.update(Map.of("ssoSessionMaxLifespan", 2));
        assertThat(gateway.get("/sessions/" + tokens.sessionId())
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("NO_VALID_SESSIONS");
        assertThat(listed(tokens.sessionId())).isFalse();

        assertThat(listed(offline.sessionId())).isFalse();
        assertThat(gateway.post("/users/grace/revoke").status()).isEqualTo(200);
        assertThat(listed(offline.sessionId())).isTrue();
    }

    @Test
    @DisplayName("an SRI stays listed for as long as sessions can last by default; listed again, from then on")
    void defaultLifetime() throws InterruptedException {
        realm.update(Map.of("ssoSessionMaxLifespan", 3, "accessTokenLifespan", 3));
        assertThat(add("short-lived").status()).isEqualTo(201);
        assertThat(add("prolonged").status()).isEqualTo(201);
        assertThat(listed("short-lived")).isTrue();
        realm.attribute("identities.session-revocation-lifetime", "1");
        assertThat(add("a-minute").status()).isEqualTo(201);
        assertThat(add("prolonged").status()).isEqualTo(201);
        realm.attribute("identities.session-revocation-lifetime", null);

        Thread.sleep(4_000);

        assertThat(listed("short-lived")).isFalse();
        assertThat(listed("a-minute")).isTrue();
        assertThat(listed("prolonged")).isTrue();
    }

    @Test
    @DisplayName("each realm has its own list")
    void realmsApart() {
        Realm other = Testbed.realm("revokedsris-other");
        App client = other.client("gateway", Map.of("attributes", BOTH));
        Http elsewhere = Http.ping(Testbed.server().url(), other.name(), client.clientId(), client.secret())
                .with("X-XSRF-Header", "x");
        Tokens tokens = browser().signIn(wiki, GRACE);

        assertThat(elsewhere
                        .postJson("/revokedSris", "{\"id\":\"" + tokens.sessionId() + "\"}")
                        .status())
                .isEqualTo(201);

        assertThat(elsewhere.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(listed(tokens.sessionId())).isFalse();
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        assertThat(elsewhere.post("/sessions/" + tokens.sessionId() + "/revoke").status())
                .isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    @Test
    @DisplayName("the permission is one of its own, and so is the realm's switch")
    void permission() {
        App manager = realm.client(
                "only-sessions", Map.of("attributes", Map.of("identities.session-management-api", "true")));
        App lister =
                realm.client("only-list", Map.of("attributes", Map.of("identities.session-revocation-api", "true")));
        Tokens tokens = browser().signIn(wiki, GRACE);
        Http managing = as(manager);
        Http listing = as(lister);

        assertError(managing.get("/revokedSris/abc123"), 403, "access_denied");
        Http.Answer refused = managing.postJson("/revokedSris", "{\"id\":\"" + tokens.sessionId() + "\"}");
        assertError(refused, 403, "access_denied");
        assertThat(refused.json().get("message").asText()).contains("identities.session-revocation-api");
        for (Http.Answer answer : List.of(
                listing.get("/sessions/" + tokens.sessionId()),
                listing.post("/sessions/" + tokens.sessionId() + "/revoke"),
                listing.get("/users/grace"),
                listing.post("/users/grace/revoke"))) {
            assertError(answer, 403, "access_denied");
            assertThat(answer.json().get("message").asText()).contains("identities.session-management-api");
        }
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        assertThat(managing.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(listing.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(404);

        realm.attribute("identities.session-revocation-api", "false");
        assertError(add(tokens.sessionId()), 404, "not_found");
        assertThat(managing.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(200);
        realm.attribute("identities.session-revocation-api", null);
        assertThat(listed(tokens.sessionId())).isFalse();
    }

    private static Http as(App client) {
        return Http.ping(Testbed.server().url(), REALM, client.clientId(), client.secret())
                .with("X-XSRF-Header", "x");
    }

    @Test
    @DisplayName("X-XSRF-Header is always required, on both calls")
    void xsrfHeader() {
        Tokens tokens = browser().signIn(wiki, GRACE);
        Http careless = gateway.without("X-XSRF-Header");

        assertError(careless.get("/revokedSris/" + tokens.sessionId()), 403, "xsrf_header_required");
        assertError(
                careless.postJson("/revokedSris", "{\"id\":\"" + tokens.sessionId() + "\"}"),
                403,
                "xsrf_header_required");
        assertThat(listed(tokens.sessionId())).isFalse();
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "\"SRI\"",
                "{\"id\":1}",
                "{\"id\":null}",
                "{\"id\":[\"SRI\"]}",
                "{\"sri\":\"SRI\"}",
                "{\"id\":\"SRI\",\"more\":1}",
                "{\"id\":\"SRI\",\"id\":\"SRI\"}",
                "{\"id\":\"SRI\"} {}",
                "{\"id\":\"SRI\"",
                "id=SRI"
            })
    @DisplayName("a body that is not the documented one is 400, and lists and ends nothing")
    void badBodies(String body) {
        Tokens tokens = browser().signIn(wiki, GRACE);

        assertError(gateway.postJson("/revokedSris", body.replace("SRI", tokens.sessionId())), 400, "invalid_request");

        assertThat(listed(tokens.sessionId())).isFalse();
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    @Test
    @DisplayName("another media type is 415, an empty or endless id 400, another method 405, another path 404")
    void badRequests() {
        Tokens tokens = browser().signIn(wiki, GRACE);
        String body = "{\"id\":\"" + tokens.sessionId() + "\"}";
        for (String type : List.of("text/plain", "application/xml", "application/jsonp", "text/json")) {
            assertError(
                    gateway.with("Content-Type", type)
                            .send("POST", "/revokedSris", HttpRequest.BodyPublishers.ofString(body)),
                    415,
                    "unsupported_media_type");
        }
        assertError(gateway.post("/revokedSris"), 415, "unsupported_media_type");
        assertError(gateway.post("/revokedSris", Map.of("id", tokens.sessionId())), 415, "unsupported_media_type");
        assertError(add(""), 400, "invalid_sri");
        assertError(add("x".repeat(256)), 400, "invalid_sri");
        assertError(add("a\\u0000b"), 400, "invalid_sri");
        Http.Answer huge = add("x".repeat(5_000));
        assertThat(huge.status()).isEqualTo(400);
        assertError(gateway.get("/revokedSris/a%0Ab"), 400, "invalid_request");
        assertError(gateway.postJson("/revokedSris?all=true", body), 400, "invalid_request");
        Http.Answer wrongMethod = gateway.get("/revokedSris");
        assertError(wrongMethod, 405, "method_not_allowed");
        assertThat(wrongMethod.header("Allow")).isEqualTo("POST");
        wrongMethod = gateway.delete("/revokedSris/" + tokens.sessionId());
        assertError(wrongMethod, 405, "method_not_allowed");
        assertThat(wrongMethod.header("Allow")).isEqualTo("GET");
        assertError(gateway.get("/revokedSris/a/b"), 404, "not_found");

        assertThat(listed(tokens.sessionId())).isFalse();
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        assertThat(gateway.with("Content-Type", "Application/JSON; charset=utf-8")
                        .send("POST", "/revokedSris", HttpRequest.BodyPublishers.ofString(body))
                        .status())
                .isEqualTo(201);
        assertThat(add("x".repeat(255)).status()).isEqualTo(201);
        assertThat(gateway.postJson("/revokedSris", "\ufeff" + body).status()).isEqualTo(201);
    }

    @Test
    @DisplayName("the two statuses that PingFederate's documentation leaves open are as the realm says")
    void openStatuses() {
        realm.attribute("identities.revoked-sris-created-status", "200");
        realm.attribute("identities.revoked-sris-not-listed-status", "200");
        assertThat(add("first").status()).isEqualTo(200);
        assertThat(gateway.get("/revokedSris/none").status()).isEqualTo(200);
        assertThat(gateway.get("/revokedSris/none").body()).isEqualTo("{}");
        realm.attribute("identities.revoked-sris-created-status", "204");
        realm.attribute("identities.revoked-sris-not-listed-status", "204");
        Http.Answer added = add("second");
        assertThat(added.status()).isEqualTo(204);
        assertThat(added.body()).isEmpty();
        assertThat(gateway.get("/revokedSris/none").status()).isEqualTo(204);
        assertThat(gateway.get("/revokedSris/second").status()).isEqualTo(200);
        realm.attribute("identities.revoked-sris-created-status", "500");
        realm.attribute("identities.revoked-sris-not-listed-status", "302");
        assertThat(add("third").status()).isEqualTo(201);
        assertThat(gateway.get("/revokedSris/none").status()).isEqualTo(404);
    }

    /** The audit lines about this SRI. */
    private static List<String> lines(String sri) {
        return Testbed.server()
                .log()
                .lines()
                .filter(line -> line.contains("event=SRI_REVOKED") && line.contains(sri))
                .toList();
    }
}
