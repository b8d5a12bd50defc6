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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extending a session: single sign-on really lasts longer, and never longer than the realm's maximum. */
class ExtendIT {

    private static final SignIn GRACE = SignIn.as("grace", "grace-password");

    private static Realm realm;
    private static App wiki;
    private static App strict;
    private static Http desk;
    private static String grace;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("extend");
        wiki = realm.client("wiki");
        strict = realm.client("strict", Map.of("attributes", Map.of("client.session.idle.timeout", "10")));
        grace = realm.user("grace", "grace-password");
        App client = realm.helpDesk("desk");
        desk = Http.ping(Testbed.server().url(), "extend", client.clientId(), client.secret())
                .with("X-XSRF-Header", "x");
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        realm.admin().post(realm.path("/logout-all"), Map.of());
    }

    @AfterEach
    void defaults() {
        realm.update(Map.of("ssoSessionIdleTimeout", 1_800, "ssoSessionMaxLifespan", 36_000));
        realm.attribute("identities.revoked-sris-end-sessions", null);
    }

    private static Browser browser() {
        return new Browser(Browser.DESKTOP, "203.0.113.88");
    }

    private static JsonNode get(Tokens tokens) {
        return desk.get("/sessions/" + tokens.sessionId()).json();
    }

    private static JsonNode extend(Tokens tokens) {
        Http.Answer answer = desk.post("/sessions/" + tokens.sessionId() + "/extend");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Instant time(JsonNode session, String pointer) {
        return Instant.parse(session.at(pointer).asText());
    }

    /** Waits for a moment; a test that comes too late for it has shown nothing, and says so. */
    private static void until(Instant moment) throws InterruptedException {
        long left = Duration.between(Instant.now(), moment).toMillis();
        assertThat(left).as("milliseconds left; this machine is too slow").isPositive();
        Thread.sleep(left);
    }

    @Test
    @DisplayName("a session that is extended outlives its idle limit, and the application's own; others end by it")
    void idle() throws InterruptedException {
        realm.update(Map.of("ssoSessionIdleTimeout", 15));
        Browser kept = browser();
        Browser forgotten = browser();
        Tokens keptTokens = kept.signIn(wiki, GRACE);
        Tokens forgottenTokens = forgotten.signIn(wiki, GRACE);
        Tokens strictKept = browser().signIn(strict, GRACE);
        Tokens strictForgotten = browser().signIn(strict, GRACE);
        Instant start = Instant.now();
        JsonNode before = get(keptTokens);

        until(start.plusSeconds(6));
        JsonNode after = extend(keptTokens);
        extend(strictKept);
        assertThat(after.get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(time(after, "/lastActivityTime")).isAfter(time(before, "/lastActivityTime"));
        assertThat(Duration.between(time(after, "/lastActivityTime"), time(after, "/authnSessions/0/idleTimeout")))
                .isEqualTo(Duration.ofSeconds(15));
        for (String same : new String[] {"/authnSessions/0/maxTimeout", "/authnSessions/0/creationTime"}) {
            assertThat(after.at(same)).isEqualTo(before.at(same));
        }
        assertThat(after.at("/authnSessions/0/id")).isEqualTo(before.at("/authnSessions/0/id"));
        assertThat(get(keptTokens)).isEqualTo(after);

        until(start.plusMillis(11_500));
        assertThat(new Backend(strict).introspect(strictForgotten)).isFalse();
        assertThat(new Backend(strict).introspect(strictKept)).isTrue();

        until(start.plusMillis(16_500));
        assertThat(get(forgottenTokens).get("status").asText()).isEqualTo("NO_VALID_SESSIONS");
        assertThat(forgotten.visit(wiki)).isEmpty();
        assertThat(new Backend(wiki).access(forgottenTokens).lost()).isTrue();
        assertThat(new Backend(wiki).introspect(keptTokens)).isTrue();
        assertThat(new Backend(wiki).userinfo(keptTokens)).isEqualTo(200);
        // A refresh token has its own end within it, which nobody but its next use can move.
        assertThat(new Backend(wiki).refusal(keptTokens)).isEqualTo("400 invalid_grant");
        Tokens visited = kept.visit(wiki).orElseThrow();
        assertThat(visited.sessionId()).isEqualTo(keptTokens.sessionId());
        assertThat(new Backend(wiki).access(visited).alive()).isTrue();
    }

    @Test
    @DisplayName("never past the maximum; extending what is over says so and does not bring it back")
    void maximum() throws InterruptedException {
        realm.update(Map.of("ssoSessionIdleTimeout", 8, "ssoSessionMaxLifespan", 8));
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, GRACE);
        Instant start = Instant.now();

        until(start.plusSeconds(3));
        JsonNode extended = extend(tokens);
        assertThat(extended.get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(time(extended, "/authnSessions/0/idleTimeout"))
                .isBeforeOrEqualTo(time(extended, "/authnSessions/0/maxTimeout"));

        until(start.plusMillis(8_500));
        String over = "{\"sri\":\"" + tokens.sessionId() + "\",\"status\":\"NO_VALID_SESSIONS\"}";
        assertThat(get(tokens)).hasToString(over);
        assertThat(extend(tokens)).hasToString(over);
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        realm.update(Map.of("ssoSessionIdleTimeout", 1_800, "ssoSessionMaxLifespan", 36_000));
        assertThat(desk.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("extending a revoked SRI changes nothing, even where the session under it lives on")
    void revoked() throws InterruptedException {
        realm.attribute("identities.revoked-sris-end-sessions", "false");
        Tokens tokens = browser().signIn(wiki, GRACE);
        assertThat(desk.postJson("/revokedSris", "{\"id\":\"" + tokens.sessionId() + "\"}")
                        .status())
                .isEqualTo(201);
        JsonNode before = realm.sessions(grace).get(0).get("lastAccess");
        Thread.sleep(1_100);

        assertThat(extend(tokens))
                .hasToString("{\"sri\":\"" + tokens.sessionId() + "\",\"status\":\"SESSION_REVOKED\"}");

        assertThat(realm.sessions(grace).get(0).get("lastAccess")).isEqualTo(before);
        String unknown = "NEVER-THERE-".repeat(2);
        assertThat(desk.post("/sessions/" + unknown + "/extend").body())
                .isEqualTo("{\"sri\":\"" + unknown + "\",\"status\":\"NO_VALID_SESSIONS\"}");
        assertThat(realm.sessions(grace)).hasSize(1);
    }

    @Test
    @DisplayName("Keycloak itself sees the extension, of an online session and of an offline one")
    void seenByKeycloak() throws InterruptedException {
        Tokens online = browser().signIn(wiki, GRACE);
        Tokens offline = new Backend(wiki).directGrant(new Credentials("grace", "grace-password"), "offline_access");
        long onlineBefore = lastAccess(realm.sessions(grace).get(0));
        long offlineBefore = lastAccess(realm.offlineSessions(grace, "wiki").get(0));
        Thread.sleep(1_100);

        assertThat(extend(online).get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(extend(offline).get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");

        assertThat(lastAccess(realm.sessions(grace).get(0))).isGreaterThan(onlineBefore);
        assertThat(lastAccess(realm.offlineSessions(grace, "wiki").get(0))).isGreaterThan(offlineBefore);
        assertThat(new Backend(wiki).access(online).alive()).isTrue();
        assertThat(new Backend(wiki).access(offline).alive()).isTrue();
    }

    private static long lastAccess(JsonNode session) {
        return session.get("lastAccess").asLong();
    }
}
