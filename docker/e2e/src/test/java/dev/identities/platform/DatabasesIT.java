package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.e2e.Http;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Backend.Access;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists and revocations on each database: the same content gives the same lists in the same order, page by page. */
@ParameterizedClass(name = "{0}")
@EnumSource(Store.Vendor.class)
class DatabasesIT {

    private static final int[] LIMITS = {7, 50, 100};

    private static Store store;
    private static SeededRealm seeded;
    private static People people;

    /** Which database it is stands in the name of the run. */
    DatabasesIT(Store.Vendor vendor) {}

    @BeforeParameterizedClassInvocation
    static void server(Store.Vendor vendor) throws SQLException {
        store = Store.start(
                vendor,
                "database-" + vendor,
                Options.of(Testbed.providerJar())
                        .withArguments(
                                "--features=transient-users",
                                "--log-level=info,dev.identities:debug,org.keycloak.events:debug"));
        seeded = SeededRealm.create(store);
        people = People.create(store.keycloak());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        store.close();
    }

    /** The items of all pages, as a client walks that knows nothing but next_page_uri. */
    private static List<JsonNode> walk(Http api, String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = path;
        for (int pages = 0; next != null; pages++) {
            assertThat(pages).isLessThan(200);
            Http.Answer answer = api.get(next);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode page = answer.json();
            (page.has("application_users") ? page.get("application_users") : page.get("application_sessions"))
                    .forEach(items::add);
            JsonNode uri = page.get("next_page_uri");
            next = uri.isNull()
                    ? null
                    : uri.asText().substring(api.base().toString().length());
        }
        return items;
    }

    private static List<String> walk(String path, Function<JsonNode, String> name) {
        return walk(seeded.api(), path).stream().map(name).toList();
    }

    /** Kind and Keycloak's id of a listed session. */
    private static String key(JsonNode session) {
        return session.get("kind").asText() + " " + session.get("id").asText().substring("ses_00000000x".length());
    }

    private static String userId(JsonNode user) {
        return user.get("id").asText().substring("usr_".length());
    }

    @Test
    @DisplayName("sessions: newest first, of one second in the order of their ids, each once on pages of any size")
    void sessions() {
        List<String> expected = SeededSession.keys(seeded.sessions().stream());
        for (int limit : LIMITS) {
            assertThat(walk("/sessions?limit=" + limit, DatabasesIT::key)).isEqualTo(expected);
        }
        assertThat(walk("/sessions", session -> session.get("id").asText()))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    @DisplayName("sessions: the list goes on behind any of them, also behind one that is gone")
    void sessionsFromAnyPlace() throws SQLException {
        List<String> ids = walk("/sessions", session -> session.get("id").asText());
        for (int place = 0; place < ids.size(); place += 13) {
            List<String> rest = walk("/sessions?before_id=" + ids.get(place), session -> session.get("id")
                    .asText());
            assertThat(rest).isEqualTo(ids.subList(place + 1, ids.size()));
        }
        Random random = new Random(6);
        SeededSession like = seeded.sessions().get(40);
        for (int i = 0; i < 3; i++) {
            SeededSession passing = new SeededSession(
                    SeededRealm.sid(random),
                    false,
                    like.userId(),
                    like.createdOn(),
                    like.lastRefresh(),
                    false,
                    Optional.empty());
            List<String> behind;
            List<String> with;
            try (Connection connection = store.connect()) {
                SeededSession.insert(connection, seeded.id(), List.of(passing));
                with = walk("/sessions", DatabasesIT::key);
                String id = seeded.api()
                        .get("/sessions/" + passing.sid())
                        .json()
                        .get("id")
                        .asText();
                try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM OFFLINE_USER_SESSION WHERE USER_SESSION_ID = ?")) {
                    delete.setString(1, passing.sid());
                    delete.executeUpdate();
                }
                behind = walk("/sessions?before_id=" + id, DatabasesIT::key);
            }
            assertThat(behind).isEqualTo(with.subList(with.indexOf(passing.key()) + 1, with.size()));
        }
    }

    @Test
    @DisplayName("one user's sessions, in the same order")
    void sessionsOfUser() {
        for (String user : seeded.signedIn().stream().sorted().limit(10).toList()) {
            List<String> expected = SeededSession.keys(seeded.sessions().stream()
                    .filter(session -> session.userId().equals(user)));
            assertThat(walk("/users/" + user + "/sessions?limit=2", DatabasesIT::key))
                    .isEqualTo(expected);
            assertThat(seeded.api()
                            .get("/users/" + user)
                            .json()
                            .get("sessions_count")
                            .asInt())
                    .isEqualTo(expected.size());
        }
    }

