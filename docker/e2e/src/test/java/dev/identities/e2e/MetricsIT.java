package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keycloak's metrics and health endpoints with the plugin, and the dashboard that comes with it. */
class MetricsIT {

    private static final Path DASHBOARD = Path.of("..", "grafana", "identities-dashboard.json");
    private static final String ADDRESS = "203.0.113.171";

    /** Two pauses before further attempts, of two and ten seconds; the rest is for a busy machine. */
    private static final Duration ALL_ATTEMPTS = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static Path places;
    private static KeycloakServer server;
    private static Scrape first;
    private static Realm realm;
    private static Receiver healthy;
    private static Receiver failing;
    private static App wiki;
    private static App shop;
    private static App chat;
    private static Http api;
    private static Http desk;
    private static String wendy;
    private static String zoe;

    @BeforeAll
    static void start() {
        places = folder.resolve("places.mmdb");
        server = Testbed.start(
                "metrics",
                Options.of(Testbed.providerJar()).withGeoDatabase(places).withArguments("--metrics-enabled=true"));
        first = scrape();
        realm = Realm.create(new AdminClient(server), "metered", Map.of());
        healthy = Receiver.answering(200);
        failing = Receiver.answering(500);
        wiki = realm.toldAt(healthy.url(), "wiki");
        shop = realm.toldAt(failing.url(), "shop");
        chat = realm.client("chat");
        wendy = realm.user("wendy", "wendy-password");
        zoe = realm.user("zoe", "zoe-password");
        App siem = realm.client("siem");
        realm.grantManagement(realm.serviceAccount(siem), "view-users", "manage-users");
        App helpDesk = realm.client("desk", Map.of("attributes", Map.of("identities.session-management-api", "true")));
        api = Http.ngrok(server.url(), "metered", siem.apiKey());
        desk = Http.ping(server.url(), "metered", helpDesk.clientId(), helpDesk.secret());
    }

    @AfterAll
    static void stop() {
        healthy.close();
        failing.close();
        server.close();
    }

    private static Scrape scrape() {
        return Scrape.of(server.managementUrl());
    }

    private static int ready() {
        return Scrape.get(server.managementUrl(), "/health/ready").statusCode();
    }

    @Test
    @DisplayName("every series is there at zero before the first request")
    void atZero() {
        assertThat(first.names())
                .contains(
                        "identities_requests_total",
                        "identities_page_seconds_bucket",
                        "identities_page_seconds_count",
                        "identities_page_seconds_sum",
                        "identities_revocations_total",
                        "identities_backchannel_deliveries_total",
                        "identities_session_indexes_missing");
        assertThat(first.ours()).allMatch(series -> first.value(series) == 0, "is zero");
    }

