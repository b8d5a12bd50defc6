package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Applications are told; one that hangs or fails holds nobody up. */
class BackchannelLogoutIT {

    private static final SignIn ERIN = SignIn.as("erin", "erin-password");

    /**
     * A call that waited for Keycloak's HTTP client would take at least five seconds, because it gives up after five.
     */
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
    @DisplayName("a call returns within a second, even if applications hang")
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

    @Test
    @DisplayName("an identity provider to which nothing can be sent cannot be told: there is no logout URL")
    void identityProviderWithoutAddress() {
        Tokens tokens = signInThrough("mute", "");
        assertThat(outcomes(api.delete("/sessions/" + tokens.sessionId() + "?report=true")))
                .isEqualTo(Map.of("idp:mute", "cannot_tell", "through-mute", "cannot_tell"));
    }

    @Test
    @DisplayName("an identity provider that answers with an error, or does not listen, is tried three times and failed")
    void identityProviderThatFails() throws IOException {
        try (Receiver upstream = Receiver.answering(500)) {
            Tokens refused = signInThrough("refusing", upstream.url());
            Tokens unheard = signInThrough("absent", "http://localhost:" + closedPort() + "/logout");

            // How far it is when the call returns is a matter of how busy the machine is; confirmed it never is.
            assertThat(outcomes(api.delete("/sessions/" + refused.sessionId() + "?report=true")))
                    .containsEntry("idp:refusing", "pending");
            assertThat(outcomes(api.delete("/sessions/" + unheard.sessionId() + "?report=true")))
                    .containsEntry("idp:absent", "pending");

            await(() -> logged("FAILED", "idp:refusing", refused.sessionId())
                    && logged("FAILED", "idp:absent", unheard.sessionId()));
            assertThat(upstream.requests()).hasSize(3);
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Tokens signInThrough(String alias, String logoutUrl) {
        Realm partner = Testbed.realm("backchannel-" + alias);
        partner.user("sybil-" + alias, "sybil-password");
        realm.identityProvider(alias, partner, Map.of("logoutUrl", logoutUrl, "backchannelSupported", "true"));
        return new Browser(Browser.DESKTOP, "203.0.113.45")
                .signIn(
                        realm.client("through-" + alias),
                        SignIn.as("sybil-" + alias, "sybil-password").through(alias));
    }

    @Test
    @DisplayName("a SAML application without a logout URL cannot be told, at once; one that answers with an error has"
            + " failed")
    void samlWithoutAddress() {
        realm.user("victor", "victor-password");
        try (Receiver broken = Receiver.answering(500)) {
            samlClient("books", Map.of());
            samlClient("stock", Map.of("saml_single_logout_service_url_post", broken.url()));
            Browser browser = new Browser(Browser.DESKTOP, "203.0.113.46");
            App portal = realm.client("saml-portal");
            Tokens tokens = browser.signIn(portal, SignIn.as("victor", "victor-password"));
            for (String client : List.of("books", "stock")) {
                URI start = URI.create(Testbed.server().url() + "/realms/backchannel/protocol/saml/clients/" + client);
                assertThat(browser.page(start, portal)).contains("SAMLResponse");
            }

            assertThat(outcomes(api.delete("/sessions/" + tokens.sessionId() + "?report=true")))
                    .containsEntry("books", "cannot_tell")
                    .containsEntry("stock", "pending");

            await(() -> logged("FAILED", "stock", tokens.sessionId()));
            assertThat(broken.requests()).hasSize(3);
            assertThat(logged("FAILED", "books", tokens.sessionId())).isFalse();
        }
    }

    private static void samlClient(String clientId, Map<String, String> attributes) {
        Map<String, String> all = new TreeMap<>(attributes);
        all.put("saml_assertion_consumer_url_post", "https://" + clientId + ".example/acs");
        all.put("saml_idp_initiated_sso_url_name", clientId);
        all.put("saml.client.signature", "false");
        App unused = realm.client(
                clientId,
                Map.of(
                        "protocol",
                        "saml",
                        "frontchannelLogout",
                        false,
                        "redirectUris",
                        List.of("https://" + clientId + ".example/*"),
                        "attributes",
                        all));
    }

    @Test
    @DisplayName("every application that a list shows has an outcome: also one that is switched off, and one whose part"
            + " expired")
    void everyApplication() {
        realm.user("walter", "walter-password");
        App archive = realm.toldAt(healthy.url(), "archive");
        App kiosk = realm.toldAt(healthy.url(), "kiosk");
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.47");
        Tokens tokens = browser.signIn(wiki, SignIn.as("walter", "walter-password"));
        assertThat(browser.visit(archive)).isPresent();
        Tokens expiring = browser.visit(kiosk).orElseThrow();
        realm.clientAttribute("kiosk", "client.session.max.lifespan", "1");
        await(() -> new Backend(kiosk).access(expiring).refreshStatus() == 400);
        ObjectNode off = (ObjectNode) realm.admin().get(realm.path("/clients/" + realm.clientUuid("archive")));
        realm.admin().put(realm.path("/clients/" + realm.clientUuid("archive")), off.put("enabled", false));
        List<String> listed = new ArrayList<>();
        api.get("/sessions/" + tokens.sessionId())
                .json()
                .get("clients")
                .forEach(client -> listed.add(client.get("client_id").asText()));
        assertThat(listed).contains("wiki", "archive");

        Map<String, String> outcomes = outcomes(api.delete("/sessions/" + tokens.sessionId() + "?report=true"));

        assertThat(outcomes).containsOnlyKeys(listed).containsEntry("archive", "cannot_tell");
        assertThat(told(healthy, tokens.sessionId()))
                .noneMatch(claims -> claims.get("aud").asText().equals("archive"));
    }

    @Test
    @DisplayName(
            "eight applications that answer a byte at a time hold up neither another application nor another realm")
    void trickling() {
        try (Receiver slow = Receiver.trickling()) {
            SignIn grace = SignIn.as("grace", "grace-password");
            String id = realm.user("grace", "grace-password");
            List<App> trickles = IntStream.range(0, 8)
                    .mapToObj(i -> realm.toldAt(slow.url(), "trickle" + i))
                    .toList();
            // Four messages to each: as many as one party has threads.
            for (int i = 0; i < 4; i++) {
                Browser browser = new Browser(Browser.DESKTOP, "203.0.113.48");
                Tokens unused = browser.signIn(trickles.get(0), grace);
                trickles.stream().skip(1).forEach(app -> assertThat(browser.visit(app))
                        .isPresent());
            }
            Realm other = Testbed.realm("backchannel-other");
            other.user("heidi", "heidi-password");
            App news = other.toldAt(healthy.url(), "news");
            Tokens elsewhere =
                    new Browser(Browser.DESKTOP, "203.0.113.49").signIn(news, SignIn.as("heidi", "heidi-password"));
            Tokens here = new Browser(Browser.DESKTOP, "203.0.113.49").signIn(wiki, ERIN);

            assertThat(api.delete("/users/" + id).status()).isEqualTo(204);
            Http otherApi = Http.ngrok(
                    Testbed.server().url(),
                    "backchannel-other",
                    other.program("siem").apiKey());
            assertThat(otherApi.delete("/sessions/" + elsewhere.sessionId()).status())
                    .isEqualTo(204);
            assertThat(api.delete("/sessions/" + here.sessionId()).status()).isEqualTo(204);

            // The slow ones go on until this test is over.
            await(() -> logged("CONFIRMED", "backchannel-other", "news", elsewhere.sessionId())
                    && logged("CONFIRMED", "wiki", here.sessionId()));
        }
    }

    private static Map<String, String> outcomes(Http.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        Map<String, String> outcomes = new TreeMap<>();
        answer.json()
                .at("/sessions/0/applications")
                .forEach(application -> outcomes.put(
                        application.get("party").asText(),
                        application.get("status").asText()));
        return outcomes;
    }

    private static boolean logged(String outcome, String client, String sid) {
        return logged(outcome, "backchannel", client, sid);
    }

    private static boolean logged(String outcome, String realmName, String party, String sid) {
        return Testbed.server()
                .log()
                .contains("BACKCHANNEL_LOGOUT outcome=" + outcome + " realm=\"" + realmName + "\" party=\"" + party
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
