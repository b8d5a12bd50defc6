package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Applications are told; one that hangs or fails holds nobody up. */
class BackchannelLogoutIT {

    private static final SignIn ERIN = SignIn.as("erin", "erin-password");

    /** What a help desk does not mind. Keycloak's HTTP client gives up after five: no call that waited for it is so quick. */
    private static final Duration NOT_HELD_UP = Duration.ofSeconds(1);

    private static final int CALLS = 5;

    private static final int SESSIONS = 20;

    private static Realm realm;
    private static Http api;
    private static String erin;
    private static Receiver healthy;
    private static Receiver failing;
    private static Receiver hanging;
    private static App wiki;
    private static App shop;
    private static App chat;

    @BeforeAll
    static void applications() {
        realm = Testbed.realm("backchannel");
        erin = realm.user("erin", "erin-password");
        healthy = Receiver.answering(200);
        failing = Receiver.answering(500);
        hanging = Receiver.hanging();
        wiki = realm.toldAt(healthy.url(), "wiki");
        shop = realm.toldAt(failing.url(), "shop");
        chat = realm.toldAt(hanging.url(), "chat");
        App siem = realm.program("siem");
        api = Http.ngrok(Testbed.server().url(), "backchannel", siem.apiKey());
    }

    @AfterAll
    static void stop() {
        healthy.close();
        failing.close();
        hanging.close();
    }

    @Test
    @DisplayName("a hanging and a failing application cost the caller nothing; the healthy one is told which session; "
            + "result, event and log say what became of each")
    void threeApplications() {
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.40");
        Tokens tokens = browser.signIn(wiki, ERIN);
        assertThat(browser.visit(shop)).isPresent();
        assertThat(browser.visit(chat)).isPresent();

        JsonNode result =
                api.delete("/sessions/" + tokens.sessionId() + "?report=true").json();

        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        String sid = tokens.sessionId();
        await(() -> !told(healthy, sid).isEmpty());
        JsonNode logout = told(healthy, sid).get(0);
        assertThat(logout.get("sub").asText()).isEqualTo(erin);
        assertThat(logout.get("aud").asText()).isEqualTo("wiki");
        assertThat(logout.get("iss").asText()).isEqualTo(Testbed.server().url() + "/realms/backchannel");

        Map<String, String> outcomes = new TreeMap<>();
        result.at("/sessions/0/applications")
                .forEach(application -> outcomes.put(
                        application.get("party").asText(),
                        application.get("status").asText()));
        assertThat(outcomes).containsOnlyKeys("chat", "shop", "wiki").containsEntry("chat", "pending");
        // How far the quick ones are when the call returns is a matter of how busy the machine is.
        assertThat(outcomes.get("shop")).isEqualTo("pending");
        assertThat(outcomes.get("wiki")).isIn("confirmed", "pending");
        assertThat(realm.adminEvents("USER_SESSION")
                        .get(0)
                        .at("/details/applications")
                        .asText())
                .isEqualTo("chat=pending shop=pending wiki=" + outcomes.get("wiki"));
        await(() -> logged("CONFIRMED", "wiki", sid) && logged("FAILED", "shop", sid) && logged("FAILED", "chat", sid));
        // Three attempts, no more.
        assertThat(told(failing, sid)).hasSize(3);
        assertThat(told(hanging, sid)).hasSize(3);
        assertThat(told(healthy, sid)).hasSize(1);
    }

