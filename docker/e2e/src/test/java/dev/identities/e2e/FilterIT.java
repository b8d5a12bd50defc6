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
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lists with a filter, of sessions that real sign-ins made: each is the list filtered by hand. */
class FilterIT {

    private static final Pattern EXAMPLE = Pattern.compile("```cel\\n(.*?)\\n```", Pattern.DOTALL);

    private static Realm realm;
    private static Http api;

    @BeforeAll
    static void signIn() {
        Realm partner = Testbed.realm("filter-partner");
        partner.user("paula", "paula-password");
        realm = Testbed.realm("filter");
        realm.identityProvider("partner", partner, Map.of());
        App wiki = realm.client("wiki");
        App mail = realm.client("mail");
        for (String name : List.of("alice", "alan", "bob")) {
            realm.user(name, name + "-password");
        }
        Browser desktop = new Browser(Browser.DESKTOP, "203.0.113.10");
        desktop.signIn(wiki, SignIn.as("alice", "alice-password"));
        desktop.visit(mail);
        new Browser(Browser.PHONE, "203.0.113.77")
                .signIn(mail, SignIn.as("alan", "alan-password").remembered());
        new Browser(Browser.DESKTOP, "198.51.100.7")
                .signIn(wiki, SignIn.as("paula", "paula-password").through("partner"));
        new Browser(Browser.PHONE, "2001:db8:7::9").signIn(wiki, SignIn.as("bob", "bob-password"));
        new Backend(wiki).directGrant(new Credentials("bob", "bob-password"), "offline_access");
        api = Http.ngrok(Testbed.server().url(), "filter", realm.program("siem").apiKey());
    }

