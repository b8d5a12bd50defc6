package dev.identities.e2e;

import static dev.identities.e2e.NgrokContractIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Certificates;
import dev.identities.testbed.ClientPolicy;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An API key is a client authentication: where the realm refuses that one, the key is refused as well. */
class ApiKeyIT {

    private static final SignIn RUTH = SignIn.as("ruth", "ruth-password");

    /** Applies to the clients with this attribute, and to no others. */
    private static final String GUARDED = "guarded";

    private static Realm realm;
    private static App wiki;
    private static String ruth;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("apikeys");
        wiki = realm.client("wiki");
        ruth = realm.user("ruth", "ruth-password");
    }

    private static Http as(String key) {
        return Http.ngrok(Testbed.server().url(), "apikeys", key);
    }

    private static Tokens signIn() {
        return new Browser(Browser.DESKTOP, "203.0.113.61").signIn(wiki, RUTH);
    }

    private static void assertAlive(Tokens tokens) {
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    private static void assertLost(Tokens tokens) {
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    /** Refused in every call, and nothing is ended. */
    private static void assertRefused(Http api, Tokens tokens) {
        for (Http.Answer refused : List.of(
                api.get("/users"),
                api.get("/sessions/" + tokens.sessionId()),
                api.delete("/sessions/" + tokens.sessionId()),
                api.delete("/users/" + ruth))) {
            assertError(refused, 403, "ERR_NGROK_207");
        }
        assertAlive(tokens);
    }

    private static int tokenStatus(App client) {
        return Http.at(Testbed.server().url(), "apikeys", "/protocol/openid-connect")
                .with("Authorization", Http.basic(client.clientId(), client.secret()))
                .post("/token", Map.of("grant_type", "client_credentials"))
                .status();
    }

    private static void policy(String executor, Map<String, ?> configuration) {
        realm.clientPolicy(ClientPolicy.forClientsWith(GUARDED, executor, configuration));
    }

    @Test
    @DisplayName("a client policy that allows only client-jwt refuses the key as it refuses the secret")
    void policyOnAuthenticators() {
        App guarded = realm.program("guarded");
        realm.clientAttribute("guarded", GUARDED, "true");
        App other = realm.program("unguarded");
        Tokens tokens = signIn();
        assertThat(as(guarded.apiKey()).get("/users").status()).isEqualTo(200);
        policy("secure-client-authenticator", Map.of("allowed-client-authenticators", List.of("client-jwt")));
        try {
            assertThat(tokenStatus(guarded)).isEqualTo(400);
            realm.clearEvents();

            assertRefused(as(guarded.apiKey()), tokens);

            assertThat(realm.events("CLIENT_LOGIN_ERROR")).hasSize(4).allSatisfy(event -> {
                assertThat(event.get("clientId").asText()).isEqualTo("guarded");
                assertThat(event.at("/details/reason").asText()).isEqualTo("client_policy_error");
            });
            assertThat(as(other.apiKey()).get("/users").status()).isEqualTo(200);
        } finally {
            realm.noClientPolicies();
        }
        assertThat(as(guarded.apiKey())
                        .delete("/sessions/" + tokens.sessionId())
                        .status())
                .isEqualTo(204);
        assertLost(tokens);
    }

    @Test
    @DisplayName("a policy on tokens that are bound to a certificate refuses the key without one")
    void policyOnHolderOfKey() {
        App guarded = realm.program("held");
        realm.clientAttribute("held", GUARDED, "true");
        Tokens tokens = signIn();
        policy("holder-of-key-enforcer", Map.of("auto-configure", false));
        try {
            assertThat(tokenStatus(guarded)).isEqualTo(400);
            assertRefused(as(guarded.apiKey()), tokens);
        } finally {
            realm.noClientPolicies();
        }
    }

    @Test
    @DisplayName("the key of a client with DPoP-bound tokens is worth nothing without a proof for this very call")
    void dpopBound() {
        App bound = realm.program("dpop-bound");
        Tokens tokens = signIn();
        assertThat(as(bound.apiKey()).get("/users").status()).isEqualTo(200);
        realm.clientAttribute("dpop-bound", "dpop.bound.access.tokens", "true");
        assertThat(tokenStatus(bound)).isEqualTo(400);

        Http api = as(bound.apiKey());
        assertRefused(api, tokens);
        DpopProof proof = new DpopProof();
        String session = "/sessions/" + tokens.sessionId();
        URI uri = URI.create(api.base() + session);
        String ofAnotherCall = proof.of("GET", uri);
        assertError(api.with("DPoP", ofAnotherCall).delete(session), 403, "ERR_NGROK_207");
        assertError(api.with("DPoP", "x").delete(session), 403, "ERR_NGROK_207");
        for (String key : DpopProof.MALFORMED_KEYS) {
            assertError(api.with("DPoP", proof.withKey(key, "DELETE", uri)).delete(session), 403, "ERR_NGROK_207");
        }
        assertAlive(tokens);

        assertThat(api.with("DPoP", proof.of("DELETE", uri)).delete(session).status())
                .isEqualTo(204);
        assertLost(tokens);
    }

    @Test
    @DisplayName("the key of a client with certificate-bound tokens is worth nothing without a certificate")
    void certificateBound() {
        App bound = realm.program("tls-bound");
        Tokens tokens = signIn();
        assertThat(as(bound.apiKey()).get("/users").status()).isEqualTo(200);
        realm.clientAttribute("tls-bound", "tls.client.certificate.bound.access.tokens", "true");
        assertThat(tokenStatus(bound)).isEqualTo(400);

        Http api = as(bound.apiKey());
        assertRefused(api, tokens);
        Certificates certificates = Testbed.server().certificates();
        URI https = Testbed.server().httpsUrl();
        assertRefused(
                api.through(
                        HttpClient.newBuilder()
                                .sslContext(certificates.trusting())
                                .build(),
                        https),
                tokens);

        Http withCertificate = api.through(
                HttpClient.newBuilder()
                        .sslContext(certificates.presenting(certificates.client("siem", "CN=siem,O=Acme")))
                        .build(),
                https);
        assertThat(withCertificate.delete("/sessions/" + tokens.sessionId()).status())
                .isEqualTo(204);
        assertLost(tokens);
    }

    @Test
    @DisplayName("a public client, a bearer-only one, an unknown one and a wrong secret read alike")
    void nothingToldApart() {
        realm.client("spa", Map.of("publicClient", true, "serviceAccountsEnabled", false));
        realm.client("service", Map.of("bearerOnly", true, "serviceAccountsEnabled", false));
        realm.client("confidential");
        String wrong = words("confidential:anything");
        for (String key : List.of("spa:anything", "spa:", "service:anything", "nobody:anything")) {
            assertThat(words(key)).as(key).isEqualTo(wrong);
        }
    }

    /** The refusal of a key, without what names the call. */
    private static String words(String key) {
        Http.Answer answer = as(base64(key)).get("/users");
        assertError(answer, 403, "ERR_NGROK_203");
        ObjectNode body = (ObjectNode) answer.json();
        body.remove("details");
        return body.toString();
    }

    @Test
    @DisplayName("a key of the wrong form gets words about the form, the same whether its secret is right or not")
    void form() {
        realm.grantManagement(realm.serviceAccount(realm.client("plain")), "view-users");
        App odd = realm.client(
                "odd:id",
                Map.of(
                        "secret",
                        "a+b%41:c",
                        "rootUrl",
                        "https://odd.example",
                        "redirectUris",
                        List.of("https://odd.example/*")));
        realm.grantManagement(realm.serviceAccount(odd), "view-users");
        assertThat(as(base64("plain:plain-secret")).get("/users").status()).isEqualTo(200);
        assertThat(as(base64("odd%3Aid:a%2Bb%2541%3Ac")).get("/users").status()).isEqualTo(200);

        for (String secret : List.of("plain-secret", "wrong-secret")) {
            assertThat(message(base64("plain:" + secret + "\n"), "ERR_NGROK_202"))
                    .contains("line break");
            assertThat(message(base64("plain:" + secret + "%"), "ERR_NGROK_202"))
                    .contains("%25");
        }
        String raw = message(base64("odd:id:a+b%41:c"), "ERR_NGROK_203");
        assertThat(raw).contains("URL-encoded").contains("%2B").contains("%25").contains("%3A");
        for (String other : List.of("odd%3Aid:a+b%2541:c", "odd%3Aid:wrong+secret", "nobody:a%20b", "x:y:z")) {
            assertThat(message(base64(other), "ERR_NGROK_203")).isEqualTo(raw);
        }
        assertThat(message(base64("plain:wrong-secret"), "ERR_NGROK_203")).isNotEqualTo(raw);
        assertThat(Testbed.server().log()).doesNotContain("Unexpected error when authenticating client");
    }

    private static String message(String key, String code) {
        Http.Answer answer = as(key).get("/users");
        assertError(answer, 403, code);
        assertThat(answer.body()).doesNotContain(key);
        return answer.json().get("msg").asText();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
