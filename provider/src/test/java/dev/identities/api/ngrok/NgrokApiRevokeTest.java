package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.compact;
import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiServer.Answer;
import dev.identities.ending.Outcome;
import dev.identities.listing.CachedSessions;
import dev.identities.listing.PersistentSessions;
import dev.identities.listing.Tables;
import dev.identities.notify.Delivery;
import dev.identities.notify.FakeMessage;
import dev.identities.session.IdentityProvider;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NgrokApiRevokeTest {

    private final NgrokWorld world = new NgrokWorld();

    @BeforeEach
    void sessions() {
        add("a", SessionKind.ONLINE, "jane");
        add("b", SessionKind.ONLINE, "jane");
        add("b", SessionKind.OFFLINE, "jane");
        add("c", SessionKind.ONLINE, "john");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("deleting a user ends all of their sessions and nobody else's; then they are gone until they return")
    void user() {
        assertDeleted(world.call("DELETE", "/users/usr_jane"));
        assertThat(left()).containsExactly("c ONLINE");
        assertThat(world.call("GET", "/users/usr_jane").status()).isEqualTo(404);
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/users/usr_jane"), 404, 404);
        assertThat(world.audited).hasSize(1);
        add("d", SessionKind.ONLINE, "jane");
        assertThat(world.call("GET", "/users/usr_jane").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("deleting a session ends it and its twin, by each of its names, and no other")
    @ValueSource(strings = {"b", "ses_696adf8bfb", "ses_696adf8bcb", "ses_696adf8bdb"})
    void session(String id) {
        assertDeleted(world.call("DELETE", "/sessions/" + id));
        assertThat(left()).containsExactlyInAnyOrder("a ONLINE", "c ONLINE");
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/sessions/" + id), 404, 404);
    }

    @Test
    @DisplayName("where the realm keeps offline sessions, the twin stays")
    void offlineKept() {
        world.offlineToo = false;
        assertDeleted(world.call("DELETE", "/sessions/ses_696adf8bfb"));
        assertThat(left()).containsExactlyInAnyOrder("a ONLINE", "b OFFLINE", "c ONLINE");
        assertDeleted(world.call("DELETE", "/users/usr_jane"));
        assertThat(left()).containsExactlyInAnyOrder("b OFFLINE", "c ONLINE");
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/users/usr_jane"), 409, 409);
        assertDeleted(world.call("DELETE", "/sessions/ses_696adf8bcb"));
        assertThat(left()).containsExactly("c ONLINE");
    }

    @Test
    @DisplayName(
            "of whom only sessions are left that are over, or half ended by a call cut off, can still be signed out")
    void remains() {
        Session over = SampleSession.of("e").user("eve").build();
        world.streams.add(over);
        world.catalog = new PersistentSessions(Tables.withExpired(over), CachedSessions.NONE, world.seal);
        NgrokApiErrorsTest.assertError(world.call("GET", "/users/usr_eve"), 404, 404);
        world.caller.unmanageableUsers.add("eve");
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/users/usr_eve"), 403, 206);
        world.caller.hiddenUsers.add("eve");
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/users/usr_eve"), 404, 404);
        world.caller.hiddenUsers.clear();
        world.caller.unmanageableUsers.clear();
        assertDeleted(world.call("DELETE", "/users/usr_eve"));
        assertThat(world.streams.find("e", SessionKind.ONLINE)).isEmpty();
    }

    @Test
    @DisplayName("a session that is over and not cleared away is not shown, and can be ended: it could come back")
    void over() {
        Session over = SampleSession.of("e").user("eve").build();
        world.streams.add(over);
        world.catalog = new PersistentSessions(Tables.withExpired(over), CachedSessions.NONE, world.seal);
        NgrokApiErrorsTest.assertError(world.call("GET", "/sessions/" + over.id()), 404, 404);
        String ofAnother = over.id().toString().replace("ses_6", "ses_5");
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/sessions/" + ofAnother), 404, 404);
        assertDeleted(world.call("DELETE", "/sessions/" + over.id()));
        assertThat(world.streams.find("e", SessionKind.ONLINE)).isEmpty();
    }

    @Test
    @DisplayName("a session that lives in a cache only is not shown, and can be ended by its id and by its user")
    void ghost() {
        Session ghost = SampleSession.of("g").user("gus").build();
        world.catalog = new PersistentSessions(
                Tables.withExpired(SampleSession.of("x").user("xena").build()), Tables.cached(ghost), world.seal);
        for (String call : List.of("/sessions/g", "/sessions/" + ghost.id(), "/users/usr_gus")) {
            world.streams.add(ghost);
            NgrokApiErrorsTest.assertError(world.call("GET", call), 404, 404);
            world.caller.unmanageableUsers.add("gus");
            NgrokApiErrorsTest.assertError(world.call("DELETE", call), 403, 206);
            world.caller.unmanageableUsers.clear();
            world.caller.hiddenUsers.add("gus");
            NgrokApiErrorsTest.assertError(world.call("DELETE", call), 404, 404);
            world.caller.hiddenUsers.clear();
            assertDeleted(world.call("DELETE", call));
            assertThat(world.streams.find("g", SessionKind.ONLINE)).isEmpty();
        }
    }

    @Test
    @DisplayName("a caller who may view but not manage is told so, and no session ends")
    void notManageable() {
        world.caller.unmanageableUsers.add("jane");
        assertThat(world.call("GET", "/users/usr_jane").status()).isEqualTo(200);
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/users/usr_jane"), 403, 206);
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/sessions/a"), 403, 206);
        assertThat(left()).hasSize(4);
        assertThat(world.audited).isEmpty();
        assertDeleted(world.call("DELETE", "/users/usr_john"));
    }

    @Test
    @DisplayName("the audit gets every session with its outcome, and the caller's reason")
    void audited() {
        world.store.messages("a", FakeMessage.quick("shop"), FakeMessage.untellable("mute"));
        assertDeleted(world.call("DELETE", "/users/usr_jane?reason=lost+laptop%20%232"));
        assertThat(world.audited).singleElement().satisfies(audited -> {
            assertThat(audited.reason()).isEqualTo("lost laptop #2");
            assertThat(audited.report().outcomes())
                    .hasSize(3)
                    .allMatch(outcome -> outcome.status() == Outcome.Status.REVOKED)
                    .flatExtracting(Outcome::deliveries)
                    .containsExactlyInAnyOrder(
                            new Delivery("shop", Delivery.Status.CONFIRMED),
                            new Delivery("mute", Delivery.Status.CANNOT_TELL));
        });
    }

    @Test
    @DisplayName("no reason is an empty one")
    void noReason() {
        assertDeleted(world.call("DELETE", "/sessions/a"));
        assertThat(world.audited).extracting(NgrokWorld.Audited::reason).containsExactly("");
    }

    @Test
    @DisplayName("a reason as long as the column holds is kept, a longer one refused before anything is done")
    void longReason() {
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/sessions/a?reason=" + "x".repeat(256)), 400, 230);
        assertThat(left()).hasSize(4);
        assertDeleted(world.call("DELETE", "/sessions/a?reason=" + "x".repeat(255)));
        assertThat(world.audited).singleElement().satisfies(audited -> assertThat(audited.reason())
                .hasSize(255));
    }

    @Test
    @DisplayName("when a session cannot be ended: 503, the others are gone, and the audit knows which is which")
    void failed() {
        world.store.failOn("b");
        Answer answer = world.call("DELETE", "/users/usr_jane");
        NgrokApiErrorsTest.assertError(answer, 503, 251);
        assertThat(answer.body()).contains("2 sessions").doesNotContain("the store's own words");
        assertThat(left()).containsExactlyInAnyOrder("b ONLINE", "b OFFLINE", "c ONLINE");
        assertThat(world.audited).singleElement().satisfies(audited -> {
            assertThat(audited.report().count(Outcome.Status.FAILED)).isEqualTo(2);
            assertThat(audited.report().count(Outcome.Status.REVOKED)).isEqualTo(1);
        });
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/sessions/b"), 503, 251);
        assertThat(world.audited).hasSize(2);
    }

    @Test
    @DisplayName("with a report the answer has the outcome of each session, and the parties that were told")
    void report() {
        world.directory.application(SampleSession.application("shop"));
        world.directory.application(SampleSession.application("secret"));
        world.directory.identityProvider(new IdentityProvider("google", "Google", ""));
        world.caller.hiddenClients.add("uuid-secret");
        world.store.messages(
                "a",
                FakeMessage.quick("shop"),
                FakeMessage.untellable("secret"),
                FakeMessage.untellable("gone"),
                FakeMessage.quick("idp:google"),
                FakeMessage.untellable("idp:gone"));
        Answer answer = world.call("DELETE", "/users/usr_jane?report=true&reason=x");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        List<JsonNode> sessions = new ArrayList<>();
        tree(answer.body()).get("sessions").forEach(sessions::add);
        assertThat(sessions)
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder(
                        compact("""
                                {"id":"a","kind":"online","status":"revoked","applications":[
                                 {"party":"shop","name":"App shop","status":"confirmed"},
                                 {"party":"(hidden)","name":"(hidden)","status":"cannot_tell"},
                                 {"party":"(hidden)","name":"(hidden)","status":"cannot_tell"},
                                 {"party":"idp:google","name":"Google","status":"confirmed"},
                                 {"party":"(hidden)","name":"(hidden)","status":"cannot_tell"}]}"""),
                        "{\"id\":\"b\",\"kind\":\"online\",\"status\":\"revoked\",\"applications\":[]}",
                        "{\"id\":\"b\",\"kind\":\"offline\",\"status\":\"revoked\",\"applications\":[]}");
        assertThat(world.audited).extracting(NgrokWorld.Audited::reason).containsExactly("x");
        assertThat(left()).containsExactly("c ONLINE");
    }

    @Test
    @DisplayName("with a report a partial failure lists the sessions that ended and those that did not")
    void partialReport() {
        world.store.failOn("b");
        world.store.messages("a", FakeMessage.quick("shop"));
        world.directory.application(SampleSession.application("shop"));
        Answer answer = world.call("DELETE", "/users/usr_jane?report=true");
        assertThat(answer.status()).isEqualTo(207);
        List<JsonNode> sessions = new ArrayList<>();
        tree(answer.body()).get("sessions").forEach(sessions::add);
        assertThat(sessions)
                .extracting(session -> session.get("id").textValue() + " "
                        + session.get("status").textValue() + " "
                        + session.get("applications").size())
                .containsExactlyInAnyOrder("a revoked 1", "b failed 0", "b failed 0");
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/users/usr_jane"), 503, 251);
        assertThat(world.audited).hasSize(2);
    }

    @Test
    @DisplayName("a report changes neither permissions nor parameters nor the sessions that are found")
    void reportOrError() {
        assertDeleted(world.call("DELETE", "/sessions/c?report=false"));
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/sessions/c?report=true"), 404, 404);
        for (String value : List.of("", "TRUE", "1", "yes", "true%20")) {
            NgrokApiErrorsTest.assertError(world.call("DELETE", "/sessions/a?report=" + value), 400, 230);
        }
        world.caller.unmanageableUsers.add("jane");
        NgrokApiErrorsTest.assertError(world.call("DELETE", "/sessions/b?report=true"), 403, 206);
        assertThat(left()).contains("a ONLINE", "b ONLINE", "b OFFLINE");
    }

    private void add(String sid, SessionKind kind, String user) {
        world.add(SampleSession.of(new SessionId(SampleSession.SECOND, kind, RememberMe.NO, sid))
                .user(user)
                .build());
    }

    private List<String> left() {
        return world.streams.sessions().stream()
                .map(session -> session.id().sid() + " " + session.id().kind())
                .toList();
    }

    private static void assertDeleted(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Type")).isNull();
        assertThat(answer.header("ngrok-operation-id")).matches("op_[0-9A-Za-z]{27}");
    }
}