    private static String encoded(String filter) {
        return URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    private static List<JsonNode> walk(String path, String member) {
        List<JsonNode> items = new ArrayList<>();
        String next = path;
        for (int pages = 0; next != null; pages++) {
            assertThat(pages).isLessThan(50);
            Http.Answer answer = api.get(next);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            answer.json().get(member).forEach(items::add);
            JsonNode uri = answer.json().get("next_page_uri");
            next = uri.isNull()
                    ? null
                    : uri.asText().substring(api.base().toString().length());
        }
        return items;
    }

    private static boolean reached(JsonNode item, String client) {
        return StreamSupport.stream(item.get("clients").spliterator(), false)
                .anyMatch(one -> one.get("client_id").asText().equals(client));
    }

    private static Predicate<JsonNode> at(String pointer, Predicate<String> matches) {
        return item -> matches.test(item.at(pointer).asText());
    }

    @Test
    @DisplayName("sessions by address, network, person, application, identity provider, device, kind and age")
    void sessions() {
        String bob = "usr_" + realm.userId("bob");
        String alice = "usr_" + realm.userId("alice");
        String alan = "usr_" + realm.userId("alan");
        List<JsonNode> all = walk("/sessions", "application_sessions");
        assertThat(all).hasSize(5);
        Map<String, Predicate<JsonNode>> filters = new LinkedHashMap<>();
        filters.put(
                "obj.browser_session.ip_address == \"203.0.113.10\"",
                at("/browser_session/ip_address", "203.0.113.10"::equals));
        filters.put(
                "obj.browser_session.ip_address in cidr(\"203.0.113.0/24\")",
                at("/browser_session/ip_address", address -> address.startsWith("203.0.113.")));
        filters.put(
                "obj.browser_session.ip_address in cidr(\"2001:db8::/32\")",
                at("/browser_session/ip_address", address -> address.startsWith("2001:db8:")));
        filters.put("obj.application_user.username == \"bob\"", at("/application_user/id", bob::equals));
        filters.put(
                "obj.application_user.username.startsWith(\"al\")",
                at("/application_user/id", List.of(alice, alan)::contains));
        filters.put(
                "obj.application_user.name.contains(\"ob\")",
                at("/application_user/name", name -> name.contains("ob")));
        filters.put(
                "\"new_device\" in obj.signals || obj.signals.exists(s, s == \"other_country\")",
                session -> session.get("signals").toString().matches(".*(new_device|other_country).*"));
        filters.put("\"mail\" in obj.clients", session -> reached(session, "mail"));
        filters.put(
                "obj.clients.exists(c, c.client_id == \"mail\") && \"wiki\" in obj.clients",
                session -> reached(session, "mail") && reached(session, "wiki"));
        filters.put("obj.identity_provider.alias == \"partner\"", at("/identity_provider/alias", "partner"::equals));
        filters.put(
                "obj.browser_session.user_agent.device_type == \"Mobile\" || obj.kind == \"offline\"",
                at("/browser_session/user_agent/device_type", "Mobile"::equals).or(at("/kind", "offline"::equals)));
        filters.put(
                "!obj.remember_me && obj.grant == null",
                session -> !session.get("remember_me").asBoolean()
                        && session.get("grant").isNull());
        filters.put("obj.created_at > timestamp(time.now).subtract(\"1h\")", session -> true);
        filters.put("obj.created_at < timestamp(time.now).subtract(\"1h\")", session -> false);
        filters.forEach((filter, meaning) -> {
            List<JsonNode> expected = all.stream().filter(meaning).toList();
            for (int limit : new int[] {1, 100}) {
                assertThat(walk("/sessions?limit=" + limit + "&filter=" + encoded(filter), "application_sessions"))
                        .as(filter)
                        .isEqualTo(expected);
            }
            JsonNode total = api.get("/sessions?limit=1&total=true&filter=" + encoded(filter))
                    .json()
                    .get("total");
            assertThat(total.toString()).isEqualTo("{\"value\":" + expected.size() + ",\"relation\":\"eq\"}");
        });
    }

    @Test
    @DisplayName("one person's sessions: the filter leaves some of theirs, page by page, and never somebody else's")
    void sessionsOfOne() {
        String bob = "usr_" + realm.userId("bob");
        String path = "/users/" + bob + "/sessions";
        List<JsonNode> own = walk(path, "application_sessions");
        assertThat(own).hasSize(2);
        Map<String, Predicate<JsonNode>> filters = Map.of(
                "\"wiki\" in obj.clients", session -> true,
                "obj.kind == \"online\"", at("/kind", "online"::equals),
                "obj.application_user.username == \"alice\"", session -> false);
        filters.forEach((filter, meaning) -> {
            String query = "filter=" + encoded(filter);
            assertThat(walk("/sessions?" + query, "application_sessions"))
                    .as("of everybody: " + filter)
                    .anyMatch(at("/application_user/id", id -> !id.equals(bob)));
            for (int limit : new int[] {1, 100}) {
                assertThat(walk(path + "?limit=" + limit + "&" + query, "application_sessions"))
                        .as(filter)
                        .isEqualTo(own.stream().filter(meaning).toList());
            }
        });

        String both = encoded("\"wiki\" in obj.clients");
        assertThat(api.get(path + "?limit=1&filter=" + both)
                        .json()
                        .get("next_page_uri")
                        .asText())
                .startsWith(api.base() + path + "?before_id=")
                .contains("&limit=1&filter=" + both + "&as_of=");
        assertError(api.get(path + "?filter=" + encoded("obj.nothing == \"x\"")), 400, "ERR_NGROK_250");
    }

    @Test
    @DisplayName("people by name, and by their sessions")
    void people() {
        List<JsonNode> all = walk("/users", "application_users");
        Map<String, Predicate<JsonNode>> filters = Map.of(
                "obj.username.startsWith(\"al\")", at("/username", name -> name.startsWith("al")),
                "obj.sessions_count > 1", user -> user.get("sessions_count").asInt() > 1,
                "obj.username == \"nobody\"", user -> false);
        filters.forEach((filter, meaning) -> {
            for (String order : List.of("", "order_by=last_active&")) {
                assertThat(walk("/users?" + order + "limit=2&filter=" + encoded(filter), "application_users"))
                        .as(filter)
                        .containsExactlyInAnyOrderElementsOf(
                                all.stream().filter(meaning).toList());
            }
        });
        assertThat(api.get("/users?total=true&limit=1")
                        .json()
                        .at("/total/value")
                        .asInt())
                .isEqualTo(all.size());
    }

    @Test
    @DisplayName("the examples of docs/filter.md are answered")
    void examples() throws IOException {
        String text = Files.readString(Path.of("..", "..", "docs", "filter.md"));
        int users = text.indexOf("\n### Users\n");
        List<MatchResult> examples = EXAMPLE.matcher(text).results().toList();
        assertThat(examples).hasSize(11);
        for (MatchResult example : examples) {
            String path = example.start() > users ? "/users?filter=" : "/sessions?filter=";
            Http.Answer answer = api.get(path + encoded(example.group(1)));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("a text that is no filter: 400 with the place of the mistake, which is not logged as a fault")
    void invalid() {
        Http.Answer answer = api.get("/sessions?filter=" + encoded("obj.kind == 3"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error_code").asText()).isEqualTo("ERR_NGROK_250");
        assertThat(answer.json().get("msg").asText()).startsWith("Invalid CEL query: at ");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }
}
