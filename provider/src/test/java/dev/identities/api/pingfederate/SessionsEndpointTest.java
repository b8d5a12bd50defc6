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
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.Suspension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One session by its identifier: its state, longer, or over. */
class SessionsEndpointTest {

    private static final String SRI = "AbCdEfGhIjKlMnOpQrSt-_01";
    private static final String OTHER = "AbCdEfGhIjKlMnOpQrSt-_02";
    private static final String UUID = "5ca1ff37-693e-4784-9ef6-c271b8ffa68a";
    private static final String PING_FEDERATE = "AbCdEfGhIjKlMnOpQrStUvWxYz0..-_9a";

    private final PingWorld world = new PingWorld();

    @BeforeEach
    void other() {
        add(OTHER, ONLINE, "192.0.2.1");
        add(OTHER, OFFLINE, "192.0.2.2");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("a session that lives, of today's or of an older form of id: the object of the query by user")
    @ValueSource(strings = {SRI, UUID})
    void live(String sri) {
        world.user("username=jane", "jane");
        add(sri, ONLINE, "203.0.113.7");
        JsonNode byUser = tree(world.users("GET", "/jane").body()).get("sessions");
        assertThat(byUser).hasSize(1);
        assertThat(byUser.get(0).get("status").textValue()).isEqualTo("HAS_VALID_SESSIONS");
        assertAnswer(world.session("GET", sri), 200, byUser.get(0).toString());
        assertAnswer(world.session("GET", sri + "/"), 200, byUser.get(0).toString());
    }

    @Test
    @DisplayName("a session that Keycloak refuses now is not valid, its twin that works is, and revoking ends both")
    void suspended() {
        add(SRI, ONLINE, "203.0.113.1");
        world.directory.suspend(SRI, Suspension.ACCOUNT_DISABLED);
        assertNoSession(world.session("GET", SRI), SRI);
        assertNoSession(world.session("POST", SRI + "/extend"), SRI);
        assertDone(world.session("POST", SRI + "/revoke"));
        assertThat(world.left()).containsExactlyInAnyOrder(OTHER + " ONLINE", OTHER + " OFFLINE");
    }

    @Test
    @DisplayName("of twins the online one is shown, and when that is over the offline one")
    void twins() {
        add(SRI, OFFLINE, "203.0.113.2");
        assertLive(SRI, "203.0.113.2");
        add(SRI, ONLINE, "203.0.113.1");
        assertLive(SRI, "203.0.113.1");
    }

    @ParameterizedTest
    @DisplayName("expired, never there, or PingFederate's own: 200 that there is no valid session, and nothing else")
    @ValueSource(strings = {SRI, UUID, PING_FEDERATE, "AbCdEfGhIjKlMnOpQrStUvWxYz0"})
    void noSession(String sri) {
        assertNoSession(world.session("GET", sri), sri);
    }

    @Test
    @DisplayName("PingFederate's own identifiers name nothing here: sessions are not looked for")
    void foreign() {
        world.streams.failWith(new IllegalStateException("jdbc:postgresql://db"));
        assertNoSession(world.session("GET", PING_FEDERATE), PING_FEDERATE);
        assertNoSession(world.session("POST", PING_FEDERATE + "/extend"), PING_FEDERATE);
        assertError(world.session("DELETE", PING_FEDERATE + "/authnSessions/x"), 404, "not_found");
        assertDone(world.session("POST", PING_FEDERATE + "/revoke"));
        assertThat(world.revocationList.sris).containsExactly(PING_FEDERATE);
    }

    @ParameterizedTest
    @DisplayName("on the revocation list: 200 that it is revoked, and nothing else, even if its session lives")
    @ValueSource(strings = {SRI, UUID, PING_FEDERATE, OTHER})
    void listed(String sri) {
        world.revocationList.sris.add(sri);
        assertRevoked(world.session("GET", sri), sri);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "abc123",
                "AbCdEfGhIjKlMnOpQrSt-_0",
                "AbCdEfGhIjKlMnOpQrSt-_012",
                "AbCdEfGhIjKlMnOpQrSt+_01",
                "AbCdEfGhIjKlMnOpQrSt-_0%20",
                "AbCdEfGhIjKlMnOpQrSt-_0%2F",
                "5CA1FF37-693E-4784-9EF6-C271B8FFA68A",
                "5ca1ff37693e47849ef6c271b8ffa68a",
                "AbCdEfGhIjKlMnOpQrStUvWxYz0..-_9",
                "ses_6968b2cba" + SRI);
    }

    @ParameterizedTest
    @DisplayName("a malformed identifier: 400 by every call, and nothing is done")
    @MethodSource("malformed")
    void malformedSri(String sri) {
        for (String call : List.of(
                "GET /sessions/" + sri,
                "POST /sessions/" + sri + "/extend",
                "POST /sessions/" + sri + "/revoke",
                "DELETE /sessions/" + sri + "/authnSessions/x")) {
            String[] parts = call.split(" ", 2);
            assertError(world.call(parts[0], parts[1]), 400, "invalid_sri");
        }
        assertThat(world.changes.calls).isEmpty();
        assertThat(world.revocationList.sris).isEmpty();
        assertThat(world.audit.revoked).isEmpty();
    }