    @Test
    @DisplayName("requests count by API and by what became of them, pages by list with their time")
    void requests() {
        Tokens tokens = signIn();
        Scrape before = scrape();

        assertThat(api.get("/users").status()).isEqualTo(200);
        assertThat(api.get("/users?limit=1").status()).isEqualTo(200);
        assertThat(api.get("/users/" + wendy).status()).isEqualTo(200);
        assertThat(api.get("/sessions").status()).isEqualTo(200);
        assertThat(api.get("/sessions?limit=none").status()).isEqualTo(400);
        assertThat(api.get("/users/" + wendy + "/sessions").status()).isEqualTo(200);
        assertThat(api.without("Authorization").get("/users").status()).isEqualTo(403);
        assertThat(desk.get("/users/wendy").status()).isEqualTo(200);
        assertThat(desk.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(200);
        assertThat(desk.without("Authorization").get("/users/wendy").status()).isEqualTo(401);
        assertThat(desk.get("/nowhere").status()).isEqualTo(404);
        Http console = Http.console(server.url(), "metered", realm.admin().token());
        assertThat(console.get("/users").status()).isEqualTo(200);
        assertThat(console.get("/nowhere").status()).isEqualTo(404);

        Scrape after = scrape();
        assertThat(risen(before, after, "identities_requests_total"))
                .isEqualTo(Map.of(
                        request("ngrok", "success"), 5.0,
                        request("ngrok", "client_error"), 1.0,
                        request("ngrok", "denied"), 1.0,
                        request("pingfederate", "success"), 2.0,
                        request("pingfederate", "denied"), 1.0,
                        request("pingfederate", "client_error"), 1.0,
                        request("console", "success"), 1.0,
                        request("console", "client_error"), 1.0));
        assertThat(risen(before, after, "identities_page_seconds_count"))
                .isEqualTo(Map.of(
                        "identities_page_seconds_count{list=\"users\"}", 3.0,
                        "identities_page_seconds_count{list=\"sessions\"}", 1.0,
                        "identities_page_seconds_count{list=\"user_sessions\"}", 1.0));
        assertThat(risen(before, after, "identities_page_seconds_sum")).hasSize(3);
        assertThat(risen(before, after, "identities_page_seconds_bucket"))
                .containsEntry("identities_page_seconds_bucket{list=\"users\",le=\"+Inf\"}", 3.0);
    }

    @Test
    @DisplayName("sessions that end count, and so does each application that is told, cannot be, or does not listen")
    void revocations() {
        Browser browser = new Browser(Browser.PHONE, ADDRESS);
        assertThat(browser.signIn(wiki, SignIn.as("zoe", "zoe-password"))).isNotNull();
        assertThat(browser.visit(shop)).isPresent();
        assertThat(browser.visit(chat)).isPresent();
        Scrape before = scrape();

        assertThat(api.delete("/users/" + zoe).status()).isEqualTo(204);

        String deliveries = "identities_backchannel_deliveries_total";
        Scrape after = scrape();
        Instant limit = Instant.now().plus(ALL_ATTEMPTS);
        while (risen(before, after, deliveries).size() < 3 && Instant.now().isBefore(limit)) {
            pause();
            after = scrape();
        }
        assertThat(risen(before, after, deliveries))
                .isEqualTo(Map.of(
                        deliveries + "{outcome=\"confirmed\"}", 1.0,
                        deliveries + "{outcome=\"failed\"}", 1.0,
                        deliveries + "{outcome=\"cannot_tell\"}", 1.0));
        assertThat(risen(before, after, "identities_revocations_total"))
                .isEqualTo(Map.of("identities_revocations_total{outcome=\"revoked\"}", 1.0));
    }

    @Test
    @DisplayName("no label says who: neither person nor address nor id nor application nor realm, and none is new")
    void bounded() {
        Tokens tokens = signIn();
        String session = api.get("/sessions?limit=1")
                .json()
                .at("/application_sessions/0/id")
                .asText();
        assertThat(session).startsWith("ses_");
        assertThat(api.delete("/sessions/" + session).status()).isEqualTo(204);
        assertThat(desk.get("/users/wendy").status()).isEqualTo(200);

        Scrape after = scrape();
        assertThat(after.ours()).isEqualTo(first.ours());
        assertThat(after.labels()).containsExactly("api", "le", "list", "outcome");
        assertThat(after.text()).doesNotContain("wendy", wendy, ADDRESS, tokens.sessionId(), session);
        assertThat(after.ours()).noneMatch(series -> series.contains("chat") || series.contains("metered"));
    }

    @Test
    @DisplayName("a location file that is missing, or is none, costs no health: the lists just have no places")
    void health() throws IOException {
        assertThat(places).doesNotExist();
        assertThat(ready()).isEqualTo(200);
        listWithoutPlaces();

        Files.writeString(places, "no database at all");
        server.restart();

        assertThat(server.log()).contains("places.mmdb");
        assertThat(ready()).isEqualTo(200);
        listWithoutPlaces();
        assertThat(ready()).isEqualTo(200);
    }

    private static void listWithoutPlaces() {
        signIn();
        Http.Answer answer = api.get("/sessions");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()
                        .at("/application_sessions/0/browser_session/ip_address")
                        .asText())
                .isEqualTo(ADDRESS);
        assertThat(answer.json()
                        .at("/application_sessions/0/browser_session/location")
                        .isNull())
                .isTrue();
    }

