package dev.identities.api.pingfederate;

import static dev.identities.api.JsonText.tree;
import static dev.identities.api.pingfederate.PingAnswers.assertAnswer;
import static dev.identities.api.pingfederate.PingAnswers.assertDone;
import static dev.identities.api.pingfederate.PingAnswers.assertError;
import static dev.identities.session.SessionKind.OFFLINE;
import static dev.identities.session.SessionKind.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiServer.Answer;
import dev.identities.session.Authentication;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One authentication source of a session, by the id that queries show for it. */
class AuthnSessionsTest {

    private static final String SRI = "AbCdEfGhIjKlMnOpQrSt-_01";
    private static final String OTHER = "AbCdEfGhIjKlMnOpQrSt-_02";

    private static final Authentication PASSWORD = step("e1", "auth-username-password-form", 1);
    private static final Authentication OTP = step("e2", "auth-otp-form", 2);

    /** The same authenticator once more in the flow. */
    private static final Authentication SECOND_OTP = step("e3", "auth-otp-form", 3);

    private final PingWorld world = new PingWorld();

    @BeforeEach
    void jane() {
        world.user("username=jane", "jane");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName(
            "each id that is shown deletes its own source; what is left keeps its id; the last one ends the session")
    void roundTrip() {
        add(SRI, ONLINE, PASSWORD, OTP, SECOND_OTP);
        List<String> ids = ids(tree(world.session("GET", SRI).body()));
        assertThat(ids).doesNotHaveDuplicates().hasSize(3);

        assertDone(delete(SRI, ids.get(1)));
        assertThat(world.changes.calls).containsExactly("forget " + SRI + " ONLINE jane e2");
        assertThat(ids(tree(world.session("GET", SRI).body()))).containsExactly(ids.get(0), ids.get(2));
        assertError(delete(SRI, ids.get(1)), 404, "not_found");

        assertDone(delete(SRI, ids.get(0)));
        assertThat(world.changes.calls).hasSize(2).endsWith("forget " + SRI + " ONLINE jane e1");
        assertThat(world.left()).containsExactly(SRI + " ONLINE");
        assertThat(world.audit.revoked).isEmpty();
        assertThat(world.audit.others)
                .containsExactly(
                        "helpdesk deleted " + SRI + " ONLINE " + ids.get(1),
                        "helpdesk deleted " + SRI + " ONLINE " + ids.get(0));
        assertThat(world.revocationList.sris).isEmpty();

        assertDone(delete(SRI, ids.get(2)));
        assertThat(world.changes.calls).hasSize(2);
        assertThat(world.left()).isEmpty();
        assertThat(world.audit.auditable()).containsExactly("REVOKED " + SRI + " ONLINE");
        assertThat(world.audit.revoked)
                .allSatisfy(revoked -> assertThat(revoked.userKey()).isEmpty());
        assertThat(world.audit.others).hasSize(2);
        assertAnswer(world.session("GET", SRI), 200, "{\"sri\":\"" + SRI + "\",\"status\":\"SESSION_REVOKED\"}");
        assertError(delete(SRI, ids.get(2)), 404, "not_found");
    }

    @Test
    @DisplayName("every id that the query by user shows can be deleted, of the offline twin as well")
    void idsOfTheUsersList() {
        world.realmAttributes.put("identities.revoke-offline-sessions", "false");
        add(SRI, ONLINE, PASSWORD, OTP);
        add(SRI, OFFLINE, PASSWORD, OTP);
        world.add(sample(OTHER, ONLINE).broker("corp", "42").build());
        JsonNode sessions = tree(world.users("GET", "/jane").body()).get("sessions");
        List<String> deleted = new ArrayList<>();
        for (JsonNode session : sessions) {
            for (String id : ids(session)) {
                assertDone(delete(session.get("sri").textValue(), id));
                deleted.add(id);
            }
        }
        assertThat(deleted).doesNotHaveDuplicates().hasSize(5);
        assertThat(world.changes.calls).hasSize(2).allMatch(call -> call.endsWith("e1"));
        assertThat(world.left()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName(
            "a sign-in through an identity provider, or without a trace, has one source: deleting it ends the session")
    @ValueSource(booleans = {true, false})
    void onlySource(boolean brokered) {
        SampleSession session = sample(SRI, ONLINE);
        world.add(brokered ? session.broker("corp", "42").authentications(OTP).build() : session.build());
        assertDone(delete(SRI, ids(tree(world.session("GET", SRI).body())).get(0)));
        assertThat(world.left()).isEmpty();
        assertThat(world.changes.calls).isEmpty();
        assertThat(world.audit.auditable()).containsExactly("REVOKED " + SRI + " ONLINE");
    }

    @ParameterizedTest
    @DisplayName("the last source of one twin takes the other along as a revocation of that twin does")
    @CsvSource({"ONLINE, true, ''", "ONLINE, false, " + SRI + " OFFLINE", "OFFLINE, true, ''", "OFFLINE, false, ''"})
    void lastOfATwin(SessionKind kind, String offlineToo, String left) {
        world.realmAttributes.put("identities.revoke-offline-sessions", offlineToo);
        add(SRI, ONLINE, PASSWORD);
        add(SRI, OFFLINE, PASSWORD);
        assertDone(delete(SRI, idOf(kind)));
        assertThat(world.left()).isEqualTo(left.isEmpty() ? List.of() : List.of(left));
    }

    @ParameterizedTest
    @DisplayName("an id that the session does not have: 404, and nothing is done")
    @ValueSource(strings = {"x", "0000000000000000000000000000000000000000", "auth-otp-form", "e1", "%20"})
    void unknown(String id) {
        add(SRI, ONLINE, PASSWORD, OTP);
        assertError(delete(SRI, id), 404, "not_found");
        assertNothingHappened(1);
    }

    @Test
    @DisplayName("an id of another session, or in upper case, or of a session that is over: 404")
    void notOfThisSession() {
        add(SRI, ONLINE, PASSWORD, OTP);
        add(OTHER, ONLINE, PASSWORD, OTP);
        String id = ids(tree(world.session("GET", OTHER).body())).get(0);
        assertError(delete(SRI, id), 404, "not_found");
        assertError(delete(OTHER, id.toUpperCase(Locale.ROOT)), 404, "not_found");
        assertError(delete("AbCdEfGhIjKlMnOpQrSt-_03", id), 404, "not_found");
        assertError(delete("AbCdEfGhIjKlMnOpQrStUvWxYz0", id), 404, "not_found");
        assertNothingHappened(2);
    }

    @Test
    @DisplayName("a source that is gone when it is to be forgotten: 404, and no record of a deed")
    void goneMeanwhile() {
        add(SRI, ONLINE, PASSWORD, OTP);
        String id = ids(tree(world.session("GET", SRI).body())).get(0);
        world.changes.forgetful = false;
        assertError(delete(SRI, id), 404, "not_found");
        assertThat(world.changes.calls).hasSize(1);
        assertThat(world.audit.others).isEmpty();
        assertThat(world.left()).hasSize(1);
    }

    @Test
    @DisplayName("the last source goes by another call at the same moment: the session ends, and that is the record")
    void noneLeft() {
        add(SRI, ONLINE, PASSWORD, OTP);
        world.changes.contested = true;
        assertDone(delete(SRI, ids(tree(world.session("GET", SRI).body())).get(0)));
        assertThat(world.changes.calls).containsExactly("forget " + SRI + " ONLINE jane e1");
        assertThat(world.left()).isEmpty();
        assertThat(world.audit.auditable()).containsExactly("REVOKED " + SRI + " ONLINE");
        assertThat(world.audit.others).isEmpty();
        assertAnswer(world.session("GET", SRI), 200, "{\"sri\":\"" + SRI + "\",\"status\":\"SESSION_REVOKED\"}");
    }

    @Test
    @DisplayName("a session that cannot be ended: 503, audited as a failure")
    void failed() {
        add(SRI, ONLINE, PASSWORD);
        world.store.failOn(SRI);
        assertError(delete(SRI, ids(tree(world.session("GET", SRI).body())).get(0)), 503, "service_unavailable");
        assertThat(world.left()).hasSize(1);
        assertThat(world.audit.auditable()).containsExactly("FAILED " + SRI + " ONLINE");
        assertThat(world.revocationList.sris).isEmpty();
    }

    private Answer delete(String sri, String id) {
        return world.session("DELETE", sri + "/authnSessions/" + id);
    }

    private void assertNothingHappened(int sessions) {
        assertThat(world.changes.calls).isEmpty();
        assertThat(world.left()).hasSize(sessions);
        assertThat(world.audit.revoked).isEmpty();
        assertThat(world.audit.others).isEmpty();
        assertThat(world.revocationList.sris).isEmpty();
    }

    private String idOf(SessionKind kind) {
        return world.streams.sessions().stream()
                .filter(session -> session.id().kind() == kind)
                .map(session -> AuthnSource.of(session).get(0).id(session))
                .findFirst()
                .orElseThrow();
    }

    private void add(String sri, SessionKind kind, Authentication... steps) {
        world.add(sample(sri, kind).authentications(steps).build());
    }

    private static SampleSession sample(String sri, SessionKind kind) {
        return SampleSession.of(new SessionId(SampleSession.SECOND, kind, RememberMe.NO, sri))
                .user("jane");
    }

    private static Authentication step(String execution, String authenticator, int second) {
        return new Authentication(
                execution, authenticator, "Some step", Instant.ofEpochSecond(SampleSession.SECOND + second));
    }

    private static List<String> ids(JsonNode session) {
        List<String> ids = new ArrayList<>();
        session.get("authnSessions").forEach(each -> ids.add(each.get("id").textValue()));
        return ids;
    }
}
