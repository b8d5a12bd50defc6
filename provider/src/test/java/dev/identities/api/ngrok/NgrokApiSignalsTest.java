package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.session.Device;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.signal.Signals;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The signals of sessions and people, as they are on the wire. */
class NgrokApiSignalsTest {

    private static final String JANE = "0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e";

    private final NgrokWorld world = new NgrokWorld();

    @BeforeEach
    void places() {
        world.knowBerlinAndTokyo();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static SampleSession session(String sid, long second, String address) {
        return SampleSession.of(new SessionId(second, SessionKind.ONLINE, RememberMe.NO, sid))
                .user(JANE)
                .ipAddress(address);
    }

    private static List<String> codes(JsonNode resource) {
        List<String> codes = new ArrayList<>();
        resource.get("signals").forEach(code -> codes.add(code.textValue()));
        return codes;
    }

    @Test
    @DisplayName("a session from a second country has its signals alone, in its person's sessions and in the realm's")
    void everywhere() {
        world.add(session("home", SampleSession.SECOND, "203.0.113.7").build());
        world.add(session("away", SampleSession.SECOND + 3_600, "203.0.113.8").build());
        world.add(session("john", SampleSession.SECOND - 1, "203.0.113.8")
                .user("john")
                .build());

        JsonNode alone = tree(world.call("GET", "/sessions/away").body());

        assertThat(codes(alone)).containsExactly("impossible_travel", "new_country", "other_country");
        JsonNode travel = alone.at("/signal_details/impossible_travel");
        assertThat(travel.get("other_session_id").textValue()).isEqualTo("ses_696adf8bfhome");
        assertThat(travel.get("distance_km").longValue()).isBetween(8_840L, 8_856L);
        assertThat(travel.get("seconds").longValue()).isEqualTo(3_600);
        assertThat(travel.get("speed_kmh").longValue())
                .isEqualTo(travel.get("distance_km").longValue());
        assertThat(alone.at("/signal_details/new_country").toString())
                .isEqualTo("{\"country\":\"JP\",\"others\":[\"DE\"]}");
        for (String list : new String[] {"/sessions", "/users/" + JANE + "/sessions"}) {
            JsonNode sessions = tree(world.call("GET", list).body()).get("application_sessions");
            assertThat(sessions.get(0)).as(list).isEqualTo(alone);
        }
        JsonNode sessions = tree(world.call("GET", "/sessions").body()).get("application_sessions");
        assertThat(sessions.get(2).at("/application_user/id").textValue()).isEqualTo("usr_john");
        assertThat(codes(sessions.get(2))).isEmpty();
        assertThat(sessions.get(2).has("signal_details")).isFalse();
    }

    @Test
    @DisplayName("a page of the realm's sessions compares also with sessions that are not on it")
    void otherPage() {
        world.add(session("home", SampleSession.SECOND, "203.0.113.7").build());
        world.add(session("away", SampleSession.SECOND + 3_600, "203.0.113.8").build());
        JsonNode page = tree(world.call("GET", "/sessions?limit=1").body()).get("application_sessions");
        assertThat(page).hasSize(1);
        assertThat(codes(page.get(0))).contains("new_country");
    }

    @Test
    @DisplayName("a person has the codes of all their sessions, each with the session that has it")
    void person() {
        world.add(session("home", SampleSession.SECOND, "203.0.113.7")
                .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + 9_000))
                .build());
        world.add(session("away", SampleSession.SECOND + 3_600, "203.0.113.8").build());
        world.add(session("desk", SampleSession.SECOND + 3_700, "10.0.0.1")
                .impersonator("somebody")
                .build());
        for (JsonNode user : List.of(
                tree(world.call("GET", "/users/" + JANE).body()),
                tree(world.call("GET", "/users").body()).at("/application_users/0"))) {
            assertThat(codes(user))
                    .containsExactly("impossible_travel", "impersonated", "new_country", "other_country");
            JsonNode details = user.get("signal_details");
            assertThat(details.at("/impersonated/session_id").textValue()).endsWith("desk");
            assertThat(details.at("/new_country/session_id").textValue()).endsWith("away");
            assertThat(details.at("/other_country/session_id").textValue()).endsWith("home");
            assertThat(details.at("/other_country/country").textValue()).isEqualTo("DE");
            assertThat(codes(user.get("latest_session"))).containsExactly("impossible_travel", "other_country");
        }
    }

    @Test
    @DisplayName("whatever a session or a person shows of signals can be filtered by, and names those that show it")
    void filtered() {
        long old = SampleSession.SECOND - 100 * 86_400;
        world.add(session("home", SampleSession.SECOND, "203.0.113.7").build());
        world.add(session("away", SampleSession.SECOND + 3_600, "203.0.113.8")
                .device(new Device("", "", "", "Mobile", "iOS", ""))
                .build());
        world.add(session("desk", SampleSession.SECOND + 3_700, "10.0.0.1")
                .impersonator("somebody")
                .build());
        world.add(SampleSession.of(new SessionId(old, SessionKind.OFFLINE, RememberMe.NO, "old"))
                .user("john")
                .build());
        Set<String> pointers = new TreeSet<>();
        for (String member : new String[] {"application_sessions", "application_users"}) {
            String path = member.equals("application_users") ? "/users" : "/sessions";
            JsonNode all = tree(world.call("GET", path).body()).get(member);
            for (JsonNode item : all) {
                for (String condition : conditions(item, pointers)) {
                    assertThat(ids(tree(world.call("GET", path + "?filter=" + encoded(condition))
                                            .body())
                                    .get(member)))
                            .as(condition)
                            .isEqualTo(ids(all, other -> conditions(other, new TreeSet<>())
                                    .contains(condition)));
                }
            }
        }
        assertThat(pointers)
                .contains(
                        "impossible_travel.speed_kmh",
                        "impersonated.session_id",
                        "new_device.others",
                        "old_offline.days");
    }

    /** One for each text in {@code signals} and each member of {@code signal_details}. */
    private static List<String> conditions(JsonNode item, Set<String> pointers) {
        List<String> conditions = new ArrayList<>();
        item.get("signals").forEach(code -> conditions.add(code + " in obj.signals"));
        item.path("signal_details")
                .properties()
                .forEach(detail -> detail.getValue().properties().forEach(member -> {
                    pointers.add(detail.getKey() + "." + member.getKey());
                    String field = "obj.signal_details." + detail.getKey() + "." + member.getKey();
                    conditions.add(
                            member.getValue().isArray()
                                    ? member.getValue().get(0) + " in " + field
                                    : field + " == " + member.getValue());
                }));
        return conditions;
    }

    private static List<String> ids(JsonNode items) {
        return ids(items, item -> true);
    }

    private static List<String> ids(JsonNode items, Predicate<JsonNode> which) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(which)
                .map(item -> item.get("id").textValue())
                .toList();
    }

    private static String encoded(String filter) {
        return URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("a session is compared with as many of the person's as were active last, wherever it is shown")
    void bounded() {
        world.add(session("old", SampleSession.SECOND, "203.0.113.8").build());
        for (int i = 1; i <= Signals.COMPARED; i++) {
            world.add(session("home" + i, SampleSession.SECOND + i, "203.0.113.7")
                    .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + 100 + i))
                    .build());
        }
        world.add(session("away", SampleSession.SECOND + 50, "203.0.113.8")
                .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + 200))
                .build());
        assertThat(codes(tree(world.call("GET", "/sessions/away").body())))
                .as("the session that was in that country before was active too long ago")
                .contains("new_country");
        assertThat(codes(tree(world.call("GET", "/users/" + JANE).body()))).contains("new_country");
    }
}
