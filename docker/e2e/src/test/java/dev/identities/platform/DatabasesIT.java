package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.e2e.Http;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend.Access;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
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

    private static Store store;
    private static SeededRealm seeded;
    private static ListContract lists;
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
        lists = new ListContract(store, seeded, ListContract.LIMITS);
        people = People.create(store.keycloak());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        store.close();
    }

    @Test
    @DisplayName("sessions: newest first, of one second in the order of their ids, each once on pages of any size")
    void sessions() {
        lists.sessions();
    }

    @Test
    @DisplayName("sessions: the list goes on behind any of them, also behind one that is gone")
    void sessionsFromAnyPlace() throws SQLException {
        lists.sessionsFromAnyPlace();
    }

    @Test
    @DisplayName("one user's sessions, in the same order")
    void sessionsOfUser() {
        lists.sessionsOfUser();
    }

    @Test
    @DisplayName("sessions: a filtered list is the list filtered by hand, on pages of any size")
    void filtered() {
        lists.filtered();
    }

    @Test
    @DisplayName("sessions: of 200 random filters each lists what is filtered by hand from the rows")
    void randomlyFiltered() {
        lists.randomlyFiltered();
    }

    @Test
    @DisplayName("people: a filtered list is the list filtered by hand; case and accents count in texts")
    void filteredPeople() {
        lists.filteredPeople();
    }

    @Test
    @DisplayName("people: by id, descending, and behind any of them")
    void users() {
        lists.users();
    }

    @Test
    @DisplayName("people: by latest activity, of one second in a fixed order; all, or those of an identity provider")
    void byActivity() {
        lists.byActivity();
    }

    @Test
    @DisplayName("the lists are the same with the indexes of Keycloak 26.8, and while they are being built")
    void otherIndexes() throws SQLException, InterruptedException {
        // Of one size, to be quick.
        ListContract pages = new ListContract(store, seeded, List.of(20));
        try (IndexLayout indexes = new IndexLayout(store, seeded.api())) {
            indexes.ofKeycloak268();
            pages.sessions();
            pages.filtered();
            pages.byActivity();
            indexes.none();
            pages.sessions();
            pages.byActivity();
        }
    }

    @Test
    @DisplayName("people: by search, each once on pages of any size, in the order of Keycloak's own search")
    void search() {
        Set<String> signedIn = seeded.signedIn();
        for (String text : List.of("crowd", "CROWD1", "GRO", "mail5", "Zoë", "zOË", "Ärn", "\"7up\"", "under_")) {
            String encoded = Http.encode(text);
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
            for (int limit : ListContract.LIMITS) {
                assertThat(lists.walk("/users?search=" + encoded + "&limit=" + limit, ListContract::userId))
                        .as(text)
                        .isEqualTo(expected);
            }
            assertThat(lists.walk("/users?identity_provider=partner&search=" + encoded, ListContract::userId))
                    .isEqualTo(expected.stream()
                            .filter(seeded.throughPartner()::contains)
                            .toList());
        }
        List<String> crowd =
                lists.walk("/users?search=crowd", user -> user.get("username").asText());
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
            assertThat(ListContract.walk(api, "/users/" + user + "/sessions")).hasSize(1);
            // Ended is this one's session and nobody else's.
            String session = one.at("/latest_session/id").asText();
            assertThat(api.get("/sessions/" + session).status()).isEqualTo(200);
            assertThat(api.delete("/users/" + user).status()).isEqualTo(204);
            assertThat(api.get("/sessions/" + session).status()).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("an offline session older than the realm's limit is signalled, and a new limit holds at once")
    void oldOffline() throws SQLException {
        Realm realm = Realm.create(seeded.realm().admin(), "aged", Map.of());
        String olga = realm.user("olga", "olga-password");
        Http api =
                Http.ngrok(store.keycloak().url(), "aged", realm.program("siem").apiKey());
        int now = (int) Instant.now().getEpochSecond();
        Random random = new Random(9);
        List<SeededSession> rows = Stream.of(10, 40)
                .map(days -> new SeededSession(
                        SeededRealm.sid(random), true, olga, now - days * 86_400, now, false, Optional.empty()))
                .toList();
        try (Connection connection = store.connect()) {
            SeededSession.insert(
                    connection, realm.admin().get(realm.path("")).get("id").asText(), rows);
        }
        List<String> days = new ArrayList<>();
        for (String limit : new String[] {null, "30", "60", "5"}) {
            realm.attribute("identities.signals-old-offline-days", limit);
            List<String> ages = ListContract.walk(api, "/users/" + olga + "/sessions").stream()
                    .map(session -> session.get("signals") + " "
                            + session.at("/signal_details/old_offline/days").asText("-"))
                    .toList();
            days.add(limit + ": " + String.join(", ", ages));
        }
        assertThat(days)
                .containsExactly(
                        "null: [] -, [] -",
                        "30: [] -, [\"old_offline\"] 40",
                        "60: [] -, [] -",
                        "5: [\"old_offline\"] 10, [\"old_offline\"] 40");
        assertThat(api.get("/users/" + olga).json().get("signals")).hasToString("[\"old_offline\"]");
        String older = Http.encode("obj.signal_details.old_offline.days > 30");
        assertThat(ListContract.walk(api, "/sessions?filter=" + older))
                .singleElement()
                .satisfies(session -> assertThat(
                                session.at("/signal_details/old_offline/days").asInt())
                        .isEqualTo(40));
    }

    private static List<String> users(Http api, String query) {
        return ListContract.walk(api, "/users?" + query).stream()
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
        return people.desk().get("/users/" + Http.encode(key)).json();
    }

    private static void revoke(String key) {
        assertThat(people.desk().post("/users/" + Http.encode(key) + "/revoke").status())
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
    @DisplayName("who has no account here, only a session through an identity provider, is shown, found and ended")
    void transientUsers() {
        TransientPeople transients =
                TransientPeople.create(store.keycloak(), people.realm().admin());
        transients.areShown();
        transients.areFound();
        transients.areEnded();
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
