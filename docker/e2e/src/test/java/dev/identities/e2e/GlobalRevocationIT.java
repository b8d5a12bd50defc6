package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.cluster.Waiting;
import dev.identities.e2e.Http.Answer;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Global Token Revocation, with a second realm as the identity provider. */
class GlobalRevocationIT {

    private static final String SWITCH = "identities.global-token-revocation";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private static Realm realm;
    private static Realm partner;
    private static ProviderKey key;
    private static App wiki;
    private static Http endpoint;
    private static String url;
    private static Tokens bystander;

    @BeforeAll
    static void realm() {
        partner = Testbed.realm("gtr-partner");
        key = ProviderKey.added(partner, 1000);
        realm = Testbed.realm("gtr");
        realm.identityProvider("partner", partner, Map.of(SWITCH, "true"));
        realm.identityProvider("other", Testbed.realm("gtr-other"), Map.of(SWITCH, "true"));
        wiki = realm.client("wiki");
        endpoint = Http.at(Testbed.server().url(), "gtr", "/app");
        url = endpoint.base() + "/global-token-revocation";
        bystander = person("partner").tokens();
    }

    /**
     * An account with a session.
     *
     * @param providersId the account's id at the provider that it is linked to
     */
    private record Person(String id, String name, String providersId, Tokens tokens) {

        boolean alive() {
            return new Backend(wiki).access(tokens).alive();
        }

        boolean lost() {
            return new Backend(wiki).access(tokens).lost();
        }

        String email() {
            return Http.json(Map.of(
                    "sub_id", Map.of("format", "email", "email", name.toUpperCase(Locale.ROOT) + "@gtr.example")));
        }

        String opaque() {
            return Http.json(Map.of("sub_id", Map.of("format", "opaque", "id", id)));
        }

        String issuerAndSubject() {
            return issuerAndSubjectOf(issuer(partner));
        }

        String issuerAndSubjectOf(String issuer) {
            return Http.json(Map.of("sub_id", Map.of("format", "iss_sub", "iss", issuer, "sub", providersId)));
        }
    }

    /** A new account, linked to the provider of this alias if there is one. */
    private static Person person(String... alias) {
        String name = "person" + PEOPLE.incrementAndGet();
        String id = realm.user(name, name);
        for (String one : alias) {
            link(id, one, "at-" + name);
        }
        return new Person(id, name, "at-" + name, new Backend(wiki).directGrant(new Credentials(name, name)));
    }

    private static void link(String id, String alias, String providersId) {
        realm.admin()
                .post(
                        realm.path("/users/" + id + "/federated-identity/" + alias),
                        Map.of("identityProvider", alias, "userId", providersId, "userName", providersId));
    }

    private static String issuer(Realm of) {
        return Testbed.server().url() + "/realms/" + of.name();
    }

    private static String token() {
        return token(all -> {});
    }

    private static String token(Consumer<Map<String, Object>> change) {
        return key.revocation(issuer(partner), "broker-gtr", url, change);
    }

    private static Answer call(String token, String body) {
        return endpoint.with("Authorization", "Bearer " + token).postJson("/global-token-revocation", body);
    }

