package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.identities.wellknown.OtherDiscoveryJar;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The revocation list outlives the server and is forgotten when it may be; and, on the same server, another extension
 * that adds to discovery.
 */
class DurabilityIT {

    private static final SignIn GRACE = SignIn.as("grace", "grace-password");

    /** SRIs of which the lifetime was asked. */
    private static final Set<String> LIFETIMES = new HashSet<>();

    @TempDir
    private static Path folder;

    private static KeycloakServer server;
    private static String database;
    private static Realm realm;
    private static App wiki;
    private static Http gateway;
    private static Http siem;

    @BeforeAll
    static void server() throws IOException {
        database = "jdbc:h2:file:" + folder.resolve("keycloak") + ";AUTO_SERVER=TRUE;NON_KEYWORDS=VALUE";
        server = Testbed.start(
                "durability",
                Options.of(Testbed.providerJar(), OtherDiscoveryJar.in(folder))
                        .withArguments(
                                "--db=dev-file", "--db-url=" + database, "--db-username=sa", "--db-password=password"));
        realm = Realm.create(new AdminClient(server), "durability", Map.of());
        wiki = realm.client("wiki");
        realm.user("grace", "grace-password");
        App client = realm.helpDesk("gateway");
        gateway = Http.ping(server.url(), "durability", "gateway", client.secret())
                .with("X-XSRF-Header", "x");
        siem = Http.ngrok(server.url(), "durability", realm.program("siem").apiKey());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @DisplayName("over a restart ended sessions stay ended, listed SRIs listed, and extended sessions alive")
    void restart() {
        Visit inPing = Visit.begin();
        Visit inApp = Visit.begin();
        Visit byAdmin = Visit.begin();
        Visit living = Visit.begin();
        Tokens revoked = inPing.tokens();
        Tokens loggedOut = new Browser(Browser.DESKTOP, "203.0.113.87").signIn(wiki, GRACE);
        Tokens kept = living.tokens();
        assertThat(gateway.post("/sessions/" + revoked.sessionId() + "/revoke").status())
                .isEqualTo(200);
        assertThat(siem.delete("/sessions/" + inApp.tokens().sessionId()).status())
                .isEqualTo(204);
        realm.admin().delete(realm.path("/sessions/" + byAdmin.tokens().sessionId()));
        new Backend(wiki).logout(loggedOut);
        assertThat(gateway.postJson("/revokedSris", "{\"id\":\"abc123\"}").status())
                .isEqualTo(201);
        assertThat(gateway.post("/sessions/" + kept.sessionId() + "/extend").status())
                .isEqualTo(200);
        String before = gateway.get("/sessions/" + kept.sessionId()).body();

        server.restart();

        assertThat(gateway.get("/revokedSris/" + revoked.sessionId()).status()).isEqualTo(200);
        assertThat(gateway.get("/revokedSris/" + loggedOut.sessionId()).status())
                .isEqualTo(200);
        assertThat(gateway.get("/revokedSris/abc123").status()).isEqualTo(200);
        assertThat(gateway.get("/revokedSris/" + kept.sessionId()).status()).isEqualTo(404);
        assertThat(gateway.get("/sessions/" + revoked.sessionId())
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("SESSION_REVOKED");
        assertThat(gateway.get("/sessions/" + kept.sessionId()).body()).isEqualTo(before);
        for (Visit ended : List.of(inPing, inApp, byAdmin)) {
            assertThat(new Backend(wiki).access(ended.tokens()).lost()).isTrue();
            assertThat(ended.browser().visitSilently(wiki).error()).isEqualTo("login_required");
        }
        assertThat(new Backend(wiki).access(loggedOut).lost()).isTrue();
        assertThat(new Backend(wiki).access(kept).alive()).isTrue();
        assertThat(siem.get("/sessions/" + kept.sessionId()).status()).isEqualTo(200);
        assertThat(living.browser().visitSilently(wiki).code()).isNotEmpty();
    }

    /** Somebody's session, and the browser that has its cookies. */
    private record Visit(Browser browser, Tokens tokens) {

        static Visit begin() {
            Browser browser = new Browser(Browser.DESKTOP, "203.0.113.87");
            return new Visit(browser, browser.signIn(wiki, GRACE));
        }
    }

    @Test
    @DisplayName("an SRI stays on the list for the realm's lifetime; by default for as long as its sessions can last; "
            + "listed again, from then on")
    void lifetime() throws InterruptedException {
        assertThat(lifetimeOf("default")).isBetween(35_995L, 36_005L);
        realm.update(Map.of("ssoSessionMaxLifespanRememberMe", 90_000));
        assertThat(lifetimeOf("remember-me")).isBetween(89_995L, 90_005L);
        realm.update(Map.of("offlineSessionMaxLifespanEnabled", true, "offlineSessionMaxLifespan", 100_000));
        assertThat(lifetimeOf("offline")).isBetween(99_995L, 100_005L);
        realm.attribute("identities.session-revocation-lifetime", "2");
        assertThat(lifetimeOf("two minutes")).isBetween(115L, 125L);
        assertThat(lifetimeOf("default")).isZero();
        realm.attribute("identities.session-revocation-lifetime", "soon");
        assertThat(lifetimeOf("unreadable")).isBetween(99_995L, 100_005L);
        assertThat(lifetimeOf("two minutes")).isBetween(99_995L, 100_005L);
        assertThat(lifetimeOf("two minutes")).isBetween(99_995L, 100_005L);
    }

    /** Seconds for which an SRI that is listed now will be; 0 when it is listed for longer already. */
    private static long lifetimeOf(String sri) throws InterruptedException {
        Map<String, Long> before = expiries();
        if (!LIFETIMES.add(sri)) {
            // So that what is listed again ends in another second.
            Thread.sleep(1_100);
        }
        assertThat(gateway.postJson("/revokedSris", "{\"id\":\"" + sri + "\"}").status())
                .isEqualTo(201);
        Map<String, Long> added = expiries();
        added.entrySet().removeAll(before.entrySet());
        assertThat(added).hasSizeLessThanOrEqualTo(1);
        return added.isEmpty()
                ? 0
                : added.values().iterator().next() - Instant.now().getEpochSecond();
    }

    private static Map<String, Long> expiries() {
        try (Connection connection = DriverManager.getConnection(database, "sa", "password");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ID, EXPIRE FROM REVOKED_TOKEN")) {
            Map<String, Long> expiries = new HashMap<>();
            while (rows.next()) {
                expiries.put(rows.getString(1), rows.getLong(2));
            }
            return expiries;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("discovery has our members and those of other extensions, in both documents, also of one that asks us")
    void otherExtensions() {
        Http issuer = Http.at(server.url(), "durability", "/.well-known");

        JsonNode openId = issuer.get("/openid-configuration").json();
        assertThat(openId.get("acme_status_endpoint").asText()).isEqualTo("https://acme.example/openid-configuration");
        assertThat(openId.get("curious_endpoint").asText()).isEqualTo("https://curious.example/openid-configuration");
        assertThat(openId.get("ping_revoked_sris_endpoint").asText())
                .isEqualTo(server.url() + "/realms/durability/pf-ws/rest/sessionMgmt/revokedSris");
        assertThat(openId.get("token_endpoint").asText())
                .isEqualTo(wiki.endpoint("token").toString());
        JsonNode oauth = issuer.get("/oauth-authorization-server").json();
        assertThat(oauth.get("ping_revoked_sris_endpoint")).isEqualTo(openId.get("ping_revoked_sris_endpoint"));
        assertThat(oauth.get("token_endpoint")).isEqualTo(openId.get("token_endpoint"));
        assertThat(oauth.get("acme_status_endpoint").asText())
                .isEqualTo("https://acme.example/oauth-authorization-server");
        assertThat(oauth.has("curious_endpoint")).isFalse();
        // Once more: nothing of the first answer is left behind.
        assertThat(issuer.get("/openid-configuration").json()).isEqualTo(openId);
    }
}
