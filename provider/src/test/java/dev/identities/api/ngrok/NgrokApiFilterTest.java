package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiServer.Answer;
import dev.identities.filter.PersonTerm;
import dev.identities.listing.CachedSessions;
import dev.identities.listing.PersistentSessions;
import dev.identities.listing.SessionCatalog;
import dev.identities.listing.Tables;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code filter}, {@code as_of} and {@code total} of the lists. */
class NgrokApiFilterTest {

    private static final String ROOT = "https://sso.example.com/realms/acme/app";
    private static final int SEEDS = 8;
    private static final int PEOPLE = 8;

    private final NgrokWorld world = new NgrokWorld();
    private final List<Session> sessions = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    private void fill(Random random) {
        for (String client : List.of("wiki", "mail", "secret")) {
            world.directory.application(SampleSession.application(client));
        }
        for (int user = 0; user < PEOPLE; user++) {
            world.places.put("10.7.0." + user, new Place("DE", null, null, null, null, "test", null));
            world.places.put("2001:db8::" + user, new Place("JP", null, null, null, null, "test", null));
            world.directory.person(
                    "u" + user,
                    new Person("name" + user, "name" + user + "@corp.example", "Name " + user, true, Optional.empty()));
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                SampleSession session = SampleSession.of("s" + user + i)
                        .user("u" + user)
                        .ipAddress(random.nextBoolean() ? "10.7.0." + user : "2001:db8::" + user)
                        .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + random.nextInt(9)));
                sessions.add(session.clients(random.nextBoolean() ? "uuid-secret" : "uuid-wiki", "uuid-mail")
                        .build());
            }
            if (random.nextInt(3) == 0) {
                world.caller.hiddenUsers.add("u" + user);
            }
        }
        if (random.nextBoolean()) {
            world.caller.hiddenClients.add("uuid-secret");
        }
        sessions.forEach(world::add);
    }

    private List<SessionCatalog> catalogs() {
        return List.of(
                world.streams.catalog(world.seal),
                new PersistentSessions(Tables.of(sessions), CachedSessions.NONE, world.seal));
    }

    private static String encoded(String filter) {
        return URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    private JsonNode get(String path) {
        Answer answer = world.call("GET", path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return tree(answer.body());
    }

    private List<JsonNode> walk(String list, String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = path;
        for (int pages = 0; next != null; pages++) {
            assertThat(pages).isLessThan(100);
            JsonNode page = get(next);
            page.get(list).forEach(items::add);
            next = page.get("next_page_uri").isNull()
                    ? null
                    : page.get("next_page_uri").textValue().substring(ROOT.length());
        }
        return items;
    }

    private String username(JsonNode session) {
        String user = session.at("/application_user/id").textValue().substring("usr_".length());
        return world.directory.person(new UserId(user)).orElseThrow().username();
    }

    private static boolean reached(JsonNode item, String client) {
        return StreamSupport.stream(item.get("clients").spliterator(), false)
                .anyMatch(one -> one.get("client_id").textValue().equals(client));
    }

    private static boolean hasSignal(JsonNode item, String code) {
        return StreamSupport.stream(item.get("signals").spliterator(), false)
                .anyMatch(one -> one.textValue().equals(code));
    }

    /** Filters, each with what it means of a shown session. */
    private static Map<String, BiPredicate<NgrokApiFilterTest, JsonNode>> ofSessions() {
        return Map.of(
                "obj.application_user.username == \"name3\"",
                (test, session) -> test.username(session).equals("name3"),
                "obj.application_user.username != \"name3\"",
                (test, session) -> !test.username(session).equals("name3"),
                "\"secret\" in obj.clients",
                (test, session) -> reached(session, "secret"),
                "obj.clients.exists(c, c.client_id == \"secret\") || obj.sid == \"s00\"",
                (test, session) -> reached(session, "secret")
                        || session.get("id").textValue().endsWith("s00"),
                "!(\"secret\" in obj.clients)",
                (test, session) -> !reached(session, "secret"),
                "obj.endpoint == null",
                (test, session) -> session.get("endpoint").isNull(),
                "obj.browser_session.ip_address in cidr(\"10.7.0.0/16\")",
                (test, session) ->
                        session.at("/browser_session/ip_address").textValue().startsWith("10.7."),
                "obj.browser_session.ip_address in cidr(\"2001:db8::/32\") && \"mail\" in obj.clients",
                (test, session) ->
                        session.at("/browser_session/ip_address").textValue().startsWith("2001:"),
                "\"new_country\" in obj.signals",
                (test, session) -> hasSignal(session, "new_country"));
    }

    @Test
    @DisplayName("random grants: a filtered list of sessions is the list that the caller sees, filtered by hand")
    void sessionsByHand() {
        for (int seed = 0; seed < SEEDS; seed++) {
            NgrokApiFilterTest test = new NgrokApiFilterTest();
            test.fill(new Random(seed));
            for (SessionCatalog catalog : test.catalogs()) {
                test.world.catalog = catalog;
                List<JsonNode> shown = test.walk("application_sessions", "/sessions");
                ofSessions().forEach((filter, meaning) -> {
                    List<JsonNode> expected = shown.stream()
                            .filter(session -> meaning.test(test, session))
                            .toList();
                    for (int limit : new int[] {1, 3, 100}) {
                        String path = "/sessions?limit=" + limit + "&filter=" + encoded(filter);
                        assertThat(test.walk("application_sessions", path))
                                .as(filter)
                                .isEqualTo(expected);
                        assertThat(test.get(path + "&total=true").get("total").toString())
                                .isEqualTo("{\"value\":" + expected.size() + ",\"relation\":\"eq\"}");
                    }
                });
            }
            test.close();
        }
    }

    @Test
    @DisplayName("random grants: so is a filtered list of people, in every order")
    void peopleByHand() {
        Map<String, BiPredicate<NgrokApiFilterTest, JsonNode>> filters = Map.of(
                "obj.username == \"name3\"",
                (test, user) -> user.get("username").textValue().equals("name3"),
                "obj.email.endsWith(\"@corp.example\") && obj.sessions_count > 1",
                (test, user) -> user.get("sessions_count").intValue() > 1,
                "obj.signals.exists(s, s == \"other_country\") && obj.latest_session.signals.size() > 1",
                (test, user) -> hasSignal(user, "other_country")
                        && user.at("/latest_session/signals").size() > 1,
                "obj.username.startsWith(\"other\")",
                (test, user) -> false,
                "!obj.username.startsWith(\"name2\")",
                (test, user) -> !user.get("username").textValue().startsWith("name2"));
        for (int seed = 0; seed < SEEDS; seed++) {
            NgrokApiFilterTest test = new NgrokApiFilterTest();
            test.fill(new Random(seed));
            for (SessionCatalog catalog : test.catalogs()) {
                test.world.catalog = catalog;
                for (String order : List.of("", "order_by=last_active&", "search=name&")) {
                    List<JsonNode> shown = test.walk("application_users", "/users?" + order + "limit=100");
                    filters.forEach((filter, meaning) -> {
                        List<JsonNode> expected = shown.stream()
                                .filter(user -> meaning.test(test, user))
                                .toList();
                        for (int limit : new int[] {1, 100}) {
                            String path = "/users?" + order + "limit=" + limit + "&filter=" + encoded(filter);
                            assertThat(test.walk("application_users", path))
                                    .as(filter)
                                    .isEqualTo(expected);
                            assertThat(test.get(path + "&total=true")
                                            .at("/total/value")
                                            .intValue())
                                    .isEqualTo(expected.size());
                        }
                    });
                }
            }
            test.close();
        }
    }

    @Test
    @DisplayName("a part of a name is looked for in the store only for a caller who may see everybody")
    void partsOfNames() {
        fill(new Random(1));
        world.caller.hiddenUsers.clear();
        String filter = encoded("obj.application_user.username.startsWith(\"name\")");
        PersonTerm prefix = new PersonTerm(PersonTerm.Field.USERNAME, PersonTerm.Match.PREFIX, "name");
        for (boolean all : new boolean[] {true, false}) {
            if (!all) {
                world.caller.hiddenUsers.add("somebody else");
            }
            world.directory.lookedFor().clear();
            assertThat(walk("application_sessions", "/sessions?filter=" + filter))
                    .hasSize(sessions.size());
            assertThat(world.directory.lookedFor().contains(prefix)).isEqualTo(all);
        }
    }

    @Test
    @DisplayName("one person's sessions have a filter too")
    void ofOnePerson() {
        fill(new Random(1));
        world.caller.hiddenUsers.clear();
        String path = "/users/usr_u2/sessions";
        List<JsonNode> all = walk("application_sessions", path);
        assertThat(walk("application_sessions", path + "?filter=" + encoded("obj.sid == \"s20\"")))
                .isEqualTo(all.stream()
                        .filter(session -> session.get("id").textValue().endsWith("s20"))
                        .toList())
                .hasSize(1);
    }

    @Test
    @DisplayName("the next page has the same filter and the same time.now, and says the total again")
    void nextPage() {
        fill(new Random(2));
        world.caller.hiddenUsers.clear();
        String filter = "obj.created_at < timestamp(time.now) && obj.sid != \"a b&c\"";
        JsonNode page = get("/sessions?limit=2&total=true&filter=" + encoded(filter));
        assertThat(page.get("total").get("value").intValue()).isEqualTo(sessions.size());
        String next = page.get("next_page_uri").textValue();
        assertThat(next).contains("&filter=" + encoded(filter) + "&as_of=").endsWith("&total=true");
        String asOf = next.replaceAll(".*as_of=([^&]*)&.*", "$1");
        assertThat(get(next.substring(ROOT.length())).get("next_page_uri").textValue())
                .contains("as_of=" + asOf);
    }

    @Test
    @DisplayName("time.now is what as_of says")
    void asOf() {
        fill(new Random(3));
        world.caller.hiddenUsers.clear();
        String filter = encoded("obj.created_at > timestamp(time.now).subtract(\"1h\")");
        String path = "/sessions?filter=" + filter + "&as_of=";
        Instant created = Instant.ofEpochSecond(SampleSession.SECOND);
        assertThat(walk("application_sessions", path + created)).hasSize(sessions.size());
        assertThat(walk("application_sessions", path + created.plusSeconds(3_600)))
                .isEmpty();
    }

    @Test
    @DisplayName("without a filter nothing is said of a total unless asked, and an empty filter is none")
    void unfiltered() {
        fill(new Random(4));
        assertThat(get("/sessions").has("total")).isFalse();
        assertThat(get("/users?filter=").has("total")).isFalse();
        assertThat(get("/users?total=true&limit=1").get("total").get("value").intValue())
                .isEqualTo(PEOPLE - world.caller.hiddenUsers.size());
        assertThat(get("/sessions?total=true&limit=1").get("total").get("value").longValue())
                .isEqualTo(sessions.stream()
                        .filter(session -> world.caller.mayView(session.userId()))
                        .count());
    }

    @Test
    @DisplayName("a text that is no filter: 400 with the place and the reason")
    void invalid() {
        String filter = encoded("obj.kind == \"online\" && obj.secret == 1");
        JsonNode error = NgrokApiErrorsTest.assertError(world.call("GET", "/sessions?filter=" + filter), 400, 250);
        assertThat(error.get("msg").textValue()).startsWith("Invalid CEL query: at 29: ");
    }
}
