package dev.identities.e2e;

import static dev.identities.e2e.NgrokContractIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.cluster.Waiting;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The live feed of events at {@code /app/events}. */
class EventFeedIT {

    /** Of one account, as documented. */
    private static final int PER_ACCOUNT = 20;

    private static final Duration CUT_OFF = Duration.ofSeconds(30);

    private static Realm realm;
    private static App wiki;
    private static App siem;
    private static String alice;

    @BeforeAll
    static void people() {
        realm = Testbed.realm("feed");
        wiki = realm.client("wiki");
        siem = realm.program("siem");
        alice = realm.user("alice", "alice");
    }

    private static Http as(String credential) {
        return Http.ngrok(Testbed.server().url(), "feed", credential);
    }

    private static Tokens signIn(String name, String... scopes) {
        return new Backend(wiki).directGrant(new Credentials(name, name), scopes);
    }

    @Test
    @DisplayName("a program hears of a session's beginning, and of its end by whomever: our API, Keycloak's, a logout")
    void beginningsAndEnds() {
        Http api = as(siem.apiKey());
        try (FeedReader feed = FeedReader.open(api, "")) {
            Tokens one = signIn("alice");
            JsonNode started = feed.next("session.started", one.sessionId());
            assertThat(started.at("/user/username").asText()).isEqualTo("alice");
            assertThat(started.at("/user/id").asText()).isEqualTo("usr_" + alice);
            assertThat(started.at("/ended").isNull()).isTrue();
            assertThat(started.at("/session"))
                    .isEqualTo(api.get("/sessions/" + one.sessionId()).json());

            assertThat(api.delete("/sessions/" + one.sessionId() + "?reason=stolen%20laptop")
                            .status())
                    .isEqualTo(204);
            JsonNode ended = feed.next("session.ended", one.sessionId());
            assertThat(ended.at("/session/id")).isEqualTo(started.at("/session/id"));
            assertThat(ended.at("/ended/through").asText()).isEqualTo("app");
            assertThat(ended.at("/ended/reason").asText()).isEqualTo("stolen laptop");
            assertThat(ended.at("/ended/by/kind").asText()).isEqualTo("administrator");
            assertThat(ended.at("/ended/by/name").asText()).isEqualTo("service-account-siem");

            Tokens two = signIn("alice");
            realm.admin().delete(realm.path("/sessions/" + two.sessionId()));
            JsonNode byKeycloak = feed.next("session.ended", two.sessionId());
            assertThat(byKeycloak.at("/ended/through").asText()).isEqualTo("admin_api");
            // An administrator of realm master is not named here.
            assertThat(byKeycloak.at("/ended/by/name").asText()).isEqualTo("(hidden)");
            assertThat(byKeycloak.at("/session/browser_session/ip_address").asText())
                    .isEqualTo("127.0.0.1");

            Tokens three = signIn("alice");
            new Backend(wiki).logout(three);
            JsonNode byUser = feed.next("session.ended", three.sessionId());
            assertThat(byUser.at("/ended/through").asText()).isEqualTo("logout");
            assertThat(byUser.at("/ended/by/name").asText()).isEqualTo("alice");

            Tokens offline = signIn("alice", "offline_access");
            assertThat(feed.next("session.started", offline.sessionId())
                            .at("/kind")
                            .asText())
                    .isEqualTo("offline");
        }
    }

    @Test
    @DisplayName("a program that connects again gets what it missed, and is told of a gap where that is forgotten")
    void resume() {
        Http api = as(siem.apiKey());
        String last;
        try (FeedReader feed = FeedReader.open(api, "")) {
            Tokens seen = signIn("alice");
            feed.next("session.started", seen.sessionId());
            last = feed.lastId();
        }
        Tokens missed = signIn("alice");
        try (FeedReader feed = FeedReader.open(api.with("Last-Event-ID", last), "")) {
            assertThat(feed.next().get("sid").asText()).isEqualTo(missed.sessionId());
        }
        try (FeedReader feed = FeedReader.open(api.with("Last-Event-ID", "00000000-1"), "")) {
            assertThat(feed.next().get("type").asText()).isEqualTo("feed.gap");
        }
    }