    @Test
    @DisplayName("people: by id, descending, and behind any of them")
    void users() {
        List<String> expected =
                seeded.signedIn().stream().sorted(Comparator.reverseOrder()).toList();
        for (int limit : LIMITS) {
            assertThat(walk("/users?limit=" + limit, DatabasesIT::userId)).isEqualTo(expected);
        }
        for (int place = 0; place < expected.size(); place += 5) {
            assertThat(walk("/users?before_id=usr_" + expected.get(place), DatabasesIT::userId))
                    .isEqualTo(expected.subList(place + 1, expected.size()));
        }
    }

    @Test
    @DisplayName("people: by latest activity, of one second in a fixed order; all, or those of an identity provider")
    void byActivity() {
        Map<String, List<String>> expected = Map.of(
                "order_by=last_active",
                seeded.byActivity(seeded.signedIn()),
                "identity_provider=partner",
                seeded.byActivity(seeded.throughPartner()),
                "identity_provider=partner&order_by=last_active",
                seeded.byActivity(seeded.throughPartner()));
        expected.forEach((query, users) -> {
            assertThat(users).hasSizeGreaterThan(10);
            for (int limit : LIMITS) {
                assertThat(walk("/users?limit=" + limit + "&" + query, DatabasesIT::userId))
                        .as(query)
                        .isEqualTo(users);
            }
        });
        assertThat(walk("/users?identity_provider=Partner", DatabasesIT::userId))
                .isEmpty();
    }

    @Test
    @DisplayName("people: by search, each once on pages of any size, in the order of Keycloak's own search")
    void search() {
        Set<String> signedIn = seeded.signedIn();
        for (String text : List.of("crowd", "CROWD1", "GRO", "mail5", "Zoë", "zOË", "Ärn", "\"7up\"", "under_")) {
            String encoded = People.encode(text);
            List<String> expected = new ArrayList<>();
            seeded.realm()
                    .admin()
                    .get(seeded.realm().path("/users?max=1000&search=" + encoded))
                    .forEach(user -> {
                        if (signedIn.contains(user.get("id").asText())) {
                            expected.add(user.get("id").asText());
                        }
                    });
            assertThat(expected).as(text).isNotEmpty();
            for (int limit : LIMITS) {
                assertThat(walk("/users?search=" + encoded + "&limit=" + limit, DatabasesIT::userId))
                        .as(text)
                        .isEqualTo(expected);
            }
            assertThat(walk("/users?identity_provider=partner&search=" + encoded, DatabasesIT::userId))
                    .isEqualTo(expected.stream()
                            .filter(seeded.throughPartner()::contains)
                            .toList());
        }
        List<String> crowd =
                walk("/users?search=crowd", user -> user.get("username").asText());
        assertThat(crowd).hasSize(signedIn.size()).isSorted();
    }

    @Test
    @DisplayName("people of other user stores, whose ids differ in case or accents only: each by themselves, and once")
    void foreignIds() throws SQLException {
        Realm realm = Realm.create(seeded.realm().admin(), "foreign", Map.of());
        App siem = realm.program("siem");
        Http api = Http.ngrok(store.keycloak().url(), "foreign", siem.apiKey());
        String elsewhere = "f:0a1b2c3d-0000-4000-8000-00000000000f:";
        List<String> names = List.of(
                "zoe", "Zoe", "ZOE", "Zoë", "zoë", "muller", "müller", "Müller", "_x", "-x", "x", "X", "10", "9");
        int now = (int) Instant.now().getEpochSecond();
        Random random = new Random(8);
        Map<String, String> sids = new TreeMap<>();
        List<SeededSession> rows = new ArrayList<>();
        for (String name : names) {
            sids.put(elsewhere + name, SeededRealm.sid(random));
            rows.add(new SeededSession(
                    sids.get(elsewhere + name), false, elsewhere + name, now, now, false, Optional.empty()));
        }
        String id = realm.admin().get(realm.path("")).get("id").asText();
        try (Connection connection = store.connect()) {
            SeededSession.insert(connection, id, rows);
        }

        for (String query : List.of("", "order_by=last_active&")) {
            List<String> whole = users(api, query + "limit=100");
            assertThat(whole).hasSize(names.size()).doesNotHaveDuplicates();
            for (int limit : new int[] {1, 2, 5}) {
                assertThat(users(api, query + "limit=" + limit)).isEqualTo(whole);
            }
        }
        for (String user : users(api, "")) {
            JsonNode one = api.get("/users/" + user).json();
            assertThat(one.get("sessions_count").asInt()).isEqualTo(1);
            assertThat(walk(api, "/users/" + user + "/sessions")).hasSize(1);
            // Ended is this one's session and nobody else's.
            String session = one.at("/latest_session/id").asText();
            assertThat(api.get("/sessions/" + session).status()).isEqualTo(200);
            assertThat(api.delete("/users/" + user).status()).isEqualTo(204);
            assertThat(api.get("/sessions/" + session).status()).isEqualTo(404);
        }
    }

