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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People by latest activity, by search and by identity provider. */
class IdentitiesListIT {

    private static final String PASSWORD = "password";

    private static Realm partner;
    private static Realm realm;
    private static App wiki;
    private static Http api;

    @BeforeAll
    static void people() {
        partner = Testbed.realm("people-partner");
        realm = Testbed.realm("people");
        realm.identityProvider("partner", partner, Map.of());
        realm.identityProvider("empty", Testbed.realm("people-empty"), Map.of());
        wiki = realm.client("wiki");
        api = key(realm);
        realm.user("alma", PASSWORD, Map.of("firstName", "Ålma", "lastName", "Müller-Li"), Map.of());
        realm.user("under_score", PASSWORD);
        realm.user("underxscore", PASSWORD);
        realm.user("absent", PASSWORD);
        realm.user("olga", PASSWORD);
        Stream.of("alma", "under_score", "underxscore").forEach(name -> grant(wiki, name));
        grant(wiki, "olga", "offline_access");
    }

    private static Http key(Realm realm) {
        App siem = realm.program("siem");
        return Http.ngrok(Testbed.server().url(), realm.name(), siem.apiKey());
    }

    private static Tokens grant(App app, String username, String... scopes) {
        return new Backend(app).directGrant(new Credentials(username, PASSWORD), scopes);
    }

    /** The usernames of all pages, as a client walks that knows nothing but next_page_uri. */
    private static List<String> names(Http api, String query) {
        List<String> names = new ArrayList<>();
        String next = "/users?" + query;
        for (int pages = 0; next != null; pages++) {
            assertThat(pages).isLessThan(100);
            Http.Answer answer = api.get(next);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            answer.json()
                    .get("application_users")
                    .forEach(user -> names.add(user.get("username").asText()));
            JsonNode uri = answer.json().get("next_page_uri");
            next = uri.isNull() ? null : "/users?" + uri.asText().split("\\?", 2)[1];
        }
        return names;
    }

    @Test
    @DisplayName("the most recently active come first, and a person who becomes active again moves up")
    void order() throws InterruptedException {
        Realm own = Testbed.realm("people-order");
        App app = own.client("wiki");
        Http ownApi = key(own);
        List<Tokens> tokens = new ArrayList<>();
        for (String name : List.of("xaver", "yvonne", "zoe")) {
            own.user(name, PASSWORD);
            tokens.add(grant(app, name));
            Thread.sleep(1100);
        }
        assertThat(names(ownApi, "order_by=last_active")).containsExactly("zoe", "yvonne", "xaver");

        new Backend(app).refreshed(tokens.get(0));

        for (int limit = 1; limit < 4; limit++) {
            assertThat(names(ownApi, "order_by=last_active&limit=" + limit)).containsExactly("xaver", "zoe", "yvonne");
        }
        // The session ends by which somebody was there: the older one is what is left of their activity.
        Thread.sleep(1100);
        Tokens again = grant(app, "yvonne");
        assertThat(names(ownApi, "order_by=last_active")).containsExactly("yvonne", "xaver", "zoe");
        assertThat(ownApi.delete("/sessions/" + again.sessionId()).status()).isEqualTo(204);
        assertThat(names(ownApi, "order_by=last_active")).containsExactly("xaver", "zoe", "yvonne");
    }

    @Test
    @DisplayName("25 people with several sessions each, plain, remembered and offline: each once, on any page size")
    void crowd() {
        Realm crowd = Testbed.realm("people-crowd");
        App app = crowd.client("wiki");
        Http crowdApi = key(crowd);
        Random random = new Random(7);
        Set<String> everybody = new TreeSet<>();
        for (int i = 0; i < 25; i++) {
            String name = String.format("crowd%02d", i);
            crowd.user(name, PASSWORD);
            everybody.add(name);
            for (int session = random.nextInt(3); session >= 0; session--) {
                switch (random.nextInt(4)) {
                    case 0 -> grant(app, name, "offline_access");
                    case 1 ->
                        new Browser(Browser.PHONE, "203.0.113.130")
                                .signIn(app, SignIn.as(name, PASSWORD).remembered());
                    default -> grant(app, name);
                }
            }
        }
        List<String> whole = names(crowdApi, "order_by=last_active");
        assertThat(whole).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(everybody);
        for (int limit : new int[] {1, 7, 24, 25}) {
            assertThat(names(crowdApi, "order_by=last_active&limit=" + limit)).isEqualTo(whole);
        }
        List<String> times = new ArrayList<>();
        crowdApi.get("/users?order_by=last_active")
                .json()
                .get("application_users")
                .forEach(user -> {
                    times.add(user.get("last_active").asText());
                    assertThat(user.at("/latest_session/last_active")).isEqualTo(user.get("last_active"));
                });
        assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
        for (int limit : new int[] {7, 25}) {
            assertThat(names(crowdApi, "search=crowd&limit=" + limit)).containsExactlyElementsOf(everybody);
        }
    }