    @Test
    @DisplayName("each signal of a new session is an event; permissions, filter and Last-Event-ID hold for it too")
    void signals() throws InterruptedException {
        realm.user("tina", "tina");
        String delegate = realm.administrator("stranger", "query-users").token();
        Http api = as(siem.apiKey());
        String inJapan = "?filter=" + Http.encode("obj.browser_session.location.country_code == \"JP\"");
        JsonNode home =
                api.get("/sessions/" + browse(Browser.DESKTOP, Places.BERLIN)).json();
        // Sessions begin in whole seconds, and only an earlier one makes a country new.
        Waiting.pastSecondOf(Instant.parse(home.get("created_at").asText()));
        String place;
        try (FeedReader all = FeedReader.open(api, "");
                FeedReader filtered = FeedReader.open(api, inJapan);
                FeedReader travelling =
                        FeedReader.open(api, "?filter=" + Http.encode("\"new_device\" in obj.signals"));
                FeedReader stranger = FeedReader.open(as(delegate), "")) {
            String away = browse(Browser.PHONE, Places.TOKYO);
            JsonNode started = all.next("session.started", away);
            assertThat(started.at("/session/signals")).isEmpty();
            assertThat(started.at("/signal").isNull()).isTrue();

            JsonNode travel = all.next();
            place = all.lastId();
            assertThat(travel.get("type").asText()).isEqualTo("signal.raised");
            assertThat(travel.get("sid").asText()).isEqualTo(away);
            assertThat(travel.at("/signal/code").asText()).isEqualTo("impossible_travel");
            assertThat(travel.at("/signal/details/distance_km").asLong()).isBetween(8_840L, 8_856L);
            assertThat(travel.at("/signal/details/other_session_id")).isEqualTo(home.get("id"));
            assertThat(travel.get("user")).isEqualTo(started.get("user"));
            JsonNode now = api.get("/sessions/" + away).json();
            for (String member : List.of("id", "created_at", "application_user", "signals", "signal_details")) {
                assertThat(travel.get("session").get(member)).as(member).isEqualTo(now.get(member));
            }
            List<String> rest = codes(all, 3);
            assertThat(rest).containsExactly("new_country", "other_country", "new_device");

            assertThat(codes(travelling, 4)).startsWith("impossible_travel");
            filtered.next("session.started", away);
            assertThat(codes(filtered, 4)).startsWith("impossible_travel");
            assertThat(api.delete("/sessions/" + away).status()).isEqualTo(204);
            assertThat(all.next().get("type").asText()).isEqualTo("session.ended");
            assertThat(stranger.quiet()).isTrue();
        }
        try (FeedReader again = FeedReader.open(api.with("Last-Event-ID", place), inJapan)) {
            assertThat(codes(again, 3)).containsExactly("new_country", "other_country", "new_device");
            assertThat(again.next().get("type").asText()).isEqualTo("session.ended");
        }
    }

    @Test
    @DisplayName("the sessions of a realm that signs everybody out, and of an account that is removed, are told of")
    void allAtOnce() {
        String leaving = realm.user("remo", "remo");
        App closing = realm.client("closing");
        Http api = as(siem.apiKey());
        try (FeedReader feed = FeedReader.open(api, "")) {
            Tokens first = signIn("alice");
            Tokens second = new Backend(closing).directGrant(new Credentials("alice", "alice"));
            // A session of an application that is gone is told of like any other.
            realm.admin().delete(realm.path("/clients/" + realm.clientUuid("closing")));
            realm.admin().post(realm.path("/logout-all"), null);
            Map<String, JsonNode> ended = new HashMap<>();
            while (!ended.keySet().containsAll(List.of(first.sessionId(), second.sessionId()))) {
                JsonNode event = feed.next();
                if (event.get("type").asText().equals("session.ended")) {
                    ended.put(event.get("sid").asText(), event);
                }
            }
            for (Tokens gone : List.of(first, second)) {
                JsonNode event = ended.get(gone.sessionId());
                assertThat(event.at("/ended/through").asText()).isEqualTo("admin_api");
                assertThat(event.at("/ended/by/kind").asText()).isEqualTo("administrator");
                assertThat(event.at("/session/application_user/username").asText())
                        .isEqualTo("alice");
                assertThat(new Backend(wiki).access(gone).lost()).isTrue();
            }

            Tokens remos = signIn("remo");
            realm.admin().delete(realm.path("/users/" + leaving));
            JsonNode event = feed.next("session.ended", remos.sessionId());
            assertThat(event.at("/ended/through").asText()).isEqualTo("user_removed");
            assertThat(event.at("/ended/by/kind").asText()).isEqualTo("administrator");
            assertThat(event.at("/user/id").asText()).isEqualTo("usr_" + leaving);
            assertThat(event.at("/session/browser_session/ip_address").asText()).isEqualTo("127.0.0.1");
            assertThat(new Backend(wiki).refusal(remos)).isEqualTo("400 invalid_grant");
        }
    }

    private static String browse(String agent, String address) {
        return new Browser(agent, address)
                .signIn(wiki, SignIn.as("tina", "tina"))
                .sessionId();
    }

