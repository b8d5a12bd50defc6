package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PingFederate's claim {@code pi.sri}, by a mapper in a client scope. */
class SriClaimIT {

    /** The client scope with the mapper. */
    static final String SCOPE = "session-identifier";

    private static final String CLAIM = "pi.sri";
    private static final String MAPPER = "/client-scopes/%s/protocol-mappers/models";
    private static final SignIn GRACE = SignIn.as("grace", "grace-password");

    private static Realm realm;
    private static String scopeId;
    private static App wiki;
    private static App light;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("sriclaim");
        realm.user("grace", "grace-password");
        scopeId = offerSri(realm, Map.of());
        wiki = client("wiki", Map.of());
        light = client("light", Map.of("client.use.lightweight.access.token.enabled", "true"));
    }

    private static App client(String clientId, Map<String, String> attributes) {
        return realm.client(
                clientId,
                Map.of(
                        "defaultClientScopes",
                        List.of("basic", "profile", SCOPE),
                        "optionalClientScopes",
                        List.of("offline_access"),
                        "attributes",
                        attributes));
    }

    /** A client scope with the mapper, as an administrator makes it; answers its id. */
    static String offerSri(Realm realm, Map<String, String> config) {
        String id = realm.admin()
                .post(
                        realm.path("/client-scopes"),
                        Map.of(
                                "name",
                                SCOPE,
                                "protocol",
                                "openid-connect",
                                "attributes",
                                Map.of("include.in.token.scope", "false")));
        realm.admin().post(realm.path(MAPPER.formatted(id)), mapper(config));
        return id;
    }

    private static Map<String, ?> mapper(Map<String, String> config) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "access.token.claim", "true",
                "id.token.claim", "true",
                "userinfo.token.claim", "true",
                "introspection.token.claim", "true"));
        all.putAll(config);
        return Map.of(
                "name",
                CLAIM,
                "protocol",
                "openid-connect",
                "protocolMapper",
                "identities-pi-sri-mapper",
                "config",
                all);
    }

    @BeforeEach
    void everywhere() {
        configure(Map.of());
    }

    private static void configure(Map<String, String> config) {
        String path = realm.path(MAPPER.formatted(scopeId));
        realm.admin().get(path).forEach(old -> realm.admin()
                .delete(path + "/" + old.get("id").asText()));
        realm.admin().post(path, mapper(config));
    }

    private static Tokens signIn(App app, String... scopes) {
        return new Browser(Browser.DESKTOP, "203.0.113.86").signIn(app, GRACE, scopes);
    }

    @Test
    @DisplayName("access token, ID token, userinfo and introspection name the session, as one claim with a dot")
    void everywhereTheSame() {
        Tokens tokens = signIn(wiki);

        for (JsonNode claims :
                List.of(tokens.claims(), idToken(tokens), userinfo(tokens), introspection(wiki, tokens))) {
            assertThat(claims.path(CLAIM).asText()).isEqualTo(tokens.sessionId());
            assertThat(claims.has("pi")).isFalse();
        }
        assertThat(tokens.claims().get("sid").asText()).isEqualTo(tokens.sessionId());
    }

    @ParameterizedTest
    @CsvSource({
        "access.token.claim, false, true, true, true",
        "id.token.claim, true, false, true, true",
        "userinfo.token.claim, true, true, false, true",
        "introspection.token.claim, true, true, true, false",
    })
    @DisplayName("each of the four is left out where the mapper says so")
    void switches(String off, boolean access, boolean id, boolean userinfo, boolean introspection) {
        configure(Map.of(off, "false"));
        Tokens tokens = signIn(wiki);

        assertThat(tokens.claims().has(CLAIM)).isEqualTo(access);
        assertThat(idToken(tokens).has(CLAIM)).isEqualTo(id);
        assertThat(userinfo(tokens).has(CLAIM)).isEqualTo(userinfo);
        assertThat(introspection(wiki, tokens).has(CLAIM)).isEqualTo(introspection);
    }

    @Test
    @DisplayName("a refresh keeps it; an offline token and a direct grant have theirs")
    void otherGrants() {
        Tokens tokens = signIn(wiki);
        Tokens refreshed = new Backend(wiki).refreshed(tokens);
        assertThat(refreshed.claims().get(CLAIM).asText()).isEqualTo(tokens.sessionId());
        Tokens offline = new Backend(wiki).refreshed(signIn(wiki, "offline_access"));
        assertThat(offline.claims().get(CLAIM).asText()).isEqualTo(offline.sessionId());
        Tokens direct = new Backend(wiki).directGrant(new Credentials("grace", "grace-password"));
        assertThat(direct.claims().get(CLAIM).asText()).isEqualTo(direct.sessionId());
    }

    @Test
    @DisplayName("a token that a client outside the session got by token exchange names the session as its sid does")
    void exchanged() {
        App gateway = client("gateway", Map.of("standard.token.exchange.enabled", "true"));
        realm.admin()
                .post(
                        realm.path("/clients/" + realm.clientUuid("wiki") + "/protocol-mappers/models"),
                        Map.of(
                                "name", "gateway",
                                "protocol", "openid-connect",
                                "protocolMapper", "oidc-audience-mapper",
                                "config", Map.of("included.client.audience", "gateway", "access.token.claim", "true")));
        Tokens online = signIn(wiki);
        Tokens offline = signIn(wiki, "offline_access");
        for (Tokens tokens : List.of(online, offline)) {
            Tokens exchanged = exchange(gateway, tokens);

            assertThat(exchanged.claims().get("sid").asText()).isEqualTo(tokens.sessionId());
            for (JsonNode claims : List.of(exchanged.claims(), idToken(exchanged), introspection(gateway, exchanged))) {
                assertThat(claims.path(CLAIM).asText()).isEqualTo(tokens.sessionId());
            }
        }
        Tokens ofNobody = exchange(gateway, new Backend(wiki).clientCredentials());
        assertThat(ofNobody.claims().has("sid")).isFalse();
        assertThat(ofNobody.claims().has(CLAIM)).isFalse();
    }

    private static Tokens exchange(App client, Tokens subject) {
        Http.Answer answer = openIdConnect()
                .with("Authorization", Http.basic(client.clientId(), client.secret()))
                .post(
                        "/token",
                        Map.of(
                                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                                "subject_token", subject.accessToken(),
                                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
                                "scope", "openid"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode body = answer.json();
        return new Tokens(
                body.path("access_token").asText(), "", body.path("id_token").asText(), subject.sessionId());
    }

    @Test
    @DisplayName("a client's own token has none, and introspection adds none: there is no session")
    void clientCredentials() {
        Tokens tokens = new Backend(wiki).clientCredentials();

        assertThat(tokens.claims().has(CLAIM)).isFalse();
        JsonNode introspection = introspection(wiki, tokens);
        assertThat(introspection.get("active").asBoolean()).isTrue();
        assertThat(introspection.has(CLAIM)).isFalse();
    }

    @Test
    @DisplayName("a client without the scope gets none")
    void withoutTheScope() {
        App other = realm.client("other");

        assertThat(signIn(other).claims().has(CLAIM)).isFalse();
    }

    @Test
    @DisplayName("a lightweight access token has it only if the mapper says so; introspection has it in any case")
    void lightweight() {
        Tokens tokens = signIn(light);
        assertThat(tokens.claims().has(CLAIM)).isFalse();
        assertThat(introspection(light, tokens).path(CLAIM).asText())
                .isEqualTo(idToken(tokens).get(CLAIM).asText());

        configure(Map.of("lightweight.claim", "true"));
        tokens = signIn(light);
        assertThat(tokens.claims().path(CLAIM).asText())
                .isEqualTo(idToken(tokens).get(CLAIM).asText());
    }

    private static JsonNode idToken(Tokens tokens) {
        try {
            return new JsonMapper()
                    .readTree(Base64.getUrlDecoder().decode(tokens.idToken().split("\\.", -1)[1]));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Http openIdConnect() {
        return Http.at(Testbed.server().url(), "sriclaim", "/protocol/openid-connect");
    }

    private static JsonNode userinfo(Tokens tokens) {
        return openIdConnect()
                .with("Authorization", "Bearer " + tokens.accessToken())
                .get("/userinfo")
                .json();
    }

    private static JsonNode introspection(App app, Tokens tokens) {
        return openIdConnect()
                .with("Authorization", Http.basic(app.clientId(), app.secret()))
                .post("/token/introspect", Map.of("token", tokens.accessToken()))
                .json();
    }
}
