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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Applications are told; one that hangs or fails holds nobody up. */
class BackchannelLogoutIT {

    private static final SignIn ERIN = SignIn.as("erin", "erin-password");

    /** Keycloak's HTTP client gives up after five seconds; a call that waited for it would take at least that. */
    private static final Duration NOT_HELD_UP = Duration.ofSeconds(2);

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
        wiki = application("wiki", healthy);
        shop = application("shop", failing);
        chat = application("chat", hanging);
        App siem = realm.client("siem");
        realm.grantManagement(realm.serviceAccount(siem), "view-users", "manage-users", "view-clients");
        api = Http.ngrok(Testbed.server().url(), "backchannel", siem.apiKey());
    }

    private static App application(String name, Receiver receiver) {
        return realm.client(
                name,
                Map.of(
                        "frontchannelLogout",
                        false,
                        "attributes",
                        Map.of(
                                "backchannel.logout.url",
                                receiver.url(),
                                "backchannel.logout.session.required",
                                "true")));
    }

    @AfterAll
    static void stop() {
        healthy.close();
        failing.close();
        hanging.close();
    }

    @Test
    @DisplayName("a hanging and a failing application cost the caller nothing; the healthy one is told which session")
    void threeApplications() throws IOException {
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.40");
        Tokens tokens = browser.signIn(wiki, ERIN);
        assertThat(browser.visit(shop)).isPresent();
        assertThat(browser.visit(chat)).isPresent();
        int before = healthy.tokens().size();

        Instant start = Instant.now();
        assertThat(api.delete("/users/" + erin).status()).isEqualTo(204);
        assertThat(Duration.between(start, Instant.now())).isLessThan(NOT_HELD_UP);

        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        await(() -> healthy.tokens().size() > before);
        JsonNode logout = claims(healthy.tokens().get(before));
        assertThat(logout.get("sid").asText()).isEqualTo(tokens.sessionId());
        assertThat(logout.get("sub").asText()).isEqualTo(erin);
        assertThat(logout.get("aud").asText()).isEqualTo("wiki");
        assertThat(logout.get("iss").asText()).isEqualTo(Testbed.server().url() + "/realms/backchannel");

        String applications = realm.adminEvents("USER_SESSION")
                .get(0)
                .at("/details/applications")
                .asText();
        assertThat(applications).contains("wiki=confirmed", "chat=pending");
        assertThat(applications).containsAnyOf("shop=pending", "shop=failed");
        String sid = tokens.sessionId();
        await(() -> logged("CONFIRMED", "wiki", sid) && logged("FAILED", "shop", sid) && logged("FAILED", "chat", sid));
        // Three attempts, no more.
        assertThat(failing.tokens()).hasSize(3);
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
                .contains("BACKCHANNEL_LOGOUT outcome=" + outcome + " party=\"" + client + "\" session=" + sid);
    }

    private static JsonNode claims(String token) throws IOException {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
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