    private static List<String> users(Http api, String query) {
        return walk(api, "/users?" + query).stream()
                .map(user -> user.get("id").asText())
                .toList();
    }

    /** Who of these has lost everything, after a check that the rest has lost nothing. */
    private static Set<String> lost(Map<String, Tokens> tokens) {
        Set<String> lost = new TreeSet<>();
        tokens.forEach((name, held) -> {
            Access access = people.access(held);
            assertThat(access.lost() != access.alive())
                    .as("%s: %s", name, access)
                    .isTrue();
            if (access.lost()) {
                lost.add(name);
            }
        });
        return lost;
    }

    private static JsonNode found(String key) {
        return people.desk().get("/users/" + People.encode(key)).json();
    }

    private static void revoke(String key) {
        assertThat(people.desk()
                        .post("/users/" + People.encode(key) + "/revoke")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("user keys: found and revoked is who has exactly that key, whatever the database takes for equal")
    void userKeys() {
        people.realm().attribute("identities.user-key-attribute", People.KEY);
        Map<String, Tokens> tokens = people.signIn();
        people.keys().forEach((name, key) -> {
            JsonNode sessions = found(key).get("sessions");
            assertThat(sessions).as(name).hasSize(key.equals("both") ? 2 : 1);
            assertThat(sessions.toString()).contains(tokens.get(name).sessionId());
        });
        for (String nobodys : List.of("AB-Ü1", "ab-u1", "BOTH", "both ", "bo_h", "Ab-%")) {
            assertThat(found(nobodys).get("sessions")).as(nobodys).isEmpty();
            revoke(nobodys);
        }
        assertThat(lost(tokens)).isEmpty();

        revoke("ab-ü1");
        assertThat(lost(tokens)).containsExactly("meier");
        revoke("both");
        assertThat(lost(tokens)).containsExactly("meier", "zoë", "ÅSA");
    }

    @Test
    @DisplayName("user keys that are names: found in any case, and not without the accents")
    void usernames() {
        people.realm().attribute("identities.user-key-attribute", "username");
        Map<String, Tokens> tokens = people.signIn();
        for (String key : List.of("müller", "MÜLLER", "åsa", "ÅSA", "7-OF_nine")) {
            String name = people.keys().keySet().stream()
                    .filter(key::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow();
            assertThat(found(key).toString()).contains(tokens.get(name).sessionId());
        }
        for (String nobodys : List.of("muller", "asa", "7-of%nine", "7-ofxnine", "zoe")) {
            assertThat(found(nobodys).get("sessions")).as(nobodys).isEmpty();
            revoke(nobodys);
        }
        assertThat(lost(tokens)).isEmpty();
    }

    @Test
    @DisplayName("hashed user keys: found and revoked is who has exactly the key of that hash")
    void hashedKeys() throws NoSuchAlgorithmException {
        people.realm().attribute("identities.user-key-attribute", People.KEY);
        people.realm().attribute("identities.hash-user-key", "sha-256");
        Map<String, Tokens> tokens = people.signIn();
        for (String key : Set.copyOf(people.keys().values())) {
            assertThat(found(hash(key)).get("sessions")).as(key).hasSize(key.equals("both") ? 2 : 1);
        }
        assertThat(found(hash("AB-Ü1")).get("sessions")).isEmpty();

        revoke(hash("Ab-Ü1"));

        assertThat(lost(tokens)).containsExactly("müller");
        people.realm().attribute("identities.hash-user-key", null);
    }

    private static String hash(String key) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("one session, one SRI, one person: ended is that, online and offline, and nothing else")
    void revocations() {
        Map<String, Tokens> tokens = people.signIn();
        Tokens second = people.signIn("müller");
        Tokens third = people.signIn("müller");
        Tokens offline = people.signIn("müller", "offline_access");

        assertThat(people.api().delete("/sessions/" + second.sessionId()).status())
                .isEqualTo(204);
        assertThat(people.access(second).lost()).isTrue();
        assertThat(people.desk()
                        .post("/sessions/" + third.sessionId() + "/revoke")
                        .status())
                .isEqualTo(200);
        assertThat(people.access(third).lost()).isTrue();
        assertThat(people.desk().get("/revokedSris/" + third.sessionId()).status())
                .isEqualTo(200);
        assertThat(people.desk()
                        .get("/revokedSris/" + third.sessionId().toLowerCase(Locale.ROOT))
                        .status())
                .isEqualTo(404);
        assertThat(people.access(offline).alive()).isTrue();
        assertThat(lost(tokens)).isEmpty();

        String user = people.realm().userId("müller");
        assertThat(people.api().delete("/users/" + user).status()).isEqualTo(204);
        assertThat(people.access(offline).lost()).isTrue();
        assertThat(lost(tokens)).containsExactly("müller");
        assertThat(people.api().delete("/users/" + user).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("a session's id in another case names no session")
    void caseOfIds() {
        Tokens tokens = people.signIn("bystander");
        String other = swapCase(tokens.sessionId());
        assertThat(people.api().get("/sessions/" + other).status()).isEqualTo(404);
        assertThat(people.api().delete("/sessions/" + other).status()).isEqualTo(404);
        assertThat(people.desk().get("/sessions/" + other).json().get("status").asText())
                .isEqualTo("NO_VALID_SESSIONS");
        assertThat(people.desk().post("/sessions/" + other + "/revoke").status())
                .isEqualTo(200);
        assertThat(people.access(tokens).alive()).isTrue();
        assertThat(people.desk().get("/revokedSris/" + tokens.sessionId()).status())
                .isEqualTo(404);
    }

    private static String swapCase(String text) {
        StringBuilder swapped = new StringBuilder();
        text.chars()
                .map(letter ->
                        Character.isUpperCase(letter) ? Character.toLowerCase(letter) : Character.toUpperCase(letter))
                .forEach(swapped::appendCodePoint);
        return swapped.toString();
    }

    @Test
    @DisplayName(
            "who has no account here, only a session through an identity provider, is in every list and can be ended")
    void transientUsers() {
        Realm partner = Realm.create(people.realm().admin(), "transient-partner", Map.of());
        partner.user("tess", "password");
        Realm realm = Realm.create(people.realm().admin(), "transient", Map.of());
        realm.identityProvider("partner", partner, Map.of("doNotStoreUsers", "true"));
        App wiki = realm.client("wiki");
        App siem = realm.program("siem");
        Http api = Http.ngrok(store.keycloak().url(), "transient", siem.apiKey());
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.180")
                .signIn(wiki, SignIn.as("tess", "password").through("partner"));
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();

        for (String query : List.of("", "order_by=last_active", "identity_provider=partner")) {
            assertThat(users(api, query)).as(query).hasSize(1);
        }
        JsonNode user = api.get("/users").json().at("/application_users/0");
        assertThat(user.get("name").asText()).isEqualTo("(unknown user)");
        assertThat(walk(api, "/users/" + user.get("id").asText() + "/sessions")).hasSize(1);

        assertThat(api.delete("/users/" + user.get("id").asText()).status()).isEqualTo(204);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(users(api, "")).isEmpty();
    }

    @Test
    @DisplayName("the log, at DEBUG too, has no token, no secret, no address and no key of anybody")
    void log() {
        Map<String, Tokens> tokens = people.signIn();
        String path = "/sessions/" + tokens.get("zoë").sessionId() + "?reason=lost%20phone";
        assertThat(people.api().delete(path).status()).isEqualTo(204);
        people.realm().attribute("identities.user-key-attribute", People.KEY);
        revoke("Ab-Ü1");

        String log = store.keycloak().log();
        tokens.values().forEach(held -> {
            for (String token : List.of(held.accessToken(), held.refreshToken())) {
                // The head is the same for many; the signature is a secret.
                assertThat(log).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
            }
        });
        assertThat(log)
                .contains("DEBUG [org.keycloak.events]", "reason=\"SRI_REVOKED\"", "reason=\"lost phone\"")
                .doesNotContain("desk-secret", "siem-secret", "logout_token=", "Basic ", "Bearer ")
                .doesNotContain("@people.example", "Ab-Ü1", "ab-ü1");
    }
}
