package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.e2e.Http;
import dev.identities.platform.RandomFilters.RandomFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * What the lists of a seeded realm must be, whatever the database and its indexes.
 *
 * @param limits the sizes of pages
 */
record ListContract(Store store, SeededRealm seeded, List<Integer> limits) {

    static final List<Integer> LIMITS = List.of(7, 50, 100);

    private static final int RANDOM_FILTERS = 200;
    private static final int SEED = 12;

    /** The items of all pages, as a client walks that knows nothing but next_page_uri. */
    static List<JsonNode> walk(Http api, String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = path;
        for (int pages = 0; next != null; pages++) {
            assertThat(pages).isLessThan(200);
            Http.Answer answer = api.get(next);
            assertThat(answer.status()).as("%s: %s", next, answer.body()).isEqualTo(200);
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

    /** What each item of all pages is called. */
    List<String> walk(String path, Function<JsonNode, String> name) {
        return walk(seeded.api(), path).stream().map(name).toList();
    }

    /** Kind and Keycloak's id of a listed session. */
    static String key(JsonNode session) {
        return session.get("kind").asText() + " " + session.get("id").asText().substring("ses_00000000x".length());
    }

    static String userId(JsonNode user) {
        return user.get("id").asText().substring("usr_".length());
    }

    void sessions() {
        List<String> expected = SeededSession.keys(seeded.sessions().stream());
        for (int limit : limits) {
            assertThat(walk("/sessions?limit=" + limit, ListContract::key)).isEqualTo(expected);
        }
        assertThat(walk("/sessions", session -> session.get("id").asText()))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

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
                with = walk("/sessions", ListContract::key);
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
                behind = walk("/sessions?before_id=" + id, ListContract::key);
            }
            assertThat(behind).isEqualTo(with.subList(with.indexOf(passing.key()) + 1, with.size()));
        }
    }

    void sessionsOfUser() {
        for (String user : seeded.signedIn().stream().sorted().limit(10).toList()) {
            List<String> expected = SeededSession.keys(seeded.sessions().stream()
                    .filter(session -> session.userId().equals(user)));
            assertThat(walk("/users/" + user + "/sessions?limit=2", ListContract::key))
                    .isEqualTo(expected);
            assertThat(seeded.api()
                            .get("/users/" + user)
                            .json()
                            .get("sessions_count")
                            .asInt())
                    .isEqualTo(expected.size());
        }
    }

    void filtered() {
        List<JsonNode> all = walk(seeded.api(), "/sessions");
        Instant asOf = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        SeededFilters.of(walk(seeded.api(), "/users"), asOf).forEach((filter, meaning) -> {
            List<String> expected =
                    all.stream().filter(meaning).map(ListContract::key).toList();
            String query = "/sessions?as_of=" + asOf + "&filter=" + Http.encode(filter) + "&limit=";
            for (int limit : limits) {
                assertThat(walk(query + limit, ListContract::key)).as(filter).isEqualTo(expected);
            }
            assertThat(seeded.api().get(query + "1&total=true").body())
                    .contains("\"total\":{\"value\":" + expected.size() + ",\"relation\":\"eq\"}");
        });
    }

    /** The people of each filter are those of the list without it whom the filter means, in either order. */
    void filteredPeople() {
        for (String order : List.of("", "order_by=last_active&")) {
            List<JsonNode> all = walk(seeded.api(), "/users?" + order);
            PeopleFilters.of(all).forEach((filter, meaning) -> {
                List<String> expected =
                        all.stream().filter(meaning).map(ListContract::userId).toList();
                assertThat(expected)
                        .as("who is meant by " + filter)
                        .isNotEmpty()
                        .hasSizeLessThan(all.size());
                String query = "/users?" + order + "filter=" + Http.encode(filter) + "&limit=";
                assertThat(walk(query + limits.get(0), ListContract::userId))
                        .as(filter)
                        .isEqualTo(expected);
                assertThat(seeded.api().get(query + "1&total=true").body())
                        .as(filter)
                        .contains("\"total\":{\"value\":" + expected.size() + ",\"relation\":\"eq\"}");
            });
            for (String filter : PeopleFilters.ofNobody(all)) {
                assertThat(walk("/users?" + order + "filter=" + Http.encode(filter), ListContract::userId))
                        .as(filter)
                        .isEmpty();
            }
        }
    }

    /** The sessions of each of many random filters are those that are filtered by hand from the rows. */
    void randomlyFiltered() {
        Instant asOf = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        RandomFilters filters = new RandomFilters(new Random(SEED), seeded, walk(seeded.api(), "/users"), asOf);
        int some = 0;
        for (int number = 0; number < RANDOM_FILTERS; number++) {
            RandomFilter filter = filters.any(number % 4);
            List<String> expected =
                    SeededSession.keys(seeded.sessions().stream().filter(filter.meaning()));
            assertThat(walk("/sessions?as_of=" + asOf + "&filter=" + Http.encode(filter.text()), ListContract::key))
                    .as("seed %d, filter %d: %s", SEED, number, filter.text())
                    .isEqualTo(expected);
            some += expected.isEmpty() || expected.size() == seeded.sessions().size() ? 0 : 1;
        }
        assertThat(some)
                .as("filters that some sessions match and others do not")
                .isGreaterThan(RANDOM_FILTERS / 4);
    }

    void users() {
        List<String> expected =
                seeded.signedIn().stream().sorted(Comparator.reverseOrder()).toList();
        for (int limit : limits) {
            assertThat(walk("/users?limit=" + limit, ListContract::userId)).isEqualTo(expected);
        }
        for (int place = 0; place < expected.size(); place += 5) {
            assertThat(walk("/users?before_id=usr_" + expected.get(place), ListContract::userId))
                    .isEqualTo(expected.subList(place + 1, expected.size()));
        }
    }

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
            for (int limit : limits) {
                assertThat(walk("/users?limit=" + limit + "&" + query, ListContract::userId))
                        .as(query)
                        .isEqualTo(users);
            }
        });
        assertThat(walk("/users?identity_provider=Partner", ListContract::userId))
                .isEmpty();
    }
}
