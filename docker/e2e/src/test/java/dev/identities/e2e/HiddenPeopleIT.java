package dev.identities.e2e;

import static dev.identities.e2e.NgrokContractIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Filters of an administrator who may view one person only. Nobody else is there for them, whatever a filter says. */
class HiddenPeopleIT {

    private static final String SEEN = "mary-seen";
    private static final String HIDDEN = "mary-hidden";
    private static final String ADDRESS_OF_HIDDEN = "203.0.113.72";

    private static String hidden;
    private static Tokens hiddens;
    private static Http everybody;
    private static Http delegate;

    @BeforeAll
    static void signIn() {
        Realm realm = Testbed.realm("hidden-people");
        App wiki = realm.client("wiki");
        String seen = realm.user(SEEN, "password");
        hidden = realm.user(HIDDEN, "password");
        new Browser(Browser.DESKTOP, "203.0.113.71").signIn(wiki, SignIn.as(SEEN, "password"));
        for (int i = 0; i < 3; i++) {
            hiddens = new Browser(Browser.DESKTOP, ADDRESS_OF_HIDDEN).signIn(wiki, SignIn.as(HIDDEN, "password"));
        }
        everybody = Http.ngrok(
                Testbed.server().url(), realm.name(), realm.program("siem").apiKey());
        delegate = Http.ngrok(
                Testbed.server().url(),
                realm.name(),
                realm.administrator("delegate", "query-users").token());
        Grants grants = Grants.in(realm);
        grants.policy("is delegate", realm.userId("delegate"), "POSITIVE");
        grants.permission("view one", List.of(seen), List.of("view"), "is delegate");
    }

    @Test
    @DisplayName("sessions: a filter that hidden people's match as well lists none of theirs")
    void sessionsOfBoth() {
        for (String filter : List.of(
                "obj.application_user.username.startsWith(\"mary-\")",
                "obj.application_user.email.endsWith(\"@hidden-people.example\")",
                "obj.browser_session.ip_address in cidr(\"203.0.113.0/24\")",
                "obj.created_at > timestamp(time.now).subtract(\"1h\")",
                "obj.application_user.username != \"nobody\"",
                "\"wiki\" in obj.clients || obj.kind == \"online\"")) {
            assertThat(sessions(everybody, filter)).as(filter).contains(SEEN, HIDDEN);
            assertThat(sessions(delegate, filter)).as(filter).containsExactly(SEEN);
        }
    }

    @Test
    @DisplayName("sessions: a filter that only hidden people's match lists, counts and would end none")
    void sessionsOfHidden() {
        for (String filter : List.of(
                "obj.application_user.username == \"" + HIDDEN + "\"",
                "obj.application_user.username.endsWith(\"-hidden\")",
                "obj.application_user.email == \"mary-hidden@hidden-people.example\"",
                "obj.application_user.id == \"usr_" + hidden + "\"",
                "obj.browser_session.ip_address == \"" + ADDRESS_OF_HIDDEN + "\"",
                "obj.browser_session.ip_address in cidr(\"203.0.113.72/32\")",
                "obj.application_user.username != \"" + SEEN + "\" && \"wiki\" in obj.clients")) {
            assertThat(sessions(everybody, filter)).as(filter).containsExactly(HIDDEN, HIDDEN, HIDDEN);
            assertThat(sessions(delegate, filter)).as(filter).isEmpty();
            JsonNode preview = BulkCall.dryRun(delegate, filter);
            assertThat(preview.get("sessions").asInt()).as(filter).isZero();
            assertThat(preview.get("forbidden").asInt()).as(filter).isZero();
            assertThat(preview.get("sample")).as(filter).isEmpty();
        }
        String one = "obj.sid == \"" + hiddens.sessionId() + "\"";
        assertThat(sessions(everybody, one)).containsExactly(HIDDEN);
        assertThat(sessions(delegate, one)).isEmpty();
        assertError(
                delegate.get("/users/usr_" + hidden + "/sessions?filter=" + Http.encode(one)), 404, "ERR_NGROK_404");
    }

    @Test
    @DisplayName("people: a filter that hidden ones match as well lists none of them")
    void peopleOfBoth() {
        for (String filter : List.of(
                "obj.username.startsWith(\"mary-\")",
                "obj.email.contains(\"mary\")",
                "obj.last_login > timestamp(time.now).subtract(\"1h\")",
                "obj.enabled",
                "obj.username != \"nobody\"")) {
            for (String order : List.of("", "order_by=last_active&", "search=mary&")) {
                assertThat(people(everybody, order, filter)).as(filter).contains(SEEN, HIDDEN);
                assertThat(people(delegate, order, filter)).as(filter).containsExactly(SEEN);
            }
        }
    }

    @Test
    @DisplayName("people: a filter that only hidden ones match lists and counts none")
    void peopleOfHidden() {
        for (String filter : List.of(
                "obj.username == \"" + HIDDEN + "\"",
                "obj.username.contains(\"hidden\")",
                "obj.email == \"mary-hidden@hidden-people.example\"",
                "obj.id == \"usr_" + hidden + "\"",
                "obj.sessions_count == 3",
                "obj.latest_session.browser_session.ip_address == \"" + ADDRESS_OF_HIDDEN + "\"",
                "obj.latest_session.sid == \"" + hiddens.sessionId() + "\" || obj.username == \"" + HIDDEN + "\"")) {
            for (String order : List.of("", "order_by=last_active&", "search=mary&")) {
                assertThat(people(everybody, order, filter)).as(filter).containsExactly(HIDDEN);
                assertThat(people(delegate, order, filter)).as(filter).isEmpty();
            }
        }
    }

    private static List<String> sessions(Http caller, String filter) {
        return listed(
                caller.get("/sessions?total=true&filter=" + Http.encode(filter)),
                "application_sessions",
                "/application_user/username");
    }

    private static List<String> people(Http caller, String order, String filter) {
        return listed(
                caller.get("/users?" + order + "total=true&filter=" + Http.encode(filter)),
                "application_users",
                "/username");
    }

    /** What is on a page that is all of its list. */
    private static List<String> listed(Http.Answer answer, String list, String member) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode page = answer.json();
        assertThat(page.get("next_page_uri").isNull()).as(answer.body()).isTrue();
        List<String> names = StreamSupport.stream(page.get(list).spliterator(), false)
                .map(item -> item.at(member).asText())
                .toList();
        assertThat(page.get("total")).hasToString("{\"value\":" + names.size() + ",\"relation\":\"eq\"}");
        return names;
    }
}
