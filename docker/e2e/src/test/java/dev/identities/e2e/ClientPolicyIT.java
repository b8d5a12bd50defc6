package dev.identities.e2e;

import static dev.identities.e2e.SessionManagementIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.ClientPolicy;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The realm's client policies judge the callers of PingFederate's API. */
class ClientPolicyIT {

    private static final Map<String, String> ALLOWED = Map.of(
            "identities.session-management-api", "true",
            "identities.session-revocation-api", "true");

    private static Realm realm;
    private static App wiki;
    private static String issuer;
    private static KeyPair key;
    private static Http withSecret;
    private static Http withKey;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("policies");
        wiki = realm.client("wiki");
        realm.user("grace", "grace-password");
        issuer = Testbed.server().url() + "/realms/policies";
        key = ClientAssertion.newKey();
        App secret = realm.client("desk-secret", Map.of("attributes", ALLOWED));
        Map<String, String> attributes = new HashMap<>(ALLOWED);
        attributes.put("use.jwks.string", "true");
        attributes.put("jwks.string", ClientAssertion.jwks(key));
        realm.client("desk-key", Map.of("clientAuthenticatorType", "client-jwt", "attributes", attributes));
        withKey = Http.at(Testbed.server().url(), "policies", "/pf-ws/rest/sessionMgmt")
                .with("X-XSRF-Header", "x");
        withSecret = withKey.with("Authorization", Http.basic(secret.clientId(), secret.secret()));
    }

    @BeforeEach
    void nothingHappened() {
        realm.clearEvents();
    }

    @AfterEach
    void noPolicies() {
        realm.noClientPolicies();
    }

    /** A policy for the callers of our API, and for nobody else. */
    private static void require(String executor, Map<String, ?> configuration) {
        realm.clientPolicy(ClientPolicy.forClientsWith("identities.session-management-api", executor, configuration));
    }

    private static Tokens signIn() {
        return new Browser(Browser.DESKTOP, "203.0.113.91").signIn(wiki, SignIn.as("grace", "grace-password"));
    }

    /** Each assertion works once. */
    private static String asserted(String path) {
        return path + (path.contains("?") ? "&" : "?") + Http.query(ClientAssertion.withKey("desk-key", key, issuer));
    }

    private static void keyPasses() {
        Tokens tokens = signIn();
        String session = "/sessions/" + tokens.sessionId();
        Http.Answer seen = withKey.get(asserted(session));
        assertThat(seen.status()).as(seen.body()).isEqualTo(200);
        assertThat(withKey.get(asserted("/users?user_key=grace")).status()).isEqualTo(200);
        assertThat(withKey.post(session + "/extend", ClientAssertion.withKey("desk-key", key, issuer))
                        .status())
                .isEqualTo(200);
        assertThat(withKey.postJson(asserted("/revokedSris"), "{\"id\":\"abc123\"}")
                        .status())
                .isEqualTo(201);
        assertThat(withKey.get(asserted("/revokedSris/abc123")).status()).isEqualTo(200);
        String id = seen.json().at("/authnSessions/0/id").asText();
        assertThat(withKey.delete(asserted(session + "/authnSessions/" + id)).status())
                .isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("secure-client-authenticator: a client by secret is refused on every call, one by private key passes")
    void authenticator() {
        Tokens tokens = signIn();
        String session = "/sessions/" + tokens.sessionId();
        String id = withSecret.get(session).json().at("/authnSessions/0/id").asText();
        require("secure-client-authenticator", Map.of("allowed-client-authenticators", List.of("client-jwt")));

        for (Http.Answer refused : List.of(
                withSecret.get(session),
                withSecret.get("/users/grace"),
                withSecret.get("/revokedSris/abc"),
                withSecret.post(session + "/extend"),
                withSecret.post(session + "/revoke"),
                withSecret.post("/users/grace/revoke"),
                withSecret.postJson("/revokedSris", "{\"id\":\"" + tokens.sessionId() + "\"}"),
                withSecret.delete(session + "/authnSessions/" + id),
                withSecret.send("HEAD", session, HttpRequest.BodyPublishers.noBody()))) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            if (!refused.body().isEmpty()) {
                assertError(refused, 403, "access_denied");
                assertThat(refused.json().get("message").asText()).contains("client policy");
            }
        }
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        List<JsonNode> events = realm.events("CLIENT_LOGIN_ERROR");
        assertThat(events).hasSize(9);
        JsonNode event = events.get(0);
        assertThat(event.get("clientId").asText()).isEqualTo("desk-secret");
        assertThat(event.get("error").asText()).isNotBlank();
        assertThat(event.at("/details/reason").asText()).isEqualTo("client_policy_error");
        assertThat(event.at("/details/client_policy_error_detail").asText()).isNotBlank();
        keyPasses();

        noPolicies();
        assertThat(withSecret.get(session).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("executors that read the assertion find it in the query as well as in the form")
    void assertions() {
        require("secure-client-authentication-assertion", Map.of());
        keyPasses();
        assertThat(realm.events("CLIENT_LOGIN_ERROR")).isEmpty();

        // FAPI wants PS256 or ES256; ours are RS256.
        require("secure-signature-algorithm-signed-jwt", Map.of("require-client-assertion", true));
        Tokens tokens = signIn();
        for (Http.Answer refused : List.of(
                withKey.get(asserted("/sessions/" + tokens.sessionId())),
                withKey.post(asserted("/sessions/" + tokens.sessionId() + "/revoke")),
                withKey.post(
                        "/sessions/" + tokens.sessionId() + "/revoke",
                        ClientAssertion.withKey("desk-key", key, issuer)),
                withSecret.post("/sessions/" + tokens.sessionId() + "/revoke"))) {
            assertError(refused, 403, "access_denied");
        }
        assertThat(realm.events("CLIENT_LOGIN_ERROR"))
                .extracting(
                        event -> event.at("/details/client_policy_error_detail").asText())
                .containsExactly(
                        "client assertion is required.",
                        "not allowed signature algorithm.",
                        "not allowed signature algorithm.",
                        "not allowed signature algorithm.");
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    @Test
    @DisplayName("holder-of-key-enforcer has no token to judge here, and refuses nobody")
    void holderOfKey() {
        require("holder-of-key-enforcer", Map.of("auto-configure", false));
        Tokens tokens = signIn();

        assertThat(withSecret.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(200);
        keyPasses();
        assertThat(withSecret
                        .post("/sessions/" + tokens.sessionId() + "/revoke")
                        .status())
                .isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("dpop-bind-enforcer: a change needs a proof of possession for this very call, reading does not")
    void dpop() {
        require("dpop-bind-enforcer", Map.of("auto-configure", false));
        DpopProof proof = new DpopProof();
        Tokens tokens = signIn();
        String session = "/sessions/" + tokens.sessionId();
        Http.Answer seen = withSecret.get(session);
        assertThat(seen.status()).as(seen.body()).isEqualTo(200);
        assertThat(withSecret.get("/users/grace").status()).isEqualTo(200);
        assertThat(withSecret.get("/revokedSris/" + tokens.sessionId()).status())
                .isEqualTo(404);
        String source = session + "/authnSessions/"
                + seen.json().at("/authnSessions/0/id").asText();
        String listing = "{\"id\":\"" + tokens.sessionId() + "\"}";
        String otherCall = proof.of("POST", uri(session + "/extend"));

        for (Http.Answer refused : List.of(
                withSecret.post(session + "/extend"),
                withSecret.post(session + "/revoke"),
                withSecret.post("/users/grace/revoke"),
                withSecret.postJson("/revokedSris", listing),
                withSecret.delete(source),
                withSecret.with("DPoP", otherCall).post(session + "/revoke"),
                withSecret.with("DPoP", otherCall).delete(source),
                withSecret.with("DPoP", "x").post(session + "/revoke"))) {
            assertError(refused, 403, "access_denied");
            assertThat(refused.json().get("message").asText()).contains("client policy");
        }
        assertThat(realm.events("CLIENT_LOGIN_ERROR")).hasSize(8).allSatisfy(event -> assertThat(
                        event.at("/details/client_policy_error").asText())
                .isEqualTo("invalid_dpop_proof"));
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();

        assertThat(withSecret
                        .with("DPoP", proof.of("POST", uri(session + "/extend")))
                        .post(session + "/extend")
                        .status())
                .isEqualTo(200);
        assertThat(withSecret
                        .with("DPoP", proof.of("DELETE", uri(source)))
                        .delete(source)
                        .status())
                .isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(withSecret
                        .with("DPoP", proof.of("POST", uri("/revokedSris")))
                        .postJson("/revokedSris", listing)
                        .status())
                .isEqualTo(201);
    }

    private static URI uri(String path) {
        return URI.create(withSecret.base() + path);
    }

    @Test
    @DisplayName("an executor that denies everything to a client denies it this API")
    void rejectEverything() {
        Tokens tokens = signIn();
        require("reject-request", Map.of());

        assertError(withSecret.get("/sessions/" + tokens.sessionId()), 403, "access_denied");
        assertError(withSecret.post("/sessions/" + tokens.sessionId() + "/revoke"), 403, "access_denied");
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }
}