    @Test
    @DisplayName("the dashboard asks for series and labels that the server has, and shows every meter")
    void dashboard() throws IOException {
        JsonNode dashboard = new JsonMapper().readTree(DASHBOARD.toFile());
        String queries = dashboard.findValuesAsText("expr").stream().collect(Collectors.joining("\n"));
        Set<String> asked = matches("identities_[a-z_]+", queries);

        assertThat(asked).isNotEmpty().isSubsetOf(first.names());
        assertThat(meters(asked)).isEqualTo(meters(first.names()));
        assertThat(matches("(?<=by \\()[^)]+", queries).stream()
                        .flatMap(labels -> List.of(labels.split(", *")).stream())
                        .collect(Collectors.toSet()))
                .isSubsetOf(first.labels());
        Set<String> selected = matches("[a-z_]+!?=~?\"[^\"$]+\"", queries);
        assertThat(selected).isNotEmpty().allMatch(pair -> {
            String[] labelAndValue = pair.replaceAll("[!~]", "").split("=", 2);
            return first.ours().stream().anyMatch(series -> series.contains(labelAndValue[0] + "=" + labelAndValue[1]));
        });
    }

    @Test
    @DisplayName("the dashboard can be imported: a chosen data source for every panel, places that do not overlap")
    void importable() throws IOException {
        JsonNode dashboard = new JsonMapper().readTree(DASHBOARD.toFile());
        assertThat(dashboard.path("id").isNull()).as("Grafana gives it an id").isTrue();
        assertThat(dashboard.path("uid").asText()).hasSizeLessThanOrEqualTo(40).isNotEmpty();
        assertThat(dashboard.path("title").asText()).isNotEmpty();
        assertThat(dashboard.path("schemaVersion").asInt()).isPositive();
        assertThat(dashboard.at("/templating/list").findValuesAsText("type")).contains("datasource");

        Set<Integer> ids = new HashSet<>();
        Set<List<Integer>> cells = new HashSet<>();
        assertThat(dashboard.get("panels")).isNotEmpty();
        for (JsonNode panel : dashboard.get("panels")) {
            String title = panel.path("title").asText();
            assertThat(title).isNotEmpty();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
            assertThat(panel.get("targets")).as(title).isNotEmpty();
            JsonNode place = panel.get("gridPos");
            assertThat(place.get("x").asInt() + place.get("w").asInt())
                    .as(title)
                    .isLessThanOrEqualTo(24);
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    List<Integer> cell =
                            List.of(place.get("x").asInt() + x, place.get("y").asInt() + y);
                    assertThat(cells.add(cell))
                            .as("%s lies on another panel", title)
                            .isTrue();
                }
            }
        }
    }

    /** A timer is several series. */
    private static Set<String> meters(Set<String> names) {
        return names.stream()
                .map(name -> name.replaceAll("_(bucket|count|sum|max)$", ""))
                .collect(Collectors.toSet());
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Signs wendy in to an application that cannot be told: nothing goes on in the background when it is over. */
    private static Tokens signIn() {
        return new Browser(Browser.DESKTOP, ADDRESS).signIn(chat, SignIn.as("wendy", "wendy-password"));
    }

    private static String request(String api, String outcome) {
        return "identities_requests_total{api=\"" + api + "\",outcome=\"" + outcome + "\"}";
    }

    /** By how much each series of that name has risen, without those that have not. */
    private static Map<String, Double> risen(Scrape before, Scrape after, String name) {
        Map<String, Double> risen = new HashMap<>();
        for (String series : after.ours()) {
            if (series.startsWith(name + "{") && after.value(series) != before.value(series)) {
                risen.put(series, after.value(series) - before.value(series));
            }
        }
        return risen;
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
