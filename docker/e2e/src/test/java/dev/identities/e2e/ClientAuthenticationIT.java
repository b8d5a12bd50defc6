package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Certificates;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An OAuth client reaches the session management API by the method that is configured for it, and by no other. */
class ClientAuthenticationIT {

    private static final Map<String, String> ALLOWED = Map.of(
            "identities.session-management-api", "true",
            "identities.session-revocation-api", "true");
    private static final SignIn FRANK = SignIn.as("frank", "frank-password");

    private static Realm realm;
    private static App wiki;
    private static String issuer;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("clients");
        wiki = realm.client("wiki");
        realm.user("frank", "frank-password");
        issuer = Testbed.server().url() + "/realms/clients";
    }

    private static Http api() {
        return Http.at(Testbed.server().url(), "clients", "/pf-ws/rest/sessionMgmt");
    }

    /** A GET sees the session, a POST ends it. */
    private static void works(Supplier<Http.Answer> get, Supplier<Http.Answer> revoke) {
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.70").signIn(wiki, FRANK);

        Http.Answer seen = get.get();
        assertThat(seen.status()).as(seen.body()).isEqualTo(200);
        assertThat(seen.json().get("sri").asText()).isEqualTo(tokens.sessionId());
        Http.Answer revoked = revoke.get();
        assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);
        assertThat(revoked.body()).isEmpty();

        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @Tag("container-smoke")
    @DisplayName("client_secret_basic")
    void secretBasic() {
        App desk = realm.client("desk-basic", Map.of("attributes", ALLOWED));
        Http api = Http.ping(Testbed.server().url(), "clients", desk.clientId(), desk.secret());

        works(() -> api.get("/users/frank"), () -> api.post("/users/frank/revoke"));
    }

    @Test
    @DisplayName("client_secret_post; a GET has no form, and a secret in its query is refused")
    void secretPost() {
        App desk = realm.client("desk-post", Map.of("attributes", ALLOWED));
        Map<String, String> form = Map.of("client_id", desk.clientId(), "client_secret", desk.secret());
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.70").signIn(wiki, FRANK);

        assertUnauthorized(api().get("/users/frank?" + Http.query(form)));
        assertUnauthorized(
                api().post("/users/frank/revoke", Map.of("client_id", desk.clientId(), "client_secret", "wrong")));
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        assertThat(api().post("/users/frank/revoke", form).status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("client_secret_jwt: in the form of a POST, in the query of a GET; each assertion once")
    void secretJwt() {
        String secret = "a-secret-of-more-than-thirty-two-bytes";
        realm.client(
                "desk-secret-jwt",
                Map.of("clientAuthenticatorType", "client-secret-jwt", "secret", secret, "attributes", ALLOWED));
        Supplier<Map<String, String>> assertion = () -> ClientAssertion.withSecret("desk-secret-jwt", secret, issuer);

        works(() -> api().get("/users/frank?" + Http.query(assertion.get())), () -> api().post(
                        "/users/frank/revoke", assertion.get()));
        Map<String, String> once = assertion.get();
        assertThat(api().get("/users/frank?" + Http.query(once)).status()).isEqualTo(200);
        assertUnauthorized(api().get("/users/frank?" + Http.query(once)));
        assertUnauthorized(api().get("/users/frank?"
                + Http.query(
                        ClientAssertion.withSecret("desk-secret-jwt", "another-secret-of-thirty-two-bytes", issuer))));
    }

    @Test
    @DisplayName("private_key_jwt: in the form of a POST, in the query of a GET")
    void privateKeyJwt() {
        KeyPair key = ClientAssertion.newKey();
        Map<String, String> attributes = new LinkedHashMap<>(ALLOWED);
        attributes.put("use.jwks.string", "true");
        attributes.put("jwks.string", ClientAssertion.jwks(key));
        realm.client("desk-key-jwt", Map.of("clientAuthenticatorType", "client-jwt", "attributes", attributes));
        Supplier<Map<String, String>> assertion = () -> ClientAssertion.withKey("desk-key-jwt", key, issuer);

        works(() -> api().get("/users/frank?" + Http.query(assertion.get())), () -> api().post(
                        "/users/frank/revoke", assertion.get()));
        assertUnauthorized(api().get("/users/frank?"
                + Http.query(ClientAssertion.withKey("desk-key-jwt", ClientAssertion.newKey(), issuer))));
    }

    @Test
    @DisplayName("tls_client_auth over https, with client_id in the query of a GET and in the form of a POST")
    void mutualTls() {
        Map<String, String> attributes = new LinkedHashMap<>(ALLOWED);
        attributes.put("x509.subjectdn", "CN=desk,O=Acme");
        attributes.put("x509.allow.regex.pattern.comparison", "false");
        realm.client("desk-tls", Map.of("clientAuthenticatorType", "client-x509", "attributes", attributes));
        Certificates certificates = Testbed.server().certificates();
        URI https = Testbed.server().httpsUrl();
        Http desk = api().through(
                        HttpClient.newBuilder()
                                .sslContext(certificates.presenting(certificates.client("desk", "CN=desk,O=Acme")))
                                .build(),
                        https);
        Http stranger = api().through(
                        HttpClient.newBuilder()
                                .sslContext(
                                        certificates.presenting(certificates.client("stranger", "CN=stranger,O=Acme")))
                                .build(),
                        https);
        Http nobody = api().through(
                        HttpClient.newBuilder()
                                .sslContext(certificates.trusting())
                                .build(),
                        https);

        works(
                () -> desk.get("/users/frank?client_id=desk-tls"),
                () -> desk.post("/users/frank/revoke", Map.of("client_id", "desk-tls")));
        for (Http other : new Http[] {stranger, nobody}) {
            assertUnauthorized(other.get("/users/frank?client_id=desk-tls"));
            assertUnauthorized(other.post("/users/frank/revoke", Map.of("client_id", "desk-tls")));
        }
    }

    @Test
    @DisplayName("only the configured method counts")
    void otherMethod() {
        realm.client(
                "desk-strict",
                Map.of("clientAuthenticatorType", "client-jwt", "secret", "desk-strict-secret", "attributes", ALLOWED));
        assertUnauthorized(Http.ping(Testbed.server().url(), "clients", "desk-strict", "desk-strict-secret")
                .get("/users/frank"));
    }

    @Test
    @DisplayName("no credential, a wrong one, a bearer token: 401 that says what is expected; nothing is told apart")
    void refused() {
        realm.client("desk", Map.of("attributes", ALLOWED));
        Http.Answer none = api().get("/users/frank");
        Http.Answer wrong =
                Http.ping(Testbed.server().url(), "clients", "desk", "wrong").get("/users/frank");
        Http.Answer unknown =
                Http.ping(Testbed.server().url(), "clients", "nobody", "wrong").get("/users/frank");
        assertUnauthorized(none);
        assertUnauthorized(wrong);
        assertThat(unknown.body()).isEqualTo(wrong.body()).isEqualTo(none.body());

        Tokens token = new Backend(realm.client("service")).clientCredentials();
        Http.Answer bearer =
                api().with("Authorization", "Bearer " + token.accessToken()).get("/users/frank");
        assertUnauthorized(bearer);
        assertThat(bearer.json().get("message").asText())
                .contains("bearer token")
                .contains("client authenticates");
        assertThat(bearer.body()).doesNotContain(token.accessToken());
    }

    @Test
    @DisplayName("a client without the switch is 403; a public client is refused")
    void switchedOff() {
        App plain = realm.client("plain");
        Http.Answer answer = Http.ping(Testbed.server().url(), "clients", "plain", plain.secret())
                .get("/users/frank");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("message").asText()).contains("identities.session-management-api");

        realm.client("public", Map.of("publicClient", true, "serviceAccountsEnabled", false, "attributes", ALLOWED));
        assertUnauthorized(
                Http.ping(Testbed.server().url(), "clients", "public", "").get("/users/frank"));
        assertUnauthorized(api().post("/users/frank/revoke", Map.of("client_id", "public")));
        realm.client("off", Map.of("enabled", false, "attributes", ALLOWED));
        assertUnauthorized(Http.ping(Testbed.server().url(), "clients", "off", "off-secret")
                .get("/users/frank"));
    }

    /** A call with the caller's credential in it. */
    private interface Caller {
        Http.Answer call(String method, String path, String json);
    }

    /** Every call by SRI and of the revocation list; a body, where there is one, is JSON. */
    private static void everyCall(Caller caller, Caller stranger) {
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.70").signIn(wiki, FRANK);
        String session = "/sessions/" + tokens.sessionId();
        String body = "{\"id\":\"" + tokens.sessionId() + "\"}";
        String id = answered(200, caller.call("GET", session, ""))
                .json()
                .at("/authnSessions/0/id")
                .asText();

        assertUnauthorized(stranger.call("GET", session, ""));
        assertUnauthorized(stranger.call("POST", session + "/extend", ""));
        assertUnauthorized(stranger.call("POST", session + "/revoke", ""));
        assertUnauthorized(stranger.call("DELETE", session + "/authnSessions/" + id, ""));
        assertUnauthorized(stranger.call("POST", "/revokedSris", body));
        assertUnauthorized(stranger.call("GET", "/revokedSris/" + tokens.sessionId(), ""));
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();

        answered(200, caller.call("POST", session + "/extend", ""));
        answered(404, caller.call("GET", "/revokedSris/" + tokens.sessionId(), ""));
        answered(200, caller.call("DELETE", session + "/authnSessions/" + id, ""));
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        answered(200, caller.call("GET", "/revokedSris/" + tokens.sessionId(), ""));
        Tokens next = new Browser(Browser.DESKTOP, "203.0.113.70").signIn(wiki, FRANK);
        answered(200, caller.call("POST", "/sessions/" + next.sessionId() + "/revoke", ""));
        assertThat(new Backend(wiki).access(next).lost()).isTrue();
        Tokens last = new Browser(Browser.DESKTOP, "203.0.113.70").signIn(wiki, FRANK);
        answered(201, caller.call("POST", "/revokedSris", "{\"id\":\"" + last.sessionId() + "\"}"));
        assertThat(new Backend(wiki).access(last).lost()).isTrue();
    }

    private static Http.Answer answered(int status, Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private static Caller header(Http api) {
        return (method, path, json) -> call(api, method, path, json);
    }

    private static Caller query(Http api, Supplier<Map<String, String>> credential) {
        return (method, path, json) -> call(api, method, path + "?" + Http.query(credential.get()), json);
    }

    private static Http.Answer call(Http api, String method, String path, String json) {
        Http careful = api.with("X-XSRF-Header", "x");
        return json.isEmpty()
                ? careful.send(method, path, HttpRequest.BodyPublishers.noBody())
                : careful.postJson(path, json);
    }

    private static Http over(HttpClient client) {
        return api().through(client, Testbed.server().httpsUrl());
    }

    @Test
    @DisplayName("by SRI and on the revocation list, client_secret_basic: GET, POST, DELETE and a body of JSON")
    void everyCallBySecretBasic() {
        App desk = realm.client("all-basic", Map.of("attributes", ALLOWED));

        everyCall(
                header(Http.ping(Testbed.server().url(), "clients", desk.clientId(), desk.secret())),
                header(Http.ping(Testbed.server().url(), "clients", desk.clientId(), "wrong")));
    }

    @Test
    @DisplayName("by SRI and on the revocation list, both kinds of JWT: in the query, with any method and body")
    void everyCallByJwt() {
        String secret = "a-secret-of-more-than-thirty-two-bytes";
        realm.client(
                "all-secret-jwt",
                Map.of("clientAuthenticatorType", "client-secret-jwt", "secret", secret, "attributes", ALLOWED));
        everyCall(
                query(api(), () -> ClientAssertion.withSecret("all-secret-jwt", secret, issuer)),
                query(api(), () -> ClientAssertion.withSecret("all-secret-jwt", secret + "!", issuer)));

        KeyPair key = ClientAssertion.newKey();
        KeyPair other = ClientAssertion.newKey();
        Map<String, String> attributes = new LinkedHashMap<>(ALLOWED);
        attributes.put("use.jwks.string", "true");
        attributes.put("jwks.string", ClientAssertion.jwks(key));
        realm.client("all-key-jwt", Map.of("clientAuthenticatorType", "client-jwt", "attributes", attributes));
        everyCall(
                query(api(), () -> ClientAssertion.withKey("all-key-jwt", key, issuer)),
                query(api(), () -> ClientAssertion.withKey("all-key-jwt", other, issuer)));
    }

    @Test
    @DisplayName("by SRI and on the revocation list, tls_client_auth: client_id in the query, with any method and body")
    void everyCallByCertificate() {
        Map<String, String> attributes = new LinkedHashMap<>(ALLOWED);
        attributes.put("x509.subjectdn", "CN=all,O=Acme");
        attributes.put("x509.allow.regex.pattern.comparison", "false");
        realm.client("all-tls", Map.of("clientAuthenticatorType", "client-x509", "attributes", attributes));
        Certificates certificates = Testbed.server().certificates();
        Supplier<Map<String, String>> id = () -> Map.of("client_id", "all-tls");

        everyCall(
                query(
                        over(HttpClient.newBuilder()
                                .sslContext(certificates.presenting(certificates.client("all", "CN=all,O=Acme")))
                                .build()),
                        id),
                query(
                        over(HttpClient.newBuilder()
                                .sslContext(certificates.trusting())
                                .build()),
                        id));
    }

    @Test
    @DisplayName("by SRI, client_secret_post: where the body is a form; no secret is taken from a query")
    void everyFormBySecretPost() {
        App desk = realm.client("all-post", Map.of("attributes", ALLOWED));
        Map<String, String> form = Map.of("client_id", desk.clientId(), "client_secret", desk.secret());
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.70").signIn(wiki, FRANK);
        String session = "/sessions/" + tokens.sessionId();
        Caller inQuery = query(api(), () -> form);

        assertUnauthorized(inQuery.call("GET", session, ""));
        assertUnauthorized(inQuery.call("POST", session + "/revoke", ""));
        assertUnauthorized(inQuery.call("DELETE", session + "/authnSessions/" + "0".repeat(40), ""));
        assertUnauthorized(inQuery.call("POST", "/revokedSris", "{\"id\":\"" + tokens.sessionId() + "\"}"));
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        answered(200, api().post(session + "/extend", form));
        answered(415, api().with("X-XSRF-Header", "x").post("/revokedSris", form));
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        answered(200, api().post(session + "/revoke", form));
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    private static void assertUnauthorized(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=\"clients\"");
        JsonNode error = answer.json();
        assertThat(error.get("resultId").asText()).isEqualTo("invalid_client");
        assertThat(error.get("message").asText()).isNotBlank();
    }
}