    static void assertStatus(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 204) {
            assertThat(answer.body()).isEmpty();
        } else {
            assertThat(answer.members()).containsExactly("error", "error_description");
        }
    }

    private static void switchTo(String alias, String value, boolean enabled) {
        String path = realm.path("/identity-provider/instances/" + alias);
        ObjectNode provider = (ObjectNode) realm.admin().get(path);
        provider.put("enabled", enabled).withObjectProperty("config").put(SWITCH, value);
        realm.admin().put(path, provider);
    }

    @Test
    @DisplayName("a person who came through the provider loses all sessions, online and offline, and others go on")
    void brokered() {
        String ivan = partner.user("ivan", "ivan-password");
        SignIn signIn = SignIn.as("ivan", "ivan-password").through("partner");
        Browser desktop = new Browser(Browser.DESKTOP, "203.0.113.61");
        Tokens online = desktop.signIn(wiki, signIn);
        Tokens offline = new Browser(Browser.PHONE, "203.0.113.62").signIn(wiki, signIn, "offline_access");
        Backend backend = new Backend(wiki);
        assertThat(List.of(online, offline))
                .allMatch(tokens -> backend.access(tokens).alive());
        realm.clearEvents();

        Answer answer = call(
                token(), Http.json(Map.of("sub_id", Map.of("format", "iss_sub", "iss", issuer(partner), "sub", ivan))));

        assertStatus(answer, 204);
        assertThat(backend.access(online).lost()).isTrue();
        assertThat(backend.refusal(offline)).isEqualTo("400 invalid_grant");
        assertThat(backend.introspect(offline)).isFalse();
        assertThat(backend.access(bystander).alive()).isTrue();
        List<JsonNode> events = realm.events("LOGOUT");
        assertThat(events)
                .extracting(event -> event.get("sessionId").asText())
                .contains(online.sessionId(), offline.sessionId());
        assertThat(events).allSatisfy(event -> {
            assertThat(event.get("details").get("reason").asText()).isEqualTo("GLOBAL_TOKEN_REVOCATION");
            assertThat(event.get("details").get("identity_provider").asText()).isEqualTo("partner");
            assertThat(event.get("userId").asText()).isEqualTo(realm.userId("ivan"));
        });
        assertThat(Testbed.server().log())
                .containsPattern("event=GLOBAL_TOKEN_REVOCATION status=success realm=\"gtr\""
                        + " identity_provider=\"partner\" subject=\\S+ session=" + online.sessionId())
                .containsPattern("event=GLOBAL_TOKEN_REVOCATION_CALL status=success realm=\"gtr\""
                        + " identity_provider=\"partner\" format=iss_sub key=\"[0-9a-f]{64}\" people=1 ended="
                        + events.size() + " failed=0");
    }

    /** A way to name a linked person. */
    @SuppressWarnings("ImmutableEnumChecker")
    private enum Naming {
        EMAIL(Person::email),
        OPAQUE(Person::opaque),
        ISS_SUB(Person::issuerAndSubject),
        EARLIER_DRAFTS(person -> person.email().replace("sub_id", "subject"));

        private final Function<Person, String> body;

        Naming(Function<Person, String> body) {
            this.body = body;
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a linked person is named by e-mail address, by our id, or by the provider's; a second call is fine")
    void formats(Naming naming) {
        Person person = person("partner");
        assertThat(person.alive()).isTrue();

        assertStatus(call(token(), naming.body.apply(person)), 204);

        assertThat(person.lost()).isTrue();
        assertThat(new Backend(wiki).access(bystander).alive()).isTrue();
        assertStatus(call(token(), naming.body.apply(person)), 204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "", "Global-Token-Revocation+JWT"})
    @DisplayName("the token's type may be missing or general; its audience may be the only one of a list")
    void types(String type) {
        Person person = person("partner");
        String token = token(all -> {
            all.put("header.typ", type);
            if (type.isEmpty()) {
                all.keySet().removeAll(List.of("header.typ", "nbf"));
            }
            all.put("aud", List.of(url));
        });

        assertStatus(call(token, person.opaque()), 204);

        assertThat(person.lost()).isTrue();
    }

    @Test
    @DisplayName("a token with one thing wrong is refused, and nothing ends")
    void faults() {
        Person person = person("partner");
        List<TokenFault> taken = new ArrayList<>();
        for (TokenFault fault : TokenFault.values()) {
            Answer answer = call(token(fault.change()), person.opaque());
            if (answer.status() != 401) {
                taken.add(fault);
            }
        }
        assertThat(taken).isEmpty();
        String token = token();
        String otherSignature =
                token.substring(0, token.lastIndexOf('.')) + token().substring(token().lastIndexOf('.'));
        assertStatus(call(otherSignature, person.opaque()), 401);
        assertStatus(
                call(
                        new ProviderKey(ProviderKey.newPair(), key.kid())
                                .revocation(issuer(partner), "broker-gtr", url, all -> {}),
                        person.opaque()),
                401);
        assertThat(person.alive()).isTrue();
        assertStatus(call(token, person.opaque()), 204);
        assertThat(person.lost()).isTrue();
    }

    @Test
    @DisplayName("real tokens of the provider and of this realm are refused")
    void otherTokens() {
        Person person = person("partner");
        App elsewhere = partner.client("elsewhere");
        partner.user("judy", "judy-password");
        Tokens judy = new Backend(elsewhere).directGrant(new Credentials("judy", "judy-password"));
        for (String token : List.of(
                judy.idToken(),
                judy.accessToken(),
                judy.refreshToken(),
                person.tokens().accessToken(),
                person.tokens().idToken(),
                realm.admin().token(),
                "x",
                "")) {
            Answer answer = call(token, person.opaque());
            assertStatus(answer, 401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"gtr\"");
        }
        assertThat(person.alive()).isTrue();
    }

    @Test
    @DisplayName("a token counts once, also after a call that ended nothing")
    void replay() {
        Person first = person("partner");
        Person second = person("partner");
        String token = token();
        assertStatus(call(token, "{}"), 400);
        assertStatus(call(token, first.opaque()), 401);
        assertThat(first.alive()).isTrue();

        String another = token();
        assertStatus(call(another, first.opaque()), 204);
        assertStatus(call(another, second.opaque()), 401);

        assertThat(first.lost()).isTrue();
        assertThat(second.alive()).isTrue();
    }

    @Test
    @DisplayName("a key that the provider begins to sign with is loaded by its id")
    void rotation() throws InterruptedException {
        Person person = person("partner");
        assertStatus(call(token(), person.opaque()), 204);
        Person next = person("partner");
        ProviderKey rotated = ProviderKey.added(partner, 2000);
        // Keycloak asks a provider for its keys once in ten seconds at most.
        AtomicReference<Answer> answer = new AtomicReference<>();
        Waiting.until("Keycloak knows the key", () -> {
            answer.set(call(rotated.revocation(issuer(partner), "broker-gtr", url, all -> {}), next.opaque()));
            return answer.get().status() != 401;
        });

        assertStatus(answer.get(), 204);
        assertThat(next.lost()).isTrue();
        assertStatus(call(token(), next.opaque()), 204);
    }

    @Test
    @DisplayName(
            "nobody, an account without a link and another provider's person get the same answer, and keep sessions")
    void foreign() {
        Person unlinked = person();
        Person others = person("other");
        Answer nobody =
                call(token(), Http.json(Map.of("sub_id", Map.of("format", "email", "email", "nobody@gtr.example"))));
        assertStatus(nobody, 404);
        for (Person person : List.of(unlinked, others)) {
            for (String body : List.of(
                    person.email(),
                    person.opaque(),
                    person.issuerAndSubject(),
                    person.issuerAndSubjectOf(Testbed.server().url() + "/realms/gtr-other"))) {
                Answer answer = call(token(), body);
                assertStatus(answer, 404);
                assertThat(answer.body()).isEqualTo(nobody.body());
            }
            assertThat(person.alive()).isTrue();
        }
    }

    @Test
    @DisplayName("an e-mail address of several linked accounts means all of them, and no account without a link")
    void sharedAddress() {
        realm.update(Map.of("loginWithEmailAllowed", false, "duplicateEmailsAllowed", true));
        try {
            List<Person> all = List.of(person("partner"), person("partner"), person());
            for (Person person : all) {
                ObjectNode user = (ObjectNode) realm.admin().get(realm.path("/users/" + person.id()));
                realm.admin().put(realm.path("/users/" + person.id()), user.put("email", "team@gtr.example"));
            }

            Answer answer =
                    call(token(), Http.json(Map.of("sub_id", Map.of("format", "email", "email", "team@gtr.example"))));

            assertStatus(answer, 204);
            assertThat(all).extracting(Person::alive).containsExactly(false, false, true);
        } finally {
            realm.update(Map.of("duplicateEmailsAllowed", false, "loginWithEmailAllowed", true));
        }
    }

    @Test
    @DisplayName("a provider that is not switched on is forbidden, a disabled one is unknown, and discovery says so")
    void switches() {
        Person person = person("partner");
        assertThat(discovery().get("global_token_revocation_endpoint").asText()).isEqualTo(url);
        assertThat(discovery().get("global_token_revocation_endpoint_auth_methods_supported"))
                .extracting(JsonNode::asText)
                .contains("Bearer", "private_key_jwt");
        try {
            switchTo("other", "false", true);
            for (String off : List.of("false", "")) {
                switchTo("partner", off, true);
                assertStatus(call(token(), person.opaque()), 403);
            }
            assertThat(discovery().has("global_token_revocation_endpoint")).isFalse();
            switchTo("partner", "true", false);
            assertStatus(call(token(), person.opaque()), 401);
            assertThat(discovery().has("global_token_revocation_endpoint")).isFalse();
        } finally {
            switchTo("partner", "true", true);
            switchTo("other", "true", true);
        }
        assertThat(person.alive()).isTrue();
        assertStatus(call(token(), person.opaque()), 204);
    }

    private static JsonNode discovery() {
        JsonNode oauth = Http.at(Testbed.server().url(), "gtr", "/.well-known/oauth-authorization-server")
                .get("")
                .json();
        JsonNode openId = Http.at(Testbed.server().url(), "gtr", "/.well-known/openid-configuration")
                .get("")
                .json();
        assertThat(oauth.path("global_token_revocation_endpoint"))
                .isEqualTo(openId.path("global_token_revocation_endpoint"));
        return openId;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"sub_id\":\"x\"}",
                "{\"sub_id\":{}}",
                "{\"sub_id\":{\"format\":\"account\",\"uri\":\"acct:x@y.example\"}}",
                "{\"sub_id\":{\"format\":\"email\"}}",
                "{\"sub_id\":{\"format\":\"email\",\"email\":1}}",
                "{\"sub_id\":{\"format\":\"email\",\"email\":\" \"}}",
                "{\"sub_id\":{\"format\":\"email\",\"email\":\"x@y.example\",\"id\":\"z\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"x\"},\"reason\":\"y\"}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"x\"},\"subject\":{\"format\":\"opaque\",\"id\":\"x\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"x\",\"id\":\"y\"}}",
                "{\"sub_id\":{\"format\":\"iss_sub\",\"sub\":\"x\"}}"
            })
    @DisplayName("a body that is not exactly one known subject identifier is refused")
    void bodies(String body) {
        assertStatus(call(token(), body), 400);
    }

    @Test
    @DisplayName("an OAuth client with the switch names anybody, one without it nobody")
    void client() {
        App desk = realm.helpDesk("desk");
        App other = realm.client("no-desk");
        Person local = person();
        Person linked = person("partner");
        Person third = person();
        assertStatus(asClient(other.clientId(), other.secret(), local.opaque()), 403);
        assertStatus(asClient(desk.clientId(), "wrong", local.opaque()), 401);
        assertStatus(endpoint.postJson("/global-token-revocation", local.opaque()), 401);
        assertStatus(call(desk.apiKey(), local.opaque()), 401);
        assertThat(local.alive()).isTrue();

        assertStatus(asClient(desk.clientId(), desk.secret(), local.opaque()), 204);
        assertStatus(asClient(desk.clientId(), desk.secret(), linked.issuerAndSubject()), 204);
        String ours = Http.json(Map.of("sub_id", Map.of("format", "iss_sub", "iss", issuer(realm), "sub", third.id())));
        assertStatus(asClient(desk.clientId(), desk.secret(), ours), 204);
        assertStatus(asClient(desk.clientId(), desk.secret(), local.opaque().replace(local.id(), "nobody")), 404);

        assertThat(List.of(local, linked, third)).allMatch(Person::lost);
        assertThat(new Backend(wiki).access(bystander).alive()).isTrue();
    }

    private static Answer asClient(String id, String secret, String body) {
        return endpoint.with("Authorization", Http.basic(id, secret)).postJson("/global-token-revocation", body);
    }

    @Test
    @DisplayName("a realm that keeps offline sessions does not answer that all ended")
    void keptOffline() {
        Person person = person("partner");
        Backend backend = new Backend(wiki);
        Tokens offline = backend.directGrant(new Credentials(person.name(), person.name()), "offline_access");
        realm.attribute("identities.revoke-offline-sessions", "false");
        try {
            assertStatus(call(token(), person.opaque()), 422);
        } finally {
            realm.attribute("identities.revoke-offline-sessions", null);
        }
        assertThat(person.lost()).isTrue();
        assertThat(backend.refusal(offline)).isEmpty();
        assertStatus(call(token(), person.opaque()), 204);
        assertThat(backend.refusal(offline)).isEqualTo("400 invalid_grant");
    }

    @Test
    @DisplayName("the audience is the endpoint under the realm's own address, wherever the call arrives")
    void frontendUrl() {
        Person person = person("partner");
        realm.attribute("frontendUrl", "https://sso.example.com/auth");
        try {
            assertStatus(call(token(), person.opaque()), 401);
            String there = "https://sso.example.com/auth/realms/gtr/app/global-token-revocation";
            assertStatus(call(key.revocation(issuer(partner), "broker-gtr", there, all -> {}), person.opaque()), 204);
        } finally {
            realm.attribute("frontendUrl", null);
        }
        assertThat(person.lost()).isTrue();
    }

    @Test
    @DisplayName("there is nothing else at the path, and the console's mount does not have it")
    void elsewhere() {
        Http with = endpoint.with("Authorization", "Bearer " + token());
        assertThat(with.get("/global-token-revocation").status()).isEqualTo(404);
        assertThat(endpoint.with("Authorization", "Bearer " + token())
                        .postJson("/global-token-revocation/x", "{}")
                        .status())
                .isEqualTo(404);
        Answer console = Http.console(
                        Testbed.server().url(), "gtr", realm.admin().token())
                .postJson("/global-token-revocation", "{}");
        assertThat(console.status()).isEqualTo(404);
    }
}
