package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.e2e.BulkCall;
import dev.identities.e2e.FeedReader;
import dev.identities.e2e.Http;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.DistributionServer;
import dev.identities.testbed.Jvm;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same two jars on the last patch of every minor version that we say they run on: both APIs, and whether the console
 * still has what the page holds on to.
 */
@ParameterizedClass(name = "Keycloak {0}")
@ValueSource(strings = {"26.7", "26.6", "26.5"})
class VersionsIT {

    @RegisterExtension
    private static final Chrome CHROME = Chrome.start("en");

    private static DistributionServer server;

    @Parameter
    private String minor;

    private Realm realm;
    private App wiki;
    private App helpDesk;
    private Http api;
    private Http desk;
    private String dana;

    @BeforeParameterizedClassInvocation
    static void server(String minor) {
        server = Testbed.startMinor(minor, Testbed.complete());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @BeforeEach
    void realm() {
        realm = Realm.create(new AdminClient(server), "minor", Map.of());
        wiki = realm.client("wiki", Map.of("name", "Team Wiki"));
        dana = realm.user("dana", "dana-password", Map.of("firstName", "Dana", "lastName", "Miller"), Map.of());
        realm.user("erik", "erik-password");
        App siem = realm.program("siem");
        api = Http.ngrok(server.url(), "minor", siem.apiKey());
        helpDesk = realm.helpDesk("desk");
        desk = Http.ping(server.url(), "minor", "desk", helpDesk.secret()).with("X-XSRF-Header", "x");
    }

    private Tokens grant(String name, String... scopes) {
        return new Backend(wiki).directGrant(new Credentials(name, name + "-password"), scopes);
    }

    @Test
    @DisplayName("is the version that it should be, and nothing in the log says that it was not tried")
    void tested() {
        assertThat(server.log())
                .contains("Keycloak " + minor + ".")
                .doesNotContain("was tested on Keycloak")
                .doesNotContain("NoSuchMethodError")
                .doesNotContain("NoClassDefFoundError");
    }

    @Test
    @DisplayName("app: lists by pages and in every order, searches, shows, and ends one session and then a person's")
    void ngrok() {
        Tokens first = grant("dana");
        Tokens second = grant("dana");
        Tokens offline = grant("dana", "offline_access");
        Tokens others = grant("erik");

        assertThat(walk("users", "limit=1")).containsExactlyInAnyOrder("dana", "erik");
        assertThat(walk("users", "limit=1&order_by=last_active")).containsExactlyInAnyOrder("dana", "erik");
        assertThat(walk("users", "search=mill")).containsExactly("dana");
        assertThat(walk("users", "identity_provider=none")).isEmpty();
        assertThat(walk("sessions", "limit=1")).hasSize(4).doesNotHaveDuplicates();
        JsonNode shown = api.get("/sessions/" + first.sessionId()).json();
        assertThat(shown.at("/application_user/id").asText()).isEqualTo("usr_" + dana);
        assertThat(shown.get("kind").asText()).isEqualTo("online");
        assertThat(api.get("/users/" + dana).json().get("sessions_count").asInt())
                .isEqualTo(3);

        assertThat(api.delete("/sessions/" + shown.get("id").asText()).status()).isEqualTo(204);
        assertThat(new Backend(wiki).access(first).lost()).isTrue();
        assertThat(new Backend(wiki).access(second).alive()).isTrue();
        assertThat(api.delete("/users/" + dana).status()).isEqualTo(204);
        assertThat(new Backend(wiki).access(second).lost()).isTrue();
        assertThat(new Backend(wiki).access(offline).lost()).isTrue();
        assertThat(new Backend(wiki).access(others).alive()).isTrue();
        assertThat(api.delete("/users/" + dana).status()).isEqualTo(404);
        assertThat(api.delete("/sessions/" + others.sessionId()).status()).isEqualTo(204);
        assertThat(walk("sessions", "")).isEmpty();
        assertThat(realm.adminEvents("USER_SESSION")).hasSize(4);
    }

    /** The people's names, or the sessions' ids, of all pages. */
    private List<String> walk(String list, String query) {
        List<String> names = new ArrayList<>();
        String next = "/" + list + "?" + query;
        while (next != null) {
            JsonNode page = api.get(next).json();
            page.get("application_" + list)
                    .forEach(item -> names.add(
                            item.path("username").asText(item.get("id").asText())));
            JsonNode uri = page.get("next_page_uri");
            next = uri.isNull()
                    ? null
                    : uri.asText().substring(api.base().toString().length());
        }
        return names;
    }

    @Test
    @DisplayName("pf-ws: finds by user key, extends, deletes a source, revokes by SRI and by user, and lists the SRIs")
    void pingFederate() throws InterruptedException {
        Tokens tokens = grant("erik");
        Tokens other = grant("erik");
        Tokens danas = grant("dana");
        String path = "/sessions/" + tokens.sessionId();
        JsonNode before = desk.get(path).json();
        assertThat(before.get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(desk.get("/users/erik").json().get("sessions")).hasSize(2).contains(before);
        Thread.sleep(1_100);

        JsonNode extended = desk.post(path + "/extend").json();
        assertThat(extended.at("/authnSessions/0/idleTimeout").asText())
                .isGreaterThan(before.at("/authnSessions/0/idleTimeout").asText());
        String source = before.at("/authnSessions/0/id").asText();
        assertThat(desk.delete(path + "/authnSessions/" + source).status()).isEqualTo(200);
        assertThat(desk.get(path).json().get("authnSessions")).containsExactly(extended.at("/authnSessions/1"));
        assertThat(desk.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(404);

        assertThat(desk.post(path + "/revoke").status()).isEqualTo(200);
        assertThat(desk.get(path).json().get("status").asText()).isEqualTo("SESSION_REVOKED");
        assertThat(desk.get("/revokedSris/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(new Backend(wiki).access(other).alive()).isTrue();
        assertThat(desk.post("/users/erik/revoke").status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(other).lost()).isTrue();
        assertThat(desk.get("/users/erik").body()).isEqualTo("{\"sessions\":[]}");
        assertThat(new Backend(wiki).access(danas).alive()).isTrue();
        assertThat(desk.postJson("/revokedSris", "{\"id\":\"" + danas.sessionId() + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(new Backend(wiki).access(danas).lost()).isTrue();
        Http discovery = new Http(desk.client(), URI.create(server.url() + "/realms/minor/.well-known"), Map.of());
        assertThat(discovery.get("/openid-configuration").body()).contains("ping_revoked_sris_endpoint");
    }

    @Test
    @DisplayName("app: what a filter lists and a dry run counts is what the call ends, and a feed tells of it")
    void bulk() {
        Tokens danas = grant("dana");
        Tokens eriks = grant("erik");
        String filter = "obj.application_user.username == \"dana\"";
        assertThat(walk("sessions", "filter=" + Http.encode(filter))).hasSize(1);
        try (FeedReader feed = FeedReader.open(api, "")) {
            JsonNode preview = BulkCall.dryRun(api, filter);
            assertThat(preview.get("sessions").asInt()).isEqualTo(1);
            assertThat(new Backend(wiki).access(danas).alive()).isTrue();

            Http.Answer answer = BulkCall.revoke(
                    api,
                    BulkCall.body(filter)
                            .put("ticket", preview.get("ticket").asText())
                            .put("reason", "stolen laptop"));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().get("ended").asInt()).isEqualTo(1);
            JsonNode ended = feed.next("session.ended", danas.sessionId());
            assertThat(ended.at("/ended/through").asText()).isEqualTo("app");
            assertThat(ended.at("/ended/reason").asText()).isEqualTo("stolen laptop");
        }
        assertThat(new Backend(wiki).access(danas).lost()).isTrue();
        assertThat(new Backend(wiki).access(eriks).alive()).isTrue();
    }

    @Test
    @DisplayName("Global Token Revocation by an OAuth client ends a person's sessions, and nobody else's")
    void globalTokenRevocation() {
        Tokens online = grant("dana");
        Tokens offline = grant("dana", "offline_access");
        Tokens others = grant("erik");

        assertThat(Http.globalRevocation(helpDesk, dana).status()).isEqualTo(204);

        assertThat(new Backend(wiki).access(online).lost()).isTrue();
        assertThat(new Backend(wiki).access(offline).lost()).isTrue();
        assertThat(new Backend(wiki).access(others).alive()).isTrue();
    }

    @Test
    @DisplayName("without Keycloak's feature ssf nothing is handed over for a realm that wants to transmit, nor logged")
    void noSharedSignals() {
        realm.attribute("ssf.transmitterEnabled", "true");
        Tokens byUs = grant("dana");
        Tokens byKeycloak = grant("dana");
        Tokens byUser = grant("dana");

        assertThat(api.delete("/sessions/" + byUs.sessionId()).status()).isEqualTo(204);
        realm.admin().delete(realm.path("/sessions/" + byKeycloak.sessionId()));
        new Backend(wiki).logout(byUser);

        assertThat(List.of(byUs, byKeycloak, byUser))
                .allMatch(tokens -> new Backend(wiki).access(tokens).lost());
        // Events are handed over, tried again and given up on this thread, which would still be there for a minute.
        assertThat(new Jvm(server.process()).threads())
                .anyMatch(thread -> thread.startsWith("\"executor-thread-"))
                .noneMatch(thread -> thread.startsWith("\"identities-caep\""));
        assertThat(server.log())
                .doesNotContainPattern("(?i)\\bssf\\b|SsfTransmitter|identities\\.keycloak\\.caep|receivers of realm");
    }

    @Test
    @DisplayName("page: from the menu by a search to a session on the map, to a person who is signed out, to a setting")
    void page() {
        Browser browser = new Browser(Browser.DESKTOP, Places.BERLIN);
        Tokens tokens = browser.signIn(wiki, SignIn.as("dana", "dana-password"));
        realm.administrator("chief", "realm-admin");
        ConsolePage page = ConsolePage.of(CHROME, server.url(), "minor").signIn("chief", "chief", "clients");

        page.open();
        page.type(page.field("Name, username, email or ID"), "mill");
        page.awaitColumn(ConsolePage.USERS, "User", "Dana Miller");
        CHROME.screenshot("keycloak-" + minor);
        page.link("Dana Miller").click();
        page.awaitTitle("Dana Miller");
        page.link("Chrome on Windows").click();
        page.awaitTitle("Chrome on Windows");
        assertThat(page.map()).isEqualTo("World map that shows Berlin, Germany");
        Accessibility.check(CHROME, "kc-identities");
        page.button("Revoke session").click();
        page.button("Revoke").click();
        page.awaitText("All done");
        CHROME.expectComplaint("404");
        page.button("Close").click();
        page.awaitText("Session is over");
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(browser.visit(wiki)).isEmpty();

        page.open("identities/settings", "Identities");
        page.field("User key attribute").sendKeys("email");
        page.button("Save").click();
        page.awaitText("Saved");
        assertThat(realm.admin()
                        .get(realm.path(""))
                        .at("/attributes/identities.user-key-attribute")
                        .asText())
                .isEqualTo("email");
        CHROME.driver().get("about:blank");
    }
}