    @ParameterizedTest
    @DisplayName("search finds by the beginning of a name or e-mail address, who is signed in")
    @CsvSource({
        "alma, alma",
        "ALM, alma",
        "%C3%A5lm, alma",
        "m%C3%BCll, alma",
        "alma%40people, alma",
        "alma+m%C3%BCller, alma",
        "alma+nobody, ''",
        "lma, ''",
        "*lma, alma",
        "%22alma%22, alma",
        "%22alm%22, ''",
        "olga, olga",
        "absent, ''",
        "nobody, ''",
        "under, under_score underxscore",
        "under_, under_score",
        "under%25, ''",
        "%25, ''",
        "_, ''",
        "%5C, ''",
        "%27, ''",
        "service-account, ''",
        "x'+or+1%3D1, ''"
    })
    void search(String text, String expected) {
        for (String order : List.of("", "&order_by=last_active")) {
            List<String> found = names(api, "search=" + text + order);
            // In the order of the database's collation.
            assertThat(found.stream().sorted().collect(Collectors.joining(" "))).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("search finds by id, ours and Keycloak's, and only the whole of it")
    void searchById() {
        String id = realm.userId("alma");
        assertThat(names(api, "search=" + id)).containsExactly("alma");
        assertThat(names(api, "search=usr_" + id)).containsExactly("alma");
        assertThat(names(api, "search=" + id.substring(0, 30))).isEmpty();
        assertThat(names(api, "search=usr_" + realm.userId("absent"))).isEmpty();
    }

    @Test
    @DisplayName("by identity provider: people who came through it, and not people who only could have")
    void identityProvider() {
        for (String name : List.of("brook", "lou", "una")) {
            partner.user(name, PASSWORD);
        }
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.131");
        browser.signIn(wiki, SignIn.as("brook", PASSWORD).through("partner"));
        Tokens lous = new Browser(Browser.DESKTOP, "203.0.113.132")
                .signIn(wiki, SignIn.as("lou", PASSWORD).through("partner"));
        new Browser(Browser.DESKTOP, "203.0.113.133")
                .signIn(wiki, SignIn.as("una", PASSWORD).through("partner"));
        assertThat(names(api, "identity_provider=partner")).containsExactlyInAnyOrder("brook", "lou", "una");

        // Lou signs in by password as well, and then by password only.
        realm.admin()
                .put(
                        realm.path("/users/" + realm.userId("lou") + "/reset-password"),
                        Map.of("type", "password", "value", PASSWORD, "temporary", false));
        grant(wiki, "lou");
        assertThat(names(api, "identity_provider=partner&limit=1")).containsExactlyInAnyOrder("brook", "lou", "una");
        assertThat(api.delete("/sessions/" + lous.sessionId()).status()).isEqualTo(204);
        assertThat(names(api, "search=lou")).containsExactly("lou");
        realm.admin().delete(realm.path("/users/" + realm.userId("una") + "/federated-identity/partner"));

        assertThat(names(api, "identity_provider=partner&order_by=last_active")).containsExactly("brook");
        assertThat(names(api, "identity_provider=partner&search=bro")).containsExactly("brook");
        assertThat(names(api, "identity_provider=partner&search=lou")).isEmpty();
        assertThat(names(api, "identity_provider=partner&search=alma")).isEmpty();
        JsonNode brook = api.get("/users?identity_provider=partner").json().at("/application_users/0");
        assertThat(brook.at("/latest_session/identity_provider/alias").asText()).isEqualTo("partner");
    }

    @ParameterizedTest
    @DisplayName("an identity provider that nobody came through, or that is not there, has nobody on one empty page")
    @ValueSource(strings = {"empty", "none", "Partner", "par%25", "%27"})
    void nobodysProvider(String alias) {
        JsonNode page = api.get("/users?identity_provider=" + alias).json();
        assertThat(page.get("application_users")).isEmpty();
        assertThat(page.get("next_page_uri").isNull()).isTrue();
    }

    @Test
    @DisplayName("fine-grained permissions: every list has those whom the caller may view, and nobody else")
    void fineGrained() {
        Realm own = Testbed.realm("people-delegated");
        Grants grants = Grants.in(own);
        own.identityProvider("partner", partner, Map.of());
        App app = own.client("wiki");
        partner.user("mary00", PASSWORD);
        new Browser(Browser.DESKTOP, "203.0.113.134")
                .signIn(app, SignIn.as("mary00", PASSWORD).through("partner"));
        for (int i = 1; i < 9; i++) {
            own.user("mary0" + i, PASSWORD);
            grant(app, "mary0" + i);
        }
        Http delegate = Http.ngrok(
                Testbed.server().url(),
                own.name(),
                own.administrator("delegate", "query-users").token());
        grants.policy("delegate", own.userId("delegate"), "POSITIVE");
        for (String query : List.of("order_by=last_active", "search=mary", "identity_provider=partner")) {
            assertThat(names(delegate, query)).isEmpty();
        }

        Set<String> visible = new TreeSet<>(List.of("mary00", "mary03", "mary04", "mary08"));
        List<String> ids = visible.stream().map(own::userId).toList();
        grants.permission("some", ids, List.of("view"), "delegate");

        for (int limit : new int[] {1, 2, 100}) {
            assertThat(names(delegate, "order_by=last_active&limit=" + limit))
                    .containsExactlyInAnyOrderElementsOf(visible);
            assertThat(names(delegate, "search=mary&limit=" + limit)).containsExactlyElementsOf(visible);
        }
        assertThat(names(delegate, "identity_provider=partner")).containsExactly("mary00");
        assertThat(names(delegate, "search=" + own.userId("mary03"))).containsExactly("mary03");
        assertThat(names(delegate, "search=" + own.userId("mary05"))).isEmpty();
        JsonNode user = delegate.get("/users?search=mary03").json().at("/application_users/0");
        assertThat(user.get("access")).hasToString("{\"manage\":false}");
        assertThat(user.toString()).contains("(hidden)").doesNotContain("wiki");
    }

    @Test
    @DisplayName("a caller who may view clients but no users is refused in every order")
    void withoutPermission() {
        Http clerk = Http.ngrok(
                Testbed.server().url(),
                "people",
                realm.administrator("client-clerk", "view-clients").token());
        for (String query : List.of("order_by=last_active", "search=alma", "identity_provider=partner")) {
            assertError(clerk.get("/users?" + query), 403, "ERR_NGROK_206");
        }
    }
}
