package dev.identities.e2e;

import static dev.identities.e2e.NgrokContractIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The callers of {@code /app}, and the sessions that they see and may end. */
class AdminAccessIT {

    private static Realm realm;
    private static App wiki;
    private static String alice;
    private static Tokens alices;

    @BeforeAll
    static void somebodyIsSignedIn() {
        realm = Testbed.realm("access");
        wiki = realm.client("wiki");
        alice = realm.user("alice", "alice-password");
        alices = new Browser(Browser.DESKTOP, "203.0.113.60").signIn(wiki, SignIn.as("alice", "alice-password"));
    }

    private static Http as(String credential) {
        return Http.ngrok(Testbed.server().url(), "access", credential);
    }

    @Test
    @DisplayName("without a credential, with another scheme, a malformed or a wrong one: 403, and it is never echoed")
    void credentials() {
        Http api = as("x").without("Authorization");
        assertError(api.get("/users"), 403, "ERR_NGROK_200");
        assertError(api.with("Authorization", "Negotiate abc").get("/users"), 403, "ERR_NGROK_201");
        assertError(api.with("Authorization", "Bearer").get("/users"), 403, "ERR_NGROK_202");
        for (String malformed : List.of("se%cret", "bm8tY29sb24=", "a.b")) {
            Http.Answer answer = as(malformed).get("/users");
            assertError(answer, 403, "ERR_NGROK_202");
            assertThat(answer.body()).doesNotContain(malformed);
        }
        for (String wrong : List.of(key("nobody", "secret"), key("wiki", "wrong"), "eyJh.eyJh.c2ln")) {
            Http.Answer answer = as(wrong).get("/users");
            assertError(answer, 403, "ERR_NGROK_203");
            assertThat(answer.body()).doesNotContain(wrong);
            assertThat(answer.header("WWW-Authenticate")).isEmpty();
        }
        // Whoever is not authenticated does not learn which paths there are.
        assertError(api.get("/nothing"), 403, "ERR_NGROK_200");
        assertError(api.delete("/users/" + alice), 403, "ERR_NGROK_200");
        assertThat(new Backend(wiki).access(alices).alive()).isTrue();
    }

    @Test
    @DisplayName("a cookie is no credential")
    void cookie() {
        Http api = as("x").without("Authorization").with("Cookie", "KEYCLOAK_IDENTITY=" + alices.accessToken());
        assertError(api.get("/users"), 403, "ERR_NGROK_200");
    }

