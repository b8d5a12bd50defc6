package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server that keeps nothing in memory: sessions and the revocation list are in the database only. */
class StatelessModeIT {

    private static KeycloakServer server;
    private static App wiki;
    private static Http desk;

    @BeforeAll
    static void server() {
        server = Testbed.start("stateless", Options.of(Testbed.providerJar()).withArguments("--features=stateless"));
        Realm realm = Realm.create(new AdminClient(server), "stateless", Map.of());
        wiki = realm.client("wiki");
        realm.user("oscar", "oscar-password");
        App helpDesk = realm.client(
                "desk",
                Map.of(
                        "attributes",
                        Map.of(
                                "identities.session-management-api", "true",
                                "identities.session-revocation-api", "true")));
        desk = Http.ping(server.url(), "stateless", "desk", helpDesk.secret()).with("X-XSRF-Header", "x");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Tokens signIn() {
        return new Backend(wiki).directGrant(new Credentials("oscar", "oscar-password"));
    }

    @Test
    @DisplayName("query, extend, delete a source, revoke, and the list")
    void helpDesk() throws InterruptedException {
        Tokens tokens = signIn();
        String path = "/sessions/" + tokens.sessionId();
        JsonNode before = desk.get(path).json();
        assertThat(before.get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(desk.get("/users/oscar").json().get("sessions")).containsExactly(before);
        Thread.sleep(1_100);

        JsonNode extended = desk.post(path + "/extend").json();
        assertThat(extended.at("/authnSessions/0/idleTimeout").asText())
                .isGreaterThan(before.at("/authnSessions/0/idleTimeout").asText());
        String source = before.at("/authnSessions/0/id").asText();
        assertThat(desk.delete(path + "/authnSessions/" + source).status()).isEqualTo(200);
        assertThat(desk.get(path).json().get("authnSessions")).containsExactly(extended.at("/authnSessions/1"));

        assertThat(desk.post(path + "/revoke").status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(desk.get(path).json().get("status").asText()).isEqualTo("SESSION_REVOKED");
        assertThat(desk.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(desk.get("/users/oscar").body()).isEqualTo("{\"sessions\":[]}");
    }

    @Test
    @DisplayName("a logout and an SRI that is added are listed; adding once more is no error")
    void list() {
        Tokens loggedOut = signIn();
        Tokens added = signIn();
        String body = "{\"id\":\"" + added.sessionId() + "\"}";

        new Backend(wiki).logout(loggedOut);
        assertThat(desk.postJson("/revokedSris", body).status()).isEqualTo(201);
        assertThat(desk.postJson("/revokedSris", body).status()).isEqualTo(201);

        assertThat(desk.get("/revokedSris/" + loggedOut.sessionId()).status()).isEqualTo(200);
        assertThat(desk.get("/revokedSris/" + added.sessionId()).status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(added).lost()).isTrue();
        assertThat(desk.get("/revokedSris/none").status()).isEqualTo(404);
    }
}