    private static List<String> codes(FeedReader feed, int events) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            codes.add(feed.next().at("/signal/code").asText());
        }
        return codes;
    }

    @Test
    @DisplayName("a filter chooses, in the language of the lists")
    void filter() {
        realm.user("bert", "bert");
        try (FeedReader feed =
                FeedReader.open(as(siem.apiKey()), "?filter=" + Http.encode("obj.kind == \"offline\""))) {
            signIn("bert");
            Tokens offline = signIn("bert", "offline_access");
            assertThat(feed.next().get("sid").asText()).isEqualTo(offline.sessionId());
        }
    }

    @Test
    @DisplayName("nobody hears of people whom they may not view")
    void rowByRow() {
        Grants grants = Grants.in(realm);
        String bob = realm.user("bob", "bob");
        String delegate = realm.administrator("delegate", "query-users").token();
        grants.policy("feed", realm.userId("delegate"), "POSITIVE");
        grants.permission("view by feed", List.of(bob), List.of("view"), "feed");
        try (FeedReader feed = FeedReader.open(as(delegate), "")) {
            signIn("alice");
            Tokens bobs = signIn("bob");
            assertThat(feed.next().get("sid").asText()).isEqualTo(bobs.sessionId());
        }
    }

    @Test
    @DisplayName("a caller who loses permission, session or secret is cut off within 30 seconds; others are not")
    void cutOff() {
        realm.user("carl", "carl");
        realm.grantManagement(realm.userId("carl"), "view-users");
        App leaving = realm.program("leaving");
        App demoted = realm.program("demoted");
        App rotated = realm.program("rotated");
        Tokens carls = signIn("carl");
        try (FeedReader account = FeedReader.open(as(leaving.apiKey()), "");
                FeedReader permission = FeedReader.open(as(demoted.apiKey()), "");
                FeedReader session = FeedReader.open(as(carls.accessToken()), "");
                FeedReader secret = FeedReader.open(as(rotated.apiKey()), "");
                FeedReader other = FeedReader.open(as(siem.apiKey()), "")) {
            realm.admin().delete(realm.path("/users/" + realm.serviceAccount(leaving)));
            assertThat(realm.admin()
                            .send(
                                    "DELETE",
                                    realm.path("/users/" + realm.serviceAccount(demoted) + "/role-mappings/clients/"
                                            + realm.clientUuid("realm-management")),
                                    null)
                            .statusCode())
                    .isEqualTo(204);
            new Backend(wiki).logout(carls);
            realm.admin().post(realm.path("/clients/" + realm.clientUuid("rotated") + "/client-secret"), Map.of());
            for (FeedReader lost : List.of(account, permission, session, secret)) {
                assertThat(lost.ended(CUT_OFF)).isPresent();
            }
            Tokens after = signIn("alice");
            other.next("session.started", after.sessionId());
        }
    }

    @Test
    @DisplayName("a caller whose token expires is cut off within 30 seconds, and goes on with the next token")
    void expired() {
        realm.user("ella", "ella");
        realm.grantManagement(realm.userId("ella"), "view-users");
        App brief = realm.client("brief", Map.of("attributes", Map.of("access.token.lifespan", "12")));
        Tokens tokens = new Backend(brief).directGrant(new Credentials("ella", "ella"));
        Instant expiry = Instant.ofEpochSecond(tokens.claims().get("exp").asLong());
        try (FeedReader feed = FeedReader.open(as(tokens.accessToken()), "")) {
            assertThat(feed.ended(Duration.between(Instant.now(), expiry.minusSeconds(1))))
                    .isEmpty();
            assertThat(feed.ended(Duration.between(Instant.now(), expiry.plus(CUT_OFF))))
                    .isPresent();
            JsonNode end = feed.next();
            assertThat(end.get("type").asText()).isEqualTo("feed.end");
            assertThat(end.get("reason").asText()).isEqualTo("access_lost");
        }
        // It was the token that ended, and not the session.
        Tokens next = new Backend(brief).refreshed(tokens);
        try (FeedReader feed = FeedReader.open(as(next.accessToken()), "")) {
            Tokens alices = signIn("alice");
            feed.next("session.started", alices.sessionId());
        }
    }

    @Test
    @DisplayName("a request that does not fit is refused in the API's words")
    void refusals() {
        Http api = as(siem.apiKey());
        assertError(api.without("Authorization").get("/events"), 403, "ERR_NGROK_200");
        assertError(as("bm86b25l").get("/events"), 403, "ERR_NGROK_203");
        assertError(as(realm.administrator("nobody", "view-clients").token()).get("/events"), 403, "ERR_NGROK_206");
        assertError(api.without("ngrok-version").get("/events"), 400, "ERR_NGROK_218");
        assertError(api.get("/events?limit=1"), 400, "ERR_NGROK_231");
        assertError(api.get("/events?filter=obj.nothing"), 400, "ERR_NGROK_250");
        assertError(api.with("Last-Event-ID", "evt_1").get("/events"), 400, "ERR_NGROK_230");
        assertError(api.post("/events"), 404, "ERR_NGROK_404");
    }

    @Test
    @DisplayName("an account may have so many open feeds and no more, and another account is not concerned")
    void perAccount() {
        Http api = as(realm.program("greedy").apiKey());
        List<FeedReader> feeds = new ArrayList<>();
        try {
            for (int i = 0; i < PER_ACCOUNT; i++) {
                feeds.add(FeedReader.open(api, ""));
            }
            Http.Answer refused = api.get("/events");
            assertError(refused, 429, "ERR_NGROK_429");
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            feeds.add(FeedReader.open(as(realm.program("modest").apiKey()), ""));
        } finally {
            feeds.forEach(FeedReader::close);
        }
    }
}
