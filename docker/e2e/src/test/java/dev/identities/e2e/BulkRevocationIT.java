package dev.identities.e2e;

import static dev.identities.e2e.BulkCall.body;
import static dev.identities.e2e.BulkCall.dryRun;
import static dev.identities.e2e.BulkCall.revoke;
import static dev.identities.e2e.NgrokContractIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Everybody who came from one network is cut off by two calls. Nobody else is. */
class BulkRevocationIT {

    private static final SignIn BOB = SignIn.as("bob", "bob-password");
    private static final SignIn CAROL = SignIn.as("carol", "carol-password");
    private static final String HOME = "203.0.113.30";
    private static final String INTRUDER = "198.51.100.66";
    private static final String FILTER = "obj.browser_session.ip_address == \"" + INTRUDER + "\"";

    private static Realm realm;
    private static App wiki;
    private static Http api;
    private static Backend backend;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("bulk");
        wiki = realm.client("wiki");
        realm.user("bob", "bob-password");
        realm.user("carol", "carol-password");
        api = Http.ngrok(Testbed.server().url(), "bulk", realm.program("siem").apiKey());
        backend = new Backend(wiki);
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        realm.admin().post(realm.path("/logout-all"), Map.of());
        realm.clearEvents();
    }

    @Test
    @DisplayName("the sessions of the dry run end; other people go on, and so does a session that began after it")
    void twoCalls() {
        Browser victim = new Browser(Browser.DESKTOP, INTRUDER);
        Tokens bobs = victim.signIn(wiki, BOB);
        Tokens carols = new Browser(Browser.PHONE, INTRUDER).signIn(wiki, CAROL);
        Tokens home = new Browser(Browser.DESKTOP, HOME).signIn(wiki, CAROL);

        JsonNode preview = dryRun(api, FILTER);
        assertThat(preview.get("sessions").asInt()).isEqualTo(2);
        assertThat(preview.get("users").asInt()).isEqualTo(2);
        assertThat(preview.get("applications").asInt()).isEqualTo(1);
        assertThat(preview.get("identity_providers")).hasToString("{\"\":2}");
        assertThat(preview.get("includes_caller").asBoolean()).isFalse();
        assertThat(sids(preview.get("sample"))).containsExactlyInAnyOrder(bobs.sessionId(), carols.sessionId());
        assertThat(backend.access(bobs).alive()).isTrue();
        Tokens later = new Browser(Browser.PHONE, INTRUDER).signIn(wiki, BOB);

        ObjectNode call =
                body(FILTER).put("ticket", preview.get("ticket").asText()).put("reason", "incident 4711");
        Http.Answer answer = revoke(api, call);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode result = answer.json();
        assertThat(result.get("ended").asInt()).isEqualTo(2);
        assertThat(result.get("new").asInt()).isEqualTo(1);
        assertThat(result.get("failed")).isEmpty();
        assertThat(result.get("reports"))
                .hasSize(2)
                .allMatch(report -> report.at("/applications/0/party").asText().equals("wiki"));
        assertThat(backend.refusal(bobs)).isEqualTo("400 invalid_grant");
        assertThat(backend.access(bobs).lost()).isTrue();
        assertThat(backend.access(carols).lost()).isTrue();
        assertThat(victim.visit(wiki)).isEmpty();
        assertThat(backend.access(home).alive()).isTrue();
        assertThat(backend.access(later).alive()).isTrue();
        assertError(revoke(api, call), 409, "ERR_NGROK_409");
        assertThat(backend.access(later).alive()).isTrue();
        assertAudited();
    }

    /** One event sums up, and each session has one, as if it had been ended by itself. */
    private static void assertAudited() {
        List<JsonNode> events = realm.adminEvents("USER_SESSION");
        assertThat(events)
                .filteredOn(event -> event.get("operationType").asText().equals("DELETE"))
                .hasSize(2);
        assertThat(events)
                .filteredOn(event -> event.get("operationType").asText().equals("ACTION"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.get("resourcePath").asText()).isEqualTo("sessions/revoke");
                    assertThat(event.at("/authDetails/userId").asText())
                            .isEqualTo(realm.userId("service-account-siem"));
                    assertThat(event.get("representation").asText())
                            .contains("\"ended\":2", "\"new\":1", "\"reason\":\"incident 4711\"", INTRUDER, "ticket");
                });
        assertThat(Testbed.server().log())
                .contains("event=SESSIONS_REVOKED_IN_BULK status=success realm=\"bulk\"")
                .contains("reason=\"incident 4711\" ended=2 already_gone=0 no_longer_matching=0 new=1");
    }

    @Test
    @DisplayName("everybody who was at two places at once is out; a person at one of them is not")
    void signals() {
        Tokens berlin = new Browser(Browser.DESKTOP, Places.BERLIN).signIn(wiki, BOB);
        Tokens tokyo = new Browser(Browser.PHONE, Places.TOKYO_IPV6).signIn(wiki, BOB);
        Tokens carols = new Browser(Browser.DESKTOP, Places.TOKYO_IPV6).signIn(wiki, CAROL);
        String filter =
                "\"impossible_travel\" in obj.signals" + " && obj.signal_details.impossible_travel.distance_km > 8000";
        List<String> both = List.of(berlin.sessionId(), tokyo.sessionId());

        String encoded = Http.encode(filter);
        JsonNode listed = api.get("/sessions?filter=" + encoded).json().get("application_sessions");
        assertThat(sids(listed)).containsExactlyInAnyOrderElementsOf(both);
        assertThat(listed).allMatch(session -> session.get("signals").toString().contains("impossible_travel"));
        JsonNode people = api.get("/users?filter=" + Http.encode("size(obj.signals) > 1"))
                .json()
                .get("application_users");
        assertThat(people)
                .singleElement()
                .satisfies(user -> assertThat(user.get("username").asText()).isEqualTo("bob"));
        JsonNode preview = dryRun(api, filter);
        assertThat(preview.get("sessions").asInt()).isEqualTo(2);
        assertThat(preview.get("users").asInt()).isEqualTo(1);
        assertThat(sids(preview.get("sample"))).containsExactlyInAnyOrderElementsOf(both);

        Http.Answer answer = revoke(
                api, body(filter).put("ticket", preview.get("ticket").asText()).put("reason", "travel"));

        assertThat(answer.json().get("ended").asInt()).as(answer.body()).isEqualTo(2);
        assertThat(backend.refusal(berlin)).isEqualTo("400 invalid_grant");
        assertThat(backend.access(tokyo).lost()).isTrue();
        assertThat(backend.access(carols).alive()).isTrue();
    }

    @Test
    @DisplayName("a session that ended after the dry run and one that does not match any more are told apart")
    void drift() {
        Tokens gone = new Browser(Browser.DESKTOP, INTRUDER).signIn(wiki, BOB);
        Tokens stays = new Browser(Browser.PHONE, INTRUDER).signIn(wiki, CAROL);
        String filter = FILTER + " && obj.application_user.email != \"carol@changed.example\"";
        String ticket = dryRun(api, filter).get("ticket").asText();
        assertThat(api.delete("/sessions/" + gone.sessionId()).status()).isEqualTo(204);
        realm.admin()
                .put(
                        realm.path("/users/" + realm.userId("carol")),
                        Map.of("username", "carol", "email", "carol@changed.example"));

        JsonNode result = revoke(api, body(filter).put("ticket", ticket)).json();

        assertThat(result.get("already_gone").asInt()).as(result.toString()).isEqualTo(1);
        assertThat(result.get("no_longer_matching").asInt()).isEqualTo(1);
        assertThat(result.get("ended").asInt()).isZero();
        assertThat(backend.access(stays).alive()).isTrue();
    }

    @Test
    @DisplayName("an administrator's own session stays unless they say so; their ticket is nobody else's")
    void ownSession() {
        AdminClient chief = realm.administrator("chief", "view-users", "manage-users");
        Tokens bobs = new Browser(Browser.DESKTOP, INTRUDER).signIn(wiki, BOB);
        Http own = Http.ngrok(Testbed.server().url(), "bulk", chief.token());
        JsonNode preview =
                revoke(own, body("").put("all", true).put("dry_run", true)).json();
        assertThat(preview.get("includes_caller").asBoolean())
                .as(preview.toString())
                .isTrue();
        ObjectNode call =
                body("").put("all", true).put("ticket", preview.get("ticket").asText());
        assertError(revoke(api, call), 409, "ERR_NGROK_409");

        JsonNode result = revoke(own, call).json();

        assertThat(result.get("caller_left_out").asBoolean()).isTrue();
        assertThat(backend.access(bobs).lost()).isTrue();
        assertThat(own.get("/sessions").status()).isEqualTo(200);
        ObjectNode again = body("").put("all", true).put("include_self", true);
        String ticket = revoke(own, again.deepCopy().put("dry_run", true))
                .json()
                .get("ticket")
                .asText();
        assertThat(revoke(own, again.put("ticket", ticket)).status()).isEqualTo(200);
        assertError(own.get("/sessions"), 403, "ERR_NGROK_203");
    }

    @Test
    @DisplayName("as a stream: a line of progress before and after each batch, then the result")
    void lines() {
        List<Tokens> sessions = Stream.of("bob", "carol")
                .map(name -> backend.directGrant(new Credentials(name, name + "-password")))
                .toList();
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.putArray("ids")
                .add(sessions.get(0).sessionId())
                .add(sessions.get(1).sessionId());

        Http.Answer answer = revoke(api.with("Accept", "application/x-ndjson"), call);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2))
                .containsExactly("{\"progress\":{\"done\":0,\"of\":2}}", "{\"progress\":{\"done\":2,\"of\":2}}");
        assertThat(lines.get(2)).startsWith("{\"result\":{\"ended\":2,");
        assertThat(sessions).allMatch(tokens -> backend.access(tokens).lost());
    }

    @Test
    @DisplayName("more sessions than the realm says need a reason")
    void reason() {
        realm.attribute("identities.bulk-reason-threshold", "0");
        try {
            Tokens bobs = new Browser(Browser.DESKTOP, INTRUDER).signIn(wiki, BOB);
            JsonNode preview = dryRun(api, FILTER);
            assertThat(preview.get("reason_required").asBoolean()).isTrue();
            ObjectNode call = body(FILTER).put("ticket", preview.get("ticket").asText());
            assertError(revoke(api, call), 409, "ERR_NGROK_409");
            assertThat(backend.access(bobs).alive()).isTrue();
            assertThat(revoke(api, call.put("reason", "x")).status()).isEqualTo(200);
            assertThat(backend.access(bobs).lost()).isTrue();
        } finally {
            realm.attribute("identities.bulk-reason-threshold", null);
        }
    }

    private static List<String> sids(JsonNode sessions) {
        return StreamSupport.stream(sessions.spliterator(), false)
                .map(session -> session.get("id").asText().substring("ses_00000000f".length()))
                .toList();
    }
}