    @Test
    @DisplayName("an empty identifier is malformed, not everybody's")
    void emptySri() {
        assertError(world.session("POST", "/revoke"), 400, "invalid_sri");
        assertError(world.session("GET", "/"), 400, "invalid_sri");
    }

    @Test
    @DisplayName("extend: both kinds are extended, nobody else's, and the answer is the state after it")
    void extend() {
        add(SRI, ONLINE, "203.0.113.1");
        add(SRI, OFFLINE, "203.0.113.2");
        Answer answer = world.session("POST", SRI + "/extend");
        assertThat(world.changes.calls).containsExactly("extend " + SRI);
        assertThat(world.streams.sessions())
                .filteredOn(session -> session.id().sid().equals(SRI))
                .hasSize(2)
                .allMatch(session -> session.lastActive().equals(FakeSessionChanges.NOW));
        assertAnswer(answer, 200, world.session("GET", SRI).body());
        JsonNode state = tree(answer.body());
        assertThat(state.get("lastActivityTime").textValue()).isEqualTo("2026-01-17T01:18:43.000Z");
        assertThat(state.at("/authnSessions/0/idleTimeout").textValue()).isEqualTo("2026-01-17T01:48:43.000Z");
        assertThat(state.at("/authnSessions/0/maxTimeout").textValue()).isEqualTo("2026-01-17T11:02:03.000Z");
        assertThat(world.audit.revoked).isEmpty();
        assertThat(world.audit.others).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("extend: also where there is only one kind")
    @CsvSource({"ONLINE", "OFFLINE"})
    void extendOne(SessionKind kind) {
        add(SRI, kind, "203.0.113.1");
        assertThat(tree(world.session("POST", SRI + "/extend").body())
                        .get("lastActivityTime")
                        .textValue())
                .isEqualTo("2026-01-17T01:18:43.000Z");
        assertThat(world.changes.calls).containsExactly("extend " + SRI);
    }

    @Test
    @DisplayName("extend: a session on the revocation list is left alone, and is said to be revoked")
    void extendListed() {
        world.revocationList.sris.add(OTHER);
        assertRevoked(world.session("POST", OTHER + "/extend"), OTHER);
        assertThat(world.changes.calls).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("extend: a session that is over is said to be over; a foreign SRI is not looked for")
    @CsvSource({SRI + ", 1", UUID + ", 1", PING_FEDERATE + ", 0"})
    void extendDead(String sri, int calls) {
        assertNoSession(world.session("POST", sri + "/extend"), sri);
        assertThat(world.changes.calls).hasSize(calls);
        assertThat(world.left()).hasSize(2);
        assertThat(world.revocationList.sris).isEmpty();
    }

    @Test
    @DisplayName("revoke: 200 with nothing in it; the session is over, on the list, and audited once, without a key")
    void revoke() {
        add(SRI, ONLINE, "203.0.113.1");
        assertDone(world.session("POST", SRI + "/revoke"));
        assertThat(world.left()).containsExactlyInAnyOrder(OTHER + " ONLINE", OTHER + " OFFLINE");
        assertThat(world.revocationList.sris).containsExactly(SRI);
        assertThat(world.audit.auditable()).containsExactly("REVOKED " + SRI + " ONLINE");
        assertThat(world.audit.others).isEmpty();
        assertThat(world.audit.revoked).allSatisfy(revoked -> {
            assertThat(revoked.clientId()).isEqualTo("helpdesk");
            assertThat(revoked.userKey()).isEmpty();
        });
        assertRevoked(world.session("GET", SRI), SRI);
    }

    @ParameterizedTest
    @DisplayName("revoke: the offline twin goes along as the realm wants it")
    @CsvSource({"true, ''", "false, OFFLINE"})
    void revokeTwins(String offlineToo, String left) {
        world.realmAttributes.put("identities.revoke-offline-sessions", offlineToo);
        add(SRI, ONLINE, "203.0.113.1");
        add(SRI, OFFLINE, "203.0.113.2");
        assertDone(world.session("POST", SRI + "/revoke"));
        assertThat(left(SRI)).isEqualTo(left.isEmpty() ? List.of() : List.of(SRI + " " + left));
        assertRevoked(world.session("GET", SRI), SRI);
        assertThat(left(OTHER)).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("revoke: where only an offline session goes by the identifier, it is the one that ends")
    @ValueSource(strings = {"true", "false"})
    void revokeOffline(String offlineToo) {
        world.realmAttributes.put("identities.revoke-offline-sessions", offlineToo);
        add(SRI, OFFLINE, "203.0.113.2");
        assertDone(world.session("POST", SRI + "/revoke"));
        assertThat(left(SRI)).isEmpty();
        assertThat(world.audit.auditable()).containsExactly("REVOKED " + SRI + " OFFLINE");
    }

    @ParameterizedTest
    @DisplayName("revoke: where nothing lives the identifier is listed and audited, and once is enough")
    @ValueSource(strings = {SRI, UUID, PING_FEDERATE})
    void revokeNothing(String sri) {
        assertDone(world.session("POST", sri + "/revoke"));
        assertThat(world.revocationList.sris).containsExactly(sri);
        assertThat(world.audit.auditable()).isEmpty();
        assertThat(world.audit.others).containsExactly("helpdesk listed " + sri);
        assertRevoked(world.session("GET", sri), sri);
        assertDone(world.session("POST", sri + "/revoke"));
        assertThat(world.audit.others).hasSize(1);
    }

    @Test
    @DisplayName("revoke: a session that somebody else ended meanwhile is listed, and that is audited")
    void revokeGone() {
        add(SRI, ONLINE, "203.0.113.1");
        world.store.endElsewhere(SRI);
        assertDone(world.session("POST", SRI + "/revoke"));
        assertThat(world.revocationList.sris).containsExactly(SRI);
        assertThat(world.audit.auditable()).isEmpty();
        assertThat(world.audit.others).containsExactly("helpdesk listed " + SRI);
    }

    @Test
    @DisplayName("revoke: a session that was listed before, but lives, ends")
    void revokeListed() {
        world.revocationList.sris.add(OTHER);
        assertDone(world.session("POST", OTHER + "/revoke"));
        assertThat(left(OTHER)).isEmpty();
        assertThat(world.audit.auditable())
                .containsExactlyInAnyOrder("REVOKED " + OTHER + " ONLINE", "REVOKED " + OTHER + " OFFLINE");
        assertThat(world.audit.others).isEmpty();
    }

    @Test
    @DisplayName("revoke: a session that cannot be ended: 503, audited as a failure, and not listed as if it were over")
    void revokeFailed() {
        add(SRI, ONLINE, "203.0.113.1");
        world.store.failOn(SRI);
        JsonNode error = assertError(world.session("POST", SRI + "/revoke"), 503, "service_unavailable");
        assertThat(error.get("message").textValue()).contains("1 sessions").doesNotContain("own words");
        assertThat(left(SRI)).hasSize(1);
        assertThat(world.revocationList.sris).isEmpty();
        assertThat(world.audit.auditable()).containsExactly("FAILED " + SRI + " ONLINE");
        assertThat(world.audit.others).isEmpty();
    }

    @Test
    @DisplayName("revoke: a list that cannot be written: 503, and the ended session is audited")
    void revokeUnlisted() {
        add(SRI, ONLINE, "203.0.113.1");
        world.revocationList.fail();
        assertError(world.session("POST", SRI + "/revoke"), 503, "service_unavailable");
        assertThat(left(SRI)).isEmpty();
        assertThat(world.audit.auditable()).containsExactly("REVOKED " + SRI + " ONLINE");
    }

    @ParameterizedTest
    @DisplayName("a store or list that cannot be reached: 503 that gives nothing away, and the log has why")
    @CsvSource({"GET, ''", "POST, /extend", "POST, /revoke", "DELETE, /authnSessions/x"})
    void unavailable(String method, String what) {
        world.streams.failWith(new IllegalStateException("jdbc:postgresql://db"));
        Answer answer = world.session(method, SRI + what);
        assertError(answer, 503, "service_unavailable");
        assertThat(answer.body()).doesNotContain("jdbc", "Exception");
        assertThat(world.log.lines()).anyMatch(line -> line.contains("jdbc"));
    }

    @ParameterizedTest
    @DisplayName("no state is guessed while the list cannot be read, and nothing is extended")
    @CsvSource({"GET, ''", "POST, /extend"})
    void listUnavailable(String method, String what) {
        world.revocationList.fail();
        assertError(world.session(method, OTHER + what), 503, "service_unavailable");
        assertThat(world.changes.calls).isEmpty();
    }

    private void add(String sri, SessionKind kind, String ipAddress) {
        world.add(SampleSession.of(new SessionId(SampleSession.SECOND, kind, RememberMe.NO, sri))
                .user(sri.equals(OTHER) ? "john" : "jane")
                .ipAddress(ipAddress)
                .build());
    }

    private List<String> left(String sri) {
        return world.left().stream().filter(session -> session.startsWith(sri)).toList();
    }

    private void assertLive(String sri, String ipAddress) {
        JsonNode state = tree(world.session("GET", sri).body());
        assertThat(state.get("sri").textValue()).isEqualTo(sri);
        assertThat(state.get("status").textValue()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(state.at("/contextData/ipAddress").textValue()).isEqualTo(ipAddress);
    }

    private static void assertRevoked(Answer answer, String sri) {
        assertAnswer(answer, 200, "{\"sri\":\"" + sri + "\",\"status\":\"SESSION_REVOKED\"}");
    }

    private static void assertNoSession(Answer answer, String sri) {
        assertAnswer(answer, 200, "{\"sri\":\"" + sri + "\",\"status\":\"NO_VALID_SESSIONS\"}");
    }
}
