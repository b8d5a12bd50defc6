package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.Http;
import dev.identities.elsewhere.ElsewhereSessionsFactory;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.ProviderJar;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another extension keeps the sessions, and Keycloak's table is empty although Keycloak's feature for it is on. */
class ElsewhereIT {

    @TempDir
    private static Path folder;

    private static KeycloakServer server;
    private static Backend wiki;
    private static Realm realm;
    private static Http api;
    private static Http desk;

    @BeforeAll
    static void server() throws Exception {
        Path extension = ProviderJar.pack(
                folder,
                "elsewhere",
                "org.keycloak.models.UserSessionProviderFactory",
                List.of("ElsewhereSessionsFactory"),
                ElsewhereSessionsFactory.class.getPackageName(),
                List.of("ElsewhereSessionsFactory"));
        server = Testbed.start("elsewhere", Options.of(Testbed.providerJar(), extension));
        realm = Realm.create(new AdminClient(server), "elsewhere", Map.of());
        wiki = new Backend(realm.client("wiki"));
        App siem = realm.program("siem");
        api = Http.ngrok(server.url(), "elsewhere", siem.apiKey());
        App helpDesk = realm.helpDesk("desk");
        desk = Http.ping(server.url(), "elsewhere", "desk", helpDesk.secret()).with("X-XSRF-Header", "x");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Tokens signIn(String name) {
        return wiki.directGrant(new Credentials(name, "the-password"));
    }

    @Test
    @DisplayName("the log says once at start who keeps the sessions")
    void log() {
        assertThat(server.log()).containsOnlyOnce("Sessions are kept by");
    }

    @Test
    @DisplayName("what is listed is what the extension has, and what is ended is ended there")
    void ended() {
        String oscar = realm.user("oscar", "the-password");
        realm.user("petra", "the-password");
        Tokens other = signIn("petra");
        List<Runnable> calls = List.of(
                () -> assertThat(api.delete("/users/" + oscar).status()).isEqualTo(204),
                () -> assertThat(desk.post("/users/oscar/revoke").status()).isEqualTo(200));
        for (Runnable call : calls) {
            Tokens tokens = signIn("oscar");
            assertThat(api.get("/sessions").body()).contains(tokens.sessionId(), other.sessionId());
            assertThat(desk.get("/users/oscar").body()).contains(tokens.sessionId());
            call.run();
            assertEnded(tokens);
        }
        Tokens bySession = signIn("oscar");
        assertThat(api.delete("/sessions/" + bySession.sessionId()).status()).isEqualTo(204);
        assertEnded(bySession);
        Tokens bySri = signIn("oscar");
        assertThat(desk.post("/sessions/" + bySri.sessionId() + "/revoke").status())
                .isEqualTo(200);
        assertEnded(bySri);
        assertThat(wiki.access(other).alive()).isTrue();
    }

    private static void assertEnded(Tokens tokens) {
        assertThat(wiki.access(tokens).lost()).isTrue();
        assertThat(api.get("/sessions").body()).doesNotContain(tokens.sessionId());
        assertThat(desk.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("what the extension does not end is never reported as ended, and not listed as revoked")
    void stuck() {
        String stuck = realm.user("stuck", "the-password");
        Tokens tokens = signIn("stuck");
        assertThat(api.delete("/sessions/" + tokens.sessionId()).status()).isEqualTo(503);
        assertThat(api.delete("/users/" + stuck).status()).isEqualTo(503);
        assertThat(desk.post("/users/stuck/revoke").status()).isEqualTo(503);
        assertThat(desk.post("/sessions/" + tokens.sessionId() + "/revoke").status())
                .isEqualTo(503);
        assertThat(wiki.access(tokens).alive()).isTrue();
        assertThat(desk.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(404);
    }
}