    @Test
    @Tag("container-smoke")
    @DisplayName("an administrator of the realm and one of the master realm come with their access token")
    void administrators() {
        assertThat(as(realm.administrator("manager", "view-users", "manage-users")
                                .token())
                        .get("/users")
                        .status())
                .isEqualTo(200);
        assertThat(as(Testbed.admin().token()).get("/users/" + alice).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a token that is bound to a key (DPoP) works with a proof of it, and is worth nothing without")
    void dpop() {
        realm.administrator("bound", "view-users");
        App tool = realm.client("tool", Map.of("attributes", Map.of("dpop.bound.access.tokens", "true")));
        DpopProof proof = new DpopProof();
        Http.Answer granted = new Http(Http.PLAIN, tool.endpoint("token"), Map.of())
                .with("DPoP", proof.of("POST", tool.endpoint("token")))
                .post(
                        "",
                        Map.of(
                                "grant_type", "password",
                                "client_id", "tool",
                                "client_secret", tool.secret(),
                                "username", "bound",
                                "password", "bound"));
        assertThat(granted.status()).as(granted.body()).isEqualTo(200);
        String token = granted.json().get("access_token").asText();
        Http api = as("").with("Authorization", "DPoP " + token);
        URI users = URI.create(api.base() + "/users");

        assertThat(api.with("DPoP", proof.of("GET", users, token)).get("/users").status())
                .isEqualTo(200);
        assertError(api.get("/users"), 403, "ERR_NGROK_203");
        assertError(api.with("DPoP", new DpopProof().of("GET", users, token)).get("/users"), 403, "ERR_NGROK_203");
        assertError(as(token).get("/users"), 403, "ERR_NGROK_203");
    }

    @Test
    @DisplayName("an administrator who may only view cannot end a session")
    void viewOnly() {
        Http api = as(realm.administrator("viewer", "view-users").token());

        assertThat(api.get("/users/" + alice).status()).isEqualTo(200);
        assertError(api.delete("/users/" + alice), 403, "ERR_NGROK_206");
        assertError(api.delete("/sessions/" + alices.sessionId()), 403, "ERR_NGROK_206");

        assertThat(new Backend(wiki).access(alices).alive()).isTrue();
    }

    @Test
    @DisplayName("a user without any administrator's role, and a role that is not about users, are refused")
    void withoutPermission() {
        assertError(as(alices.accessToken()).get("/users"), 403, "ERR_NGROK_206");
        assertError(
                as(realm.administrator("clients-only", "view-clients").token()).get("/users"), 403, "ERR_NGROK_206");
        assertError(
                as(realm.administrator("clients-only-2", "view-clients").token())
                        .get("/sessions/" + alices.sessionId()),
                403,
                "ERR_NGROK_206");
    }

    @Test
    @DisplayName("applications are named only to callers who may view clients")
    void hiddenClients() {
        JsonNode hidden = as(realm.administrator("users-only", "view-users").token())
                .get("/sessions/" + alices.sessionId())
                .json();
        assertThat(hidden.at("/clients/0/client_id").asText()).isEqualTo("(hidden)");
        assertThat(hidden.get("endpoint").isNull()).isTrue();
        assertThat(hidden.toString()).doesNotContain("wiki");

        JsonNode shown = as(realm.administrator("users-and-clients", "view-users", "view-clients")
                        .token())
                .get("/sessions/" + alices.sessionId())
                .json();
        assertThat(shown.at("/clients/0/client_id").asText()).isEqualTo("wiki");
    }

    @Test
    @DisplayName("an API key grants what its service account may, by Bearer and by Basic, until its secret is rotated")
    void apiKey() {
        App siem = realm.client("siem");
        assertError(as(siem.apiKey()).get("/users"), 403, "ERR_NGROK_206");
        realm.grantManagement(realm.serviceAccount(siem), "view-users");
        assertThat(as(siem.apiKey()).get("/users").status()).isEqualTo(200);
        assertThat(as("").with("Authorization", "Basic " + siem.apiKey())
                        .get("/users")
                        .status())
                .isEqualTo(200);
        assertError(as(siem.apiKey()).delete("/users/" + alice), 403, "ERR_NGROK_206");

        realm.admin().post(realm.path("/clients/" + realm.clientUuid("siem") + "/client-secret"), Map.of());

        assertError(as(siem.apiKey()).get("/users"), 403, "ERR_NGROK_203");
    }

    @Test
    @DisplayName("no API key without a service account, from a public client, or of another realm")
    void notEveryClientIsAKey() {
        App plain = realm.client("plain", Map.of("serviceAccountsEnabled", false));
        assertError(as(plain.apiKey()).get("/users"), 403, "ERR_NGROK_206");
        realm.client("public", Map.of("publicClient", true, "serviceAccountsEnabled", false));
        assertThat(as(key("public", "")).get("/users").status()).isEqualTo(403);
        App disabled = realm.client("disabled", Map.of("enabled", false));
        assertError(as(disabled.apiKey()).get("/users"), 403, "ERR_NGROK_203");

        Realm elsewhere = Testbed.realm("access-elsewhere");
        App foreign = elsewhere.client("foreign");
        elsewhere.grantManagement(elsewhere.serviceAccount(foreign), "view-users", "manage-users");
        assertError(as(foreign.apiKey()).get("/users"), 403, "ERR_NGROK_203");
        assertError(as(elsewhere.administrator("chief", "realm-admin").token()).get("/users"), 403, "ERR_NGROK_203");
        elsewhere.delete();
    }

    @Test
    @DisplayName("fine-grained permissions decide row by row; other rows do not exist for the caller")
    void fineGrained() {
        Grants grants = Grants.in(realm);
        String bob = realm.user("bob", "bob-password");
        Tokens bobs = new Backend(wiki).directGrant(new Credentials("bob", "bob-password"));
        Http api = as(realm.administrator("delegate", "query-users").token());
        grant(grants, realm.userId("delegate"), bob, "view");

        JsonNode users = api.get("/users").json().get("application_users");
        assertThat(StreamSupport.stream(users.spliterator(), false)
                        .map(user -> user.get("username").asText()))
                .containsExactly("bob");
        JsonNode sessions = api.get("/sessions").json().get("application_sessions");
        assertThat(sessions).hasSize(1);
        assertError(api.get("/users/" + alice), 404, "ERR_NGROK_404");
        assertError(api.get("/sessions/" + alices.sessionId()), 404, "ERR_NGROK_404");
        assertError(api.delete("/sessions/" + alices.sessionId()), 404, "ERR_NGROK_404");
        assertError(api.delete("/users/" + bob), 403, "ERR_NGROK_206");

        grant(grants, realm.userId("delegate"), bob, "manage");
        assertThat(api.delete("/users/" + bob).status()).isEqualTo(204);
        assertThat(new Backend(wiki).access(bobs).lost()).isTrue();
        assertThat(new Backend(wiki).access(alices).alive()).isTrue();
    }

    @Test
    @DisplayName("a bulk call ends what the caller may manage, spares and counts what they may view, and knows no more")
    void fineGrainedInBulk() {
        Grants grants = Grants.in(realm);
        String managed = realm.user("managed", "managed-password");
        String viewed = realm.user("viewed", "viewed-password");
        Backend backend = new Backend(wiki);
        Tokens managedTokens = backend.directGrant(new Credentials("managed", "managed-password"));
        Tokens viewedTokens = backend.directGrant(new Credentials("viewed", "viewed-password"));
        Http api = as(realm.administrator("bulk-delegate", "query-users").token());
        grants.policy("is bulk-delegate", realm.userId("bulk-delegate"), "POSITIVE");
        grants.permission("view both", List.of(managed, viewed), List.of("view"), "is bulk-delegate");
        grants.permission("manage one", List.of(managed), List.of("manage"), "is bulk-delegate");

        String both = "obj.application_user.username in ['managed', 'viewed']";
        JsonNode preview = BulkCall.dryRun(api, both);
        assertThat(preview.get("sessions").asInt()).as(preview.toString()).isEqualTo(1);
        assertThat(preview.get("forbidden").asInt()).isEqualTo(1);
        JsonNode result = BulkCall.revoke(
                        api,
                        BulkCall.body(both).put("ticket", preview.get("ticket").asText()))
                .json();
        assertThat(result.get("ended").asInt()).as(result.toString()).isEqualTo(1);
        assertThat(result.get("forbidden").asInt()).isEqualTo(1);
        JsonNode byIds = api.postJson(
                        "/sessions/revoke",
                        "{\"ids\":[\"" + viewedTokens.sessionId() + "\",\"" + alices.sessionId() + "\"]}")
                .json();
        assertThat(byIds.get("forbidden").asInt()).as(byIds.toString()).isEqualTo(1);
        assertThat(byIds.get("already_gone").asInt()).isEqualTo(1);
        assertThat(backend.access(managedTokens).lost()).isTrue();
        assertThat(backend.access(viewedTokens).alive()).isTrue();
        assertThat(backend.access(alices).alive()).isTrue();
    }

    @Test
    @DisplayName("a fine-grained denial of one user also counts for a caller who may manage all others")
    void deniedOne() {
        Grants grants = Grants.in(realm);
        String chief = realm.user("chief", "chief-password");
        String clerk = realm.user("clerk", "clerk-password");
        Tokens chiefs = new Backend(wiki).directGrant(new Credentials("chief", "chief-password"));
        Tokens clerks = new Backend(wiki).directGrant(new Credentials("clerk", "clerk-password"));
        Http api = as(realm.administrator("half-delegate", "query-users").token());
        String delegate = realm.userId("half-delegate");
        grants.policy("is half-delegate", delegate, "POSITIVE");
        grants.policy("is not half-delegate", delegate, "NEGATIVE");
        grants.permission("all users", List.of(), List.of("view", "manage"), "is half-delegate");
        grants.permission("not the chief", List.of(chief), List.of("view", "manage"), "is not half-delegate");

        assertThat(api.get("/users/" + clerk).status()).isEqualTo(200);
        assertError(api.get("/users/" + chief), 404, "ERR_NGROK_404");
        assertError(api.delete("/users/" + chief), 404, "ERR_NGROK_404");
        assertError(api.delete("/sessions/" + chiefs.sessionId()), 404, "ERR_NGROK_404");
        assertThat(api.get("/sessions").body()).contains(clerks.sessionId()).doesNotContain(chiefs.sessionId());
        // Nor does a cursor tell whether such a session is there.
        assertError(api.get("/sessions?before_id=" + chiefs.sessionId()), 400, "ERR_NGROK_223");
        assertThat(new Backend(wiki).access(chiefs).alive()).isTrue();
        assertThat(api.delete("/users/" + clerk).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("an expired token, and one whose claims are not what a token's are, are invalid and fail nothing")
    void unusableTokens() throws InterruptedException {
        Realm brief = Testbed.realm("access-brief");
        brief.update(Map.of("accessTokenLifespan", 1));
        String token = brief.administrator("chief", "view-users").token();
        Http api = Http.ngrok(Testbed.server().url(), "access-brief", token);
        Thread.sleep(2100);
        assertError(api.get("/users"), 403, "ERR_NGROK_203");
        for (String claims : List.of("{}", "null", "[]", "{\"iss\":\"x\"}", "{\"iss\":\"http://x/realms/%zz\"}")) {
            String forged = base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".c2ln";
            assertError(as(forged).get("/users"), 403, "ERR_NGROK_203");
        }
        assertThat(Testbed.server().log()).doesNotContain("GET /users failed");
        brief.delete();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A permission of the realm's admin-permissions client: this administrator may do this with this user. */
    private static void grant(Grants grants, String administrator, String user, String scope) {
        grants.policy("delegate " + scope, administrator, "POSITIVE");
        grants.permission(scope + " bob", List.of(user), List.of(scope), "delegate " + scope);
    }

    @Test
    @DisplayName("a disabled realm and plain HTTP where TLS is required are refused in the API's shape")
    void realmState() {
        Realm other = Testbed.realm("access-state");
        App siem = other.client("siem");
        other.grantManagement(other.serviceAccount(siem), "view-users");
        Http api = Http.ngrok(Testbed.server().url(), "access-state", siem.apiKey());
        assertThat(api.get("/users").status()).isEqualTo(200);

        other.update(Map.of("sslRequired", "all"));
        assertError(api.get("/users"), 403, "ERR_NGROK_205");
        other.update(Map.of("sslRequired", "none", "enabled", false));
        assertError(api.get("/users"), 403, "ERR_NGROK_204");
        other.delete();
    }

    private static String key(String clientId, String secret) {
        return Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
