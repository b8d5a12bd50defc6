package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database does not let go of a session: nothing is said to have happened that did not. */
class StoreFailureIT {

    @TempDir
    private static Path folder;

    private static KeycloakServer server;
    private static String database;
    private static App wiki;
    private static Http desk;
    private static Http api;

    @BeforeAll
    static void server() {
        // Mixed mode: this process and the server share the database, so that a lock can be held from here.
        database = "jdbc:h2:file:" + folder.resolve("keycloak") + ";AUTO_SERVER=TRUE;NON_KEYWORDS=VALUE";
        server = Testbed.start(
                "store-failure",
                Options.of(Testbed.providerJar())
                        .withArguments(
                                "--db=dev-file", "--db-url=" + database, "--db-username=sa", "--db-password=password"));
        Realm realm = Realm.create(new AdminClient(server), "failing", Map.of());
        wiki = realm.client("wiki");
        realm.user("rita", "rita-password");
        App helpDesk =
                realm.client("help-desk", Map.of("attributes", Map.of("identities.session-management-api", "true")));
        desk = Http.ping(server.url(), "failing", "help-desk", helpDesk.secret());
        App siem = realm.client("siem");
        realm.grantManagement(realm.serviceAccount(siem), "view-users", "manage-users");
        api = Http.ngrok(server.url(), "failing", siem.apiKey());
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
        try (Connection connection = DriverManager.getConnection(database, "sa", "password");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE OFFLINE_USER_SESSION SET VERSION = VERSION WHERE USER_SESSION_ID = '"
                    + tokens.sessionId() + "'");

            Http.Answer pingFederate = desk.post("/users/rita/revoke");
            assertThat(pingFederate.status()).as(pingFederate.body()).isEqualTo(503);
            assertThat(pingFederate.json().get("resultId").asText()).isEqualTo("service_unavailable");
            NgrokContractIT.assertError(api.delete("/sessions/" + tokens.sessionId()), 503, "ERR_NGROK_503");
            connection.rollback();
        }
        assertThat(server.log()).contains("event=SRI_REVOKED status=failure");
        assertThat(api.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(new Backend(wiki).refresh(tokens).statusCode()).isEqualTo(200);

        assertThat(desk.post("/users/rita/revoke").status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();
    }
}
