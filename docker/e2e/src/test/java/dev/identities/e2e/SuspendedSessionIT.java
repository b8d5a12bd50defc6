package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.cluster.Waiting;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sessions that Keycloak refuses although they have not ended: no API calls them valid, and every API ends them. */
class SuspendedSessionIT {

    private static final SignIn HEDY = SignIn.as("hedy", "hedy-password");

    private static Realm realm;
    private static App wiki;
    private static Http app;
    private static Http desk;
    private static String hedy;

    private Tokens online;
    private Tokens offline;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("suspended");
        wiki = realm.client("wiki");
        hedy = realm.user("hedy", "hedy-password");
        App key = realm.program("key");
        realm.grantManagement(realm.serviceAccount(key), "view-users", "manage-users");
        app = Http.ngrok(Testbed.server().url(), "suspended", key.apiKey());
        App client = realm.helpDesk("desk");
        desk = Http.ping(Testbed.server().url(), "suspended", client.clientId(), client.secret())
                .with("X-XSRF-Header", "x");
    }

    @BeforeEach
    void signIn() {
        online = new Browser(Browser.DESKTOP, "203.0.113.89").signIn(wiki, HEDY);
        offline = new Backend(wiki).directGrant(new Credentials("hedy", "hedy-password"), "offline_access");
    }

    @AfterEach
    void restore() {
        enable(true);
        realm.update(Map.of("notBefore", 0));
        app.delete("/users/" + hedy);
    }

    private static void enable(boolean enabled) {
        realm.admin().put(realm.path("/users/" + hedy), Map.of("enabled", enabled));
    }

    private static JsonNode state(Tokens tokens) {
        return desk.get("/sessions/" + tokens.sessionId()).json();
    }

    private static void assertShown(Tokens tokens, String suspended, String status) {
        JsonNode session = app.get("/sessions/" + tokens.sessionId()).json();
        assertThat(session.get("suspended").asText()).as(session.toString()).isEqualTo(suspended);
        assertThat(state(tokens).get("status").asText()).isEqualTo(status);
    }

    private static long sessionsByKey() {
        return desk.get("/users/hedy").json().get("sessions").size();
    }

    @Test
    @DisplayName("an account that is switched off: not valid, not extended, not revoked, and back when it is on again")
    void disabled() {
        assertShown(online, "null", "HAS_VALID_SESSIONS");
        enable(false);

        assertThat(new Backend(wiki).refusal(online)).isEqualTo("400 invalid_grant");
        assertThat(new Backend(wiki).introspect(online)).isFalse();
        assertShown(online, "account_disabled", "NO_VALID_SESSIONS");
        assertShown(offline, "account_disabled", "NO_VALID_SESSIONS");
        assertThat(sessionsByKey()).isZero();
        long lastAccess = realm.sessions(hedy).get(0).get("lastAccess").asLong();
        assertThat(desk.post("/sessions/" + online.sessionId() + "/extend")
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("NO_VALID_SESSIONS");
        assertThat(realm.sessions(hedy).get(0).get("lastAccess").asLong()).isEqualTo(lastAccess);
        assertThat(desk.get("/revokedSris/" + online.sessionId()).status()).isEqualTo(404);

        enable(true);
        assertShown(online, "null", "HAS_VALID_SESSIONS");
        assertThat(sessionsByKey()).isEqualTo(2);
        assertThat(new Backend(wiki).access(online).alive()).isTrue();
    }

    @Test
    @DisplayName("sessions of an account that is switched off can be ended, and stay dead when it is on again")
    void endedWhileDisabled() {
        enable(false);
        assertThat(desk.post("/sessions/" + online.sessionId() + "/revoke").status())
                .isEqualTo(200);
        assertThat(app.delete("/sessions/" + offline.sessionId()).status()).isEqualTo(204);
        enable(true);
        assertThat(new Backend(wiki).access(online).lost()).isTrue();
        assertThat(new Backend(wiki).access(offline).lost()).isTrue();
    }

    @Test
    @DisplayName("a realm that moves its not-before on: sessions from before it are not valid, later ones are")
    void realmNotBefore() {
        realm.update(Map.of("notBefore", Instant.now().getEpochSecond() + 1));

        assertThat(new Backend(wiki).refusal(online)).isEqualTo("400 invalid_grant");
        assertShown(online, "not_before", "NO_VALID_SESSIONS");
        assertThat(sessionsByKey()).isZero();
    }

    @Test
    @DisplayName(
            "an administrator's sign-out of a user leaves the offline session listed as refused, and it can be ended")
    void signOutOfUser() throws InterruptedException {
        // Not-before counts whole seconds, and refuses only what is older.
        JsonNode session = app.get("/sessions/" + offline.sessionId()).json();
        Waiting.pastSecondOf(Instant.parse(session.get("last_active").asText()));
        realm.admin().post(realm.path("/users/" + hedy + "/logout"), Map.of());

        assertThat(new Backend(wiki).access(offline).lost()).isTrue();
        assertShown(offline, "not_before", "NO_VALID_SESSIONS");
        assertThat(app.delete("/sessions/" + offline.sessionId()).status()).isEqualTo(204);
        assertThat(app.get("/sessions/" + offline.sessionId()).status()).isEqualTo(404);
    }
}