    @Test
    @DisplayName("a call returns within a second, whatever applications do")
    void notHeldUp() {
        App slow = realm.toldAt(hanging.url(), "slow");
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.43");
        // The first call of a server is slow for other reasons.
        Duration unused = revoke(browser, slow);
        List<Duration> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(revoke(browser, slow));
        }
        assertThat(calls).allSatisfy(took -> assertThat(took).isLessThan(NOT_HELD_UP));
    }

    /** How long it takes to end a session of which one application that fails and one that hangs are to be told. */
    private static Duration revoke(Browser browser, App slow) {
        Tokens tokens = browser.signIn(wiki, ERIN);
        assertThat(browser.visit(shop)).isPresent();
        assertThat(browser.visit(slow)).isPresent();

        Instant start = Instant.now();
        assertThat(api.delete("/sessions/" + tokens.sessionId()).status()).isEqualTo(204);
        return Duration.between(start, Instant.now());
    }

    @Test
    @DisplayName("many messages to an application that hangs do not keep the others from being told")
    void manySessions() {
        App stuck = realm.toldAt(hanging.url(), "stuck");
        SignIn frank = SignIn.as("frank", "frank-password");
        String id = realm.user("frank", "frank-password");
        List<String> sids = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Browser browser = new Browser(Browser.DESKTOP, "203.0.113.44");
            sids.add(browser.signIn(stuck, frank).sessionId());
            assertThat(browser.visit(wiki)).isPresent();
        }

        assertThat(api.delete("/users/" + id).status()).isEqualTo(204);

        await(() -> sids.stream().allMatch(sid -> logged("CONFIRMED", "wiki", sid)));
        // In one queue for all, each message to the one would have waited for an attempt at the other.
        assertThat(sids.stream().filter(sid -> !told(hanging, sid).isEmpty())).hasSizeLessThan(SESSIONS - 4);
        assertThat(sids).noneMatch(sid -> logged("FAILED", "stuck", sid));
    }

    @Test
    @DisplayName("the identity provider through which the session came is told, unless the realm says no")
    void identityProvider() {
        Realm partner = Testbed.realm("backchannel-partner");
        partner.user("sybil", "sybil-password");
        SignIn sybil = SignIn.as("sybil", "sybil-password").through("partner");
        try (Receiver upstream = Receiver.answering(200)) {
            realm.identityProvider(
                    "partner", partner, Map.of("logoutUrl", upstream.url(), "backchannelSupported", "true"));
            App plain = realm.client("plain");

            Tokens told = new Browser(Browser.DESKTOP, "203.0.113.41").signIn(plain, sybil);
            assertThat(api.delete("/sessions/" + told.sessionId()).status()).isEqualTo(204);
            await(() -> !upstream.requests().isEmpty());
            assertThat(upstream.requests().get(0)).contains("/logout").contains(told.sessionId());

            realm.attribute("identities.logout-identity-provider", "false");
            Tokens untold = new Browser(Browser.DESKTOP, "203.0.113.41").signIn(plain, sybil);
            assertThat(api.delete("/sessions/" + untold.sessionId()).status()).isEqualTo(204);
            assertThat(realm.adminEvents("USER_SESSION")
                            .get(0)
                            .at("/details/applications")
                            .asText())
                    .isEqualTo("plain=cannot_tell");
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("a SAML application is sent a logout request")
    void saml() {
        realm.user("trent", "trent-password");
        try (Receiver crm = Receiver.answering(200)) {
            realm.client(
                    "crm",
                    Map.of(
                            "protocol",
                            "saml",
                            "frontchannelLogout",
                            false,
                            "redirectUris",
                            List.of("https://crm.example/*"),
                            "attributes",
                            Map.of(
                                    "saml_assertion_consumer_url_post",
                                    "https://crm.example/acs",
                                    "saml_single_logout_service_url_post",
                                    crm.url(),
                                    "saml_idp_initiated_sso_url_name",
                                    "crm",
                                    "saml.client.signature",
                                    "false")));
            Browser browser = new Browser(Browser.DESKTOP, "203.0.113.42");
            App portal = realm.client("portal");
            Tokens tokens = browser.signIn(portal, SignIn.as("trent", "trent-password"));
            URI start = URI.create(Testbed.server().url() + "/realms/backchannel/protocol/saml/clients/crm");
            assertThat(browser.page(start, portal)).contains("SAMLResponse");
            assertThat(api.get("/sessions/" + tokens.sessionId()).json().get("clients"))
                    .extracting(client -> client.get("client_id").asText())
                    .containsExactlyInAnyOrder("crm", "portal");

            assertThat(api.delete("/sessions/" + tokens.sessionId()).status()).isEqualTo(204);

            await(() -> !crm.requests().isEmpty());
            assertThat(crm.requests().get(0)).startsWith("POST /logout").contains("SAMLRequest=");
            await(() -> logged("CONFIRMED", "crm", tokens.sessionId()));
        }
    }

    private static boolean logged(String outcome, String client, String sid) {
        return Testbed.server()
                .log()
                .contains("BACKCHANNEL_LOGOUT outcome=" + outcome + " realm=\"backchannel\" party=\"" + client
                        + "\" session=" + sid);
    }

    /** The claims of the logout tokens that an application was sent for a session, one per attempt. */
    private static List<JsonNode> told(Receiver receiver, String sid) {
        return receiver.tokens().stream()
                .map(BackchannelLogoutIT::claims)
                .filter(claims -> claims.get("sid").asText().equals(sid))
                .toList();
    }

    private static JsonNode claims(String token) {
        try {
            return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plusSeconds(90);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waiting").isBefore(deadline);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
