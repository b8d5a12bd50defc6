package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.e2e.BulkCall;
import dev.identities.e2e.Http;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.ArrayList;
import java.util.List;
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
    private static Http api;

    @BeforeAll
    static void server() {
        server = Testbed.start("stateless", Options.of(Testbed.providerJar()).withArguments("--features=stateless"));
        Realm realm = Realm.create(new AdminClient(server), "stateless", Map.of());
        wiki = realm.client("wiki");
        realm.user("oscar", "oscar-password");
        realm.user("petra", "oscar-password");
        realm.user("quinn", "oscar-password");
        App siem = realm.program("siem");
        api = Http.ngrok(server.url(), "stateless", siem.apiKey());
        App helpDesk = realm.helpDesk("desk");
        desk = Http.ping(server.url(), "stateless", "desk", helpDesk.secret()).with("X-XSRF-Header", "x");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Tokens signIn() {
        return signIn("oscar");
    }

    private static Tokens signIn(String username, String... scopes) {
        return new Backend(wiki).directGrant(new Credentials(username, "oscar-password"), scopes);
    }

    @Test
    @DisplayName("lists, searches, shows, and ends sessions, online and offline")
    void administrators() {
        Tokens first = signIn("petra");
        Tokens second = signIn("petra");
        Tokens offline = signIn("petra", "offline_access");
        JsonNode page = api.get("/users?search=petr").json().get("application_users");
        assertThat(page).hasSize(1);
        String petra = page.at("/0/id").asText();
        assertThat(api.get("/users?order_by=last_active").body()).contains(petra);
        List<String> walked = new ArrayList<>();
        String next = "/users/" + petra + "/sessions?limit=1";
        while (next != null) {
            JsonNode one = api.get(next).json();
            walked.add(one.at("/application_sessions/0/id").asText().substring("ses_00000000x".length()));
            JsonNode uri = one.get("next_page_uri");
            next = uri.isNull()
                    ? null
                    : uri.asText().substring(api.base().toString().length());
        }
        assertThat(walked).containsExactlyInAnyOrder(first.sessionId(), second.sessionId(), offline.sessionId());
        assertThat(api.get("/sessions").body()).contains(walked);

        assertThat(api.delete("/sessions/" + first.sessionId()).status()).isEqualTo(204);
        assertThat(new Backend(wiki).access(first).lost()).isTrue();
        assertThat(new Backend(wiki).access(second).alive()).isTrue();
        assertThat(api.delete("/users/" + petra).status()).isEqualTo(204);
        assertThat(new Backend(wiki).access(second).lost()).isTrue();
        assertThat(new Backend(wiki).access(offline).lost()).isTrue();
        assertThat(api.get("/users/" + petra).status()).isEqualTo(404);
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
    @DisplayName("a bulk call ends what its ticket has, and the ticket works once")
    void bulk() {
        Tokens tokens = signIn("quinn");
        String filter = "obj.application_user.username == \"quinn\"";
        JsonNode preview = BulkCall.dryRun(api, filter);
        assertThat(preview.get("sessions").asInt()).isEqualTo(1);
        ObjectNode call =
                BulkCall.body(filter).put("ticket", preview.get("ticket").asText());

        assertThat(BulkCall.revoke(api, call).json().get("ended").asInt()).isEqualTo(1);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(BulkCall.revoke(api, call).status()).isEqualTo(409);
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
