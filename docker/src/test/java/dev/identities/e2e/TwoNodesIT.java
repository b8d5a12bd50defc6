package dev.identities.e2e;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of a cluster over one database: what was done on one is so on the other when the call has returned. */
class TwoNodesIT {

    private static final SignIn GRACE = SignIn.as("grace", "grace-password");

    @TempDir
    private static Path folder;

    private static KeycloakServer one;
    private static KeycloakServer two;
    private static App wiki;
    private static App wikiOnTwo;
    private static Http first;
    private static Http second;

    @BeforeAll
    static void cluster() {
        one = node("node-one");
        two = node("node-two");
        // Whichever node is asked, the realm is at one address: tokens of one are those of the other.
        Realm realm = Realm.create(
                new AdminClient(one),
                "cluster",
                Map.of("attributes", Map.of("frontendUrl", one.url().toString())));
        wiki = realm.client("wiki");
        wikiOnTwo = wiki.at(two.url());
        realm.user("grace", "grace-password");
        App client = realm.client(
                "desk",
                Map.of(
                        "attributes",
                        Map.of(
                                "identities.session-management-api", "true",
                                "identities.session-revocation-api", "true")));
        first = desk(one.url(), client);
        second = desk(two.url(), client);
    }

    private static Http desk(URI node, App client) {
        return Http.ping(node, "cluster", client.clientId(), client.secret()).with("X-XSRF-Header", "x");
    }

    private static KeycloakServer node(String name) {
        String database = "jdbc:h2:file:" + folder.resolve("keycloak") + ";AUTO_SERVER=TRUE;NON_KEYWORDS=VALUE";
        return Testbed.start(
                name,
                Options.of(Testbed.providerJar())
                        .withArguments(
                                "--db=dev-file",
                                "--db-url=" + database,
                                "--db-username=sa",
                                "--db-password=password",
                                "--cache=ispn",
                                "--cache-embedded-network-bind-address=127.0.0.1",
                                "--cache-embedded-network-bind-port=" + freePort()));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        if (two != null) {
            two.close();
        }
        one.close();
    }

    private static Tokens signIn() {
        return new Browser(Browser.DESKTOP, "203.0.113.92").signIn(wiki, GRACE);
    }

    @Test
    @DisplayName("they are one cluster")
    void oneCluster() {
        assertThat(two.log()).containsPattern("ISPN000094.*\\(2\\)");
    }

    @Test
    @DisplayName("an extension on one node is seen on the other at once")
    void extend() throws InterruptedException {
        Tokens tokens = signIn();
        String path = "/sessions/" + tokens.sessionId();
        JsonNode before = second.get(path).json();
        Thread.sleep(1_100);

        JsonNode extended = first.post(path + "/extend").json();

        assertThat(second.get(path).json()).isEqualTo(extended).isNotEqualTo(before);
        Thread.sleep(1_100);
        JsonNode again = second.post(path + "/extend").json();
        assertThat(first.get(path).json()).isEqualTo(again).isNotEqualTo(extended);
    }

    @Test
    @DisplayName(
            "a source that is deleted on one node is gone on the other at once, and so is the session with the last")
    void authnSessions() {
        Tokens tokens = new Backend(wiki).directGrant(new Credentials("grace", "grace-password"));
        String path = "/sessions/" + tokens.sessionId();
        JsonNode both = second.get(path).json().get("authnSessions");
        assertThat(both).hasSize(2);

        assertThat(first.delete(path + "/authnSessions/" + both.at("/0/id").asText())
                        .status())
                .isEqualTo(200);

        assertThat(second.get(path).json().get("authnSessions")).containsExactly(both.get(1));
        assertThat(new Backend(wikiOnTwo).access(tokens).alive()).isTrue();
        assertThat(second.delete(path + "/authnSessions/" + both.at("/0/id").asText())
                        .status())
                .isEqualTo(404);
        assertThat(second.delete(path + "/authnSessions/" + both.at("/1/id").asText())
                        .status())
                .isEqualTo(200);
        assertThat(first.get(path).json().get("status").asText()).isEqualTo("SESSION_REVOKED");
        assertThat(first.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("a revocation on one node is one on the other at once: access, status, list")
    void revoke() {
        Tokens tokens = signIn();
        assertThat(new Backend(wikiOnTwo).access(tokens).alive()).isTrue();
        String path = "/sessions/" + tokens.sessionId();
        assertThat(second.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(404);

        assertThat(first.post(path + "/revoke").status()).isEqualTo(200);

        assertThat(second.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(second.get(path).json().get("status").asText()).isEqualTo("SESSION_REVOKED");
        assertThat(new Backend(wikiOnTwo).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName(
            "an SRI that is put on the list of one node is on that of the other at once, and its session has ended")
    void list() {
        Tokens tokens = signIn();
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();

        assertThat(second.postJson("/revokedSris", "{\"id\":\"" + tokens.sessionId() + "\"}")
                        .status())
                .isEqualTo(201);

        assertThat(first.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(first.get("/users/grace").json().toString()).doesNotContain(tokens.sessionId());
    }
}
