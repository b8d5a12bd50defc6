package dev.identities.e2e;

import static dev.identities.e2e.SessionManagementIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.identities.userstore.FlakyUserStoreJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database does not let go of a session, the user store does not answer, the server is restarted: nothing is said
 * to have happened that did not, and nothing happens that nobody asked for.
 */
class OutageIT {

    @TempDir
    private static Path folder;

    private static KeycloakServer server;
    private static String database;
    private static Realm realm;
    private static App wiki;
    private static App helpDesk;
    private static Http desk;
    private static Http api;
    private static Path outage;
    private static String rita;

    @BeforeAll
    static void server() throws IOException {
        // Mixed mode: this process and the server share the database, so that a lock can be held from here.
        database = "jdbc:h2:file:" + folder.resolve("keycloak") + ";AUTO_SERVER=TRUE;NON_KEYWORDS=VALUE";
        server = Testbed.start(
                "outage",
                Options.of(Testbed.providerJar(), FlakyUserStoreJar.in(folder))
                        .withArguments(
                                "--db=dev-file", "--db-url=" + database, "--db-username=sa", "--db-password=password"));
        realm = Realm.create(new AdminClient(server), "outage", Map.of());
        wiki = realm.client("wiki");
        rita = realm.user("rita", "rita-password");
        helpDesk = realm.helpDesk("help-desk");
        desk = Http.ping(server.url(), "outage", "help-desk", helpDesk.secret()).with("X-XSRF-Header", "x");
        App siem = realm.client("siem");
        realm.grantManagement(realm.serviceAccount(siem), "view-users", "manage-users");
        api = Http.ngrok(server.url(), "outage", siem.apiKey());
        outage = folder.resolve("outage");
        realm.admin()
                .post(
                        realm.path("/components"),
                        Map.of(
                                "name",
                                "flaky",
                                "providerId",
                                "flaky",
                                "providerType",
                                "org.keycloak.storage.UserStorageProvider",
                                "config",
                                Map.of(
                                        "outage",
                                        List.of(outage.toString()),
                                        "cachePolicy",
                                        List.of("NO_CACHE"),
                                        "priority",
                                        List.of("0"),
                                        "enabled",
                                        List.of("true"))));
        // Nobody fills in a profile during a direct grant.
        realm.admin()
                .put(
                        realm.path("/authentication/required-actions/VERIFY_PROFILE"),
                        Map.of("alias", "VERIFY_PROFILE", "name", "Verify Profile", "enabled", false));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("503 in the shape of each API, the session lives; repeated after recovery, the call ends it")
    void lockedRow() throws Exception {
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.120");
        Tokens tokens = browser.signIn(wiki, SignIn.as("rita", "rita-password"));
        whileLocked(tokens, () -> {
            assertError(desk.post("/users/rita/revoke"), 503, "service_unavailable");
            NgrokContractIT.assertError(api.delete("/sessions/" + tokens.sessionId()), 503, "ERR_NGROK_251");
        });
        assertThat(server.log()).contains("event=SRI_REVOKED status=failure");
        assertThat(api.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(new Backend(wiki).refresh(tokens).statusCode()).isEqualTo(200);

        assertThat(desk.post("/users/rita/revoke").status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();
    }

    private static void whileLocked(Tokens tokens, Runnable calls) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, "sa", "password");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE OFFLINE_USER_SESSION SET VERSION = VERSION WHERE USER_SESSION_ID = '"
                    + tokens.sessionId() + "'");
            calls.run();
            connection.rollback();
        }
    }

    @Test
    @DisplayName("a bulk call ends all but the session that is held, and names that; repeated, it ends that one too")
    void lockedRowInBulk() throws Exception {
        realm.user("ruth", "ruth-password");
        Backend backend = new Backend(wiki);
        Credentials ruth = new Credentials("ruth", "ruth-password");
        List<Tokens> others = List.of(backend.directGrant(ruth), backend.directGrant(ruth));
        Tokens held = backend.directGrant(ruth);
        String filter = "obj.application_user.username == \"ruth\"";
        whileLocked(held, () -> {
            Http.Answer answer = BulkCall.endAll(api, filter, "row is locked");
            assertThat(answer.status()).as(answer.body()).isEqualTo(207);
            assertThat(answer.json().get("ended").asInt()).isEqualTo(2);
            assertThat(answer.json().get("failed"))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.get("id").asText()).endsWith(held.sessionId()));
        });
        assertThat(others).allMatch(tokens -> backend.access(tokens).lost());
        assertThat(backend.access(held).alive()).isTrue();

        Http.Answer again = BulkCall.endAll(api, filter, "row is free");
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.json().get("ended").asInt()).isEqualTo(1);
        assertThat(backend.access(held).lost()).isTrue();
    }

    @Test
    @DisplayName("by SRI: 503, the session lives and is not said to be revoked; repeated, it ends and stays listed")
    void lockedRowBySri() throws Exception {
        Tokens revoked = signIn();
        Tokens deleted = signIn();
        Tokens listed = signIn();
        String source = desk.get("/sessions/" + deleted.sessionId())
                .json()
                .at("/authnSessions/0/id")
                .asText();
        Map<Tokens, Supplier<Http.Answer>> calls = new LinkedHashMap<>();
        calls.put(revoked, () -> desk.post("/sessions/" + revoked.sessionId() + "/revoke"));
        calls.put(deleted, () -> desk.delete("/sessions/" + deleted.sessionId() + "/authnSessions/" + source));
        calls.put(listed, () -> desk.postJson("/revokedSris", "{\"id\":\"" + listed.sessionId() + "\"}"));

        for (Map.Entry<Tokens, Supplier<Http.Answer>> call : calls.entrySet()) {
            Tokens tokens = call.getKey();
            // A gateway is told first, and asks for no more than the list.
            boolean toldFirst = tokens.equals(listed);
            whileLocked(tokens, () -> {
                assertError(call.getValue().get(), 503, "service_unavailable");
                assertThat(isListed(tokens)).isEqualTo(toldFirst);
                assertThat(status(tokens)).isEqualTo(toldFirst ? "SESSION_REVOKED" : "HAS_VALID_SESSIONS");
            });
            assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
            assertThat(isListed(tokens)).isEqualTo(toldFirst);
        }
        for (Supplier<Http.Answer> call : calls.values()) {
            assertThat(call.get().status()).isBetween(200, 201);
        }
        assertThat(calls.keySet()).allMatch(OutageIT::isListed);
        assertThat(calls.keySet())
                .allMatch(tokens -> new Backend(wiki).access(tokens).lost());

        server.restart();

        assertThat(calls.keySet()).allMatch(OutageIT::isListed);
        assertThat(calls.keySet()).allMatch(tokens -> status(tokens).equals("SESSION_REVOKED"));
    }

    @Test
    @DisplayName("Global Token Revocation: 503 in its own shape, the session lives; repeated, the call ends it")
    void lockedRowByGlobalRevocation() throws Exception {
        Tokens locked = signIn();
        Tokens other = signIn();
        whileLocked(locked, () -> {
            Http.Answer answer = Http.globalRevocation(helpDesk, rita);
            GlobalRevocationIT.assertStatus(answer, 503);
            assertThat(answer.json().get("error").asText()).isEqualTo("temporarily_unavailable");
            assertThat(answer.json().get("error_description").asText()).startsWith("1 sessions could not be ended");
        });
        assertThat(server.log())
                .containsPattern("event=GLOBAL_TOKEN_REVOCATION_CALL status=failure realm=\"outage\""
                        + " client=\"help-desk\" format=opaque key=\"[0-9a-f]{64}\" people=1 ended=\\d+ failed=1 ");
        assertThat(new Backend(wiki).access(locked).alive()).isTrue();
        assertThat(new Backend(wiki).access(other).lost()).isTrue();

        GlobalRevocationIT.assertStatus(Http.globalRevocation(helpDesk, rita), 204);
        assertThat(new Backend(wiki).access(locked).lost()).isTrue();
    }

    @Test
    @DisplayName("without the database nothing is said about sessions but what the list knows, which is in memory")
    void noDatabase() throws SQLException {
        Tokens kept = signIn();
        Tokens revoked = signIn();
        assertThat(desk.post("/sessions/" + revoked.sessionId() + "/revoke").status())
                .isEqualTo(200);
        assertThat(status(kept)).isEqualTo("HAS_VALID_SESSIONS");
        try (Connection connection = DriverManager.getConnection(database, "sa", "password");
                Statement statement = connection.createStatement()) {
            // All other connections are closed, and new ones refused.
            statement.execute("SET EXCLUSIVE 2");

            assertError(desk.get("/users/rita"), 503, "service_unavailable");
            assertError(desk.post("/users/rita/revoke"), 503, "service_unavailable");
            assertError(desk.get("/sessions/" + kept.sessionId()), 503, "service_unavailable");
            assertError(desk.post("/sessions/" + kept.sessionId() + "/extend"), 503, "service_unavailable");
            assertError(desk.post("/sessions/" + kept.sessionId() + "/revoke"), 503, "service_unavailable");
            GlobalRevocationIT.assertStatus(Http.globalRevocation(helpDesk, rita), 503);
            assertThat(status(revoked)).isEqualTo("SESSION_REVOKED");
            assertThat(isListed(revoked)).isTrue();
            assertThat(isListed(kept)).isFalse();
            statement.execute("SET EXCLUSIVE 0");
        }
        server.restart();

        assertThat(status(kept)).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(new Backend(wiki).access(kept).alive()).isTrue();
        assertThat(isListed(kept)).isFalse();
        assertThat(isListed(revoked)).isTrue();
    }

    private static Tokens signIn() {
        return new Browser(Browser.DESKTOP, "203.0.113.122").signIn(wiki, SignIn.as("rita", "rita-password"));
    }

    private static String status(Tokens tokens) {
        return desk.get("/sessions/" + tokens.sessionId()).json().get("status").asText();
    }

    private static boolean isListed(Tokens tokens) {
        Http.Answer answer = desk.get("/revokedSris/" + tokens.sessionId());
        assertThat(answer.status()).as(answer.body()).isIn(200, 404);
        return answer.status() == 200;
    }

    @Test
    @DisplayName("a user store that finds nobody makes unknown users, not signed-out ones; they can be cut off")
    void userStore() throws IOException {
        Backend backend = new Backend(wiki);
        Tokens tokens = backend.directGrant(new Credentials("flaky-victor", "flaky-victor"));
        Tokens offline = backend.directGrant(new Credentials("flaky-victor", "flaky-victor"), "offline_access");
        assertThat(backend.access(offline).alive()).isTrue();
        Tokens other = backend.directGrant(new Credentials("flaky-wendy", "flaky-wendy"));
        JsonNode known = api.get("/sessions/" + tokens.sessionId()).json();
        String userId = known.at("/application_user/id").asText();
        assertThat(userId).matches("usr_x_[A-Za-z0-9_-]+");
        assertThat(api.get("/users/" + userId).json().get("username").asText()).isEqualTo("flaky-victor");
        long rows = rows();

        Files.createFile(outage);
        assertThat(api.get("/sessions").json().get("application_sessions").size())
                .isGreaterThanOrEqualTo(2);
        assertThat(api.get("/users").status()).isEqualTo(200);
        JsonNode unknown = api.get("/users/" + userId).json();
        assertThat(unknown.get("name").asText()).isEqualTo("(unknown user)");
        assertThat(unknown.get("username").asText()).isEmpty();
        JsonNode active = api.get("/users?order_by=last_active").json().get("application_users");
        assertThat(active.findValuesAsText("id")).contains(userId);
        assertThat(api.get("/users?search=" + userId)
                        .json()
                        .at("/application_users/0/name")
                        .asText())
                .isEqualTo("(unknown user)");
        assertThat(api.get("/users?search=flaky").json().get("application_users"))
                .isEmpty();
        assertThat(desk.get("/users/flaky-victor").body()).isEqualTo("{\"sessions\":[]}");
        assertThat(rows()).isEqualTo(rows);
        assertThat(api.delete("/sessions/" + tokens.sessionId()).status()).isEqualTo(204);
        assertThat(api.delete("/sessions/" + offline.sessionId()).status()).isEqualTo(204);
        assertThat(rows()).isEqualTo(rows - 2);
        Files.delete(outage);

        assertThat(backend.access(tokens).lost()).isTrue();
        assertThat(backend.access(offline).lost()).isTrue();
        assertThat(backend.access(other).alive()).isTrue();
    }

    @Test
    @DisplayName("people of another user store are found by the identity provider through which they came")
    void linkedInAnotherStore() {
        Realm partner = Realm.create(new AdminClient(server), "outage-partner", Map.of());
        realm.identityProvider("partner", partner, Map.of());
        String there = partner.user("walter", "walter-password");
        Tokens tokens = new Backend(wiki).directGrant(new Credentials("flaky-walter", "flaky-walter"));
        String id = api.get("/sessions/" + tokens.sessionId())
                .json()
                .at("/application_user/id")
                .asText();
        String here = api.get("/users/" + id).json().get("provider_user_id").asText();
        assertThat(here).startsWith("f:");
        realm.admin()
                .post(
                        realm.path("/users/" + Http.encode(here) + "/federated-identity/partner"),
                        Map.of("userId", there, "userName", "walter"));
        new Backend(wiki).directGrant(new Credentials("flaky-xenia", "flaky-xenia"));
        new Browser(Browser.DESKTOP, "203.0.113.122")
                .signIn(wiki, SignIn.as("walter", "walter-password").through("partner"));

        JsonNode page = api.get("/users?identity_provider=partner").json();
        assertThat(page.get("application_users")).hasSize(1);
        assertThat(page.at("/application_users/0/username").asText()).isEqualTo("flaky-walter");
        assertThat(api.get("/users?search=" + Http.encode(here))
                        .json()
                        .at("/application_users/0/username")
                        .asText())
                .isEqualTo("flaky-walter");
    }

    private static long rows() {
        try (Connection connection = DriverManager.getConnection(database, "sa", "password");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM OFFLINE_USER_SESSION")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
