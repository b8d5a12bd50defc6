package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.e2e.Http;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same contract on a server without persistent user sessions; and, on the same server, a location database that is
 * not there: nothing but the places is missing.
 */
class VolatileModeIT {

    private static final SignIn OSCAR = SignIn.as("oscar", "oscar-password");

    @TempDir
    private static Path folder;

    private static Store store;
    private static KeycloakServer server;
    private static App wiki;
    private static App mail;
    private static Http api;
    private static Http desk;
    private static String oscar;

    @BeforeAll
    static void server() throws Exception {
        Path corrupt = folder.resolve("corrupt.mmdb");
        Files.writeString(corrupt, "this is no location database");
        store = Store.start(
                Store.Vendor.H2,
                "volatile",
                Options.of(Testbed.providerJar())
                        .withGeoDatabase(corrupt)
                        .withArguments("--features-disabled=persistent-user-sessions"));
        server = store.keycloak();
        Realm realm = Realm.create(new AdminClient(server), "volatile", Map.of());
        wiki = realm.client("wiki");
        mail = realm.client("mail");
        oscar = realm.user("oscar", "oscar-password");
        for (int i = 0; i < 5; i++) {
            realm.user("user" + i, "password");
            new Backend(wiki).directGrant(new Credentials("user" + i, "password"));
        }
        App siem = realm.program("siem");
        api = Http.ngrok(server.url(), "volatile", siem.apiKey());
        App helpDesk = realm.helpDesk("desk");
        desk = Http.ping(server.url(), "volatile", "desk", helpDesk.secret()).with("X-XSRF-Header", "x");
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    @DisplayName("lists by pages, shows, and ends sessions, online and offline")
    void contract() {
        Browser browser = new Browser(Browser.PHONE, "203.0.113.100");
        Tokens online = browser.signIn(mail, OSCAR);
        Tokens offline = browser.visit(wiki, "offline_access").orElseThrow();
        for (String kind : List.of("users", "sessions")) {
            List<String> walked = new ArrayList<>();
            String next = "/" + kind + "?limit=2";
            while (next != null) {
                JsonNode page = api.get(next).json();
                page.get("application_" + kind)
                        .forEach(item -> walked.add(item.get("id").asText()));
                JsonNode uri = page.get("next_page_uri");
                next = uri.isNull()
                        ? null
                        : uri.asText().substring(api.base().toString().length());
            }
            assertThat(walked).doesNotHaveDuplicates().hasSize(kind.equals("users") ? 6 : 7);
        }
        people();
        JsonNode session = api.get("/sessions/" + online.sessionId()).json();
        assertThat(session.at("/browser_session/user_agent/raw").asText()).isEqualTo(Browser.PHONE);
        assertThat(session.at("/browser_session/location").isNull()).isTrue();
        assertThat(session.get("kind").asText()).isEqualTo("online");
        assertThat(api.get("/users/" + oscar).json().get("sessions_count").asInt())
                .isEqualTo(2);

        assertThat(api.delete("/users/" + oscar).status()).isEqualTo(204);

        assertThat(new Backend(mail).access(online).lost()).isTrue();
        assertThat(new Backend(wiki).access(offline).lost()).isTrue();
        assertThat(browser.visit(mail)).isEmpty();
        assertThat(api.get("/users/" + oscar).status()).isEqualTo(404);
        assertThat(server.log()).contains("corrupt.mmdb");
    }

    private static void people() {
        List<String> walked = new ArrayList<>();
        String next = "/users?limit=2&order_by=last_active";
        while (next != null) {
            JsonNode page = api.get(next).json();
            page.get("application_users")
                    .forEach(user -> walked.add(user.get("username").asText()));
            JsonNode uri = page.get("next_page_uri");
            next = uri.isNull()
                    ? null
                    : uri.asText().substring(api.base().toString().length());
        }
        assertThat(walked).doesNotHaveDuplicates().hasSize(6).startsWith("oscar");
        assertThat(api.get("/users?search=osc")
                        .json()
                        .at("/application_users/0/id")
                        .asText())
                .isEqualTo("usr_" + oscar);
        assertThat(api.get("/users?search=nobody").json().get("application_users"))
                .isEmpty();
        assertThat(api.get("/users?identity_provider=none").json().get("application_users"))
                .isEmpty();
    }

    @Test
    @DisplayName("the help desk's calls: query, extend, delete a source, revoke, and the list")
    void helpDesk() throws InterruptedException {
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.101");
        Tokens tokens = browser.signIn(wiki, OSCAR);
        Tokens other = new Backend(wiki).directGrant(new Credentials("oscar", "oscar-password"));
        String path = "/sessions/" + tokens.sessionId();
        JsonNode before = desk.get(path).json();
        assertThat(before.get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(desk.get("/users/oscar").json().get("sessions")).hasSize(2).contains(before);
        Thread.sleep(1_100);

        JsonNode extended = desk.post(path + "/extend").json();
        assertThat(extended.at("/authnSessions/0/idleTimeout").asText())
                .isGreaterThan(before.at("/authnSessions/0/idleTimeout").asText());
        assertThat(extended.at("/authnSessions/0/maxTimeout")).isEqualTo(before.at("/authnSessions/0/maxTimeout"));
        assertThat(desk.get(path).json()).isEqualTo(extended);

        assertThat(desk.post(path + "/revoke").status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(desk.get(path).json().get("status").asText()).isEqualTo("SESSION_REVOKED");
        assertThat(desk.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(200);

        String sources = "/sessions/" + other.sessionId();
        JsonNode both = desk.get(sources).json().get("authnSessions");
        assertThat(both).hasSize(2);
        assertThat(desk.delete(sources + "/authnSessions/" + both.at("/0/id").asText())
                        .status())
                .isEqualTo(200);
        assertThat(desk.get(sources).json().get("authnSessions")).containsExactly(both.get(1));
        assertThat(desk.get("/revokedSris/" + other.sessionId()).status()).isEqualTo(404);
        assertThat(desk.postJson("/revokedSris", "{\"id\":\"" + other.sessionId() + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(new Backend(wiki).access(other).lost()).isTrue();
        assertThat(desk.get("/revokedSris/" + other.sessionId()).status()).isEqualTo(200);
        assertThat(desk.get("/users/oscar").body()).isEqualTo("{\"sessions\":[]}");
    }

    @Test
    @DisplayName("rows of online sessions that are left from before the switch are nowhere, and end nobody's session")
    void ghosts() throws SQLException {
        Realm realm = Realm.create(new AdminClient(server), "ghosts", Map.of());
        App app = realm.client("wiki");
        App siem = realm.program("siem");
        Http own = Http.ngrok(server.url(), "ghosts", siem.apiKey());
        realm.client("desk", Map.of("attributes", Map.of("identities.session-management-api", "true")));
        Http ownDesk = Http.ping(server.url(), "ghosts", "desk", "desk-secret");
        String nora = realm.user("nora", "nora-password");
        String olga = realm.user("olga", "olga-password");
        Tokens live = new Backend(app).directGrant(new Credentials("nora", "nora-password"));
        Tokens offline = new Backend(app).directGrant(new Credentials("nora", "nora-password"), "offline_access");
        int now = (int) Instant.now().getEpochSecond();
        SeededSession noras = ghost("Ghost-of-nora_0123456789", nora, now);
        SeededSession olgas = ghost("Ghost-of-olga_0123456789", olga, now);
        String id = realm.admin().get(realm.path("")).get("id").asText();
        try (Connection connection = store.connect()) {
            SeededSession.insert(connection, id, List.of(noras, olgas));
        }

        String sessions = own.get("/sessions").body();
        assertThat(sessions).contains(live.sessionId(), offline.sessionId()).doesNotContain(noras.sid(), olgas.sid());
        for (String query : List.of("", "?order_by=last_active", "?search=a")) {
            JsonNode users = own.get("/users" + query).json().get("application_users");
            assertThat(users.toString()).doesNotContain(olga);
        }
        assertThat(own.get("/users/" + nora).json().get("sessions_count").asInt())
                .isEqualTo(2);
        assertThat(own.get("/users/" + olga).status()).isEqualTo(404);
        assertThat(own.delete("/users/" + olga).status()).isEqualTo(404);
        assertThat(own.get("/sessions/" + olgas.sid()).status()).isEqualTo(404);
        assertThat(own.delete("/sessions/" + noras.sid()).status()).isEqualTo(404);
        assertThat(ownDesk.get("/users/olga").body()).isEqualTo("{\"sessions\":[]}");
        assertThat(ownDesk.get("/sessions/" + olgas.sid()).json().get("status").asText())
                .isEqualTo("NO_VALID_SESSIONS");
        assertThat(new Backend(app).access(live).alive()).isTrue();
        assertThat(new Backend(app).access(offline).alive()).isTrue();
    }

    private static SeededSession ghost(String sid, String user, int now) {
        return new SeededSession(sid, false, user, now, now, false, Optional.empty());
    }
}
