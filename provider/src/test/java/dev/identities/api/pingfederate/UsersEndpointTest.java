package dev.identities.api.pingfederate;

import static dev.identities.api.JsonText.tree;
import static dev.identities.api.pingfederate.PingAnswers.assertAnswer;
import static dev.identities.api.pingfederate.PingAnswers.assertDone;
import static dev.identities.api.pingfederate.PingAnswers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiServer.Answer;
import dev.identities.ending.Outcome;
import dev.identities.notify.Delivery;
import dev.identities.notify.FakeMessage;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.Suspension;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersEndpointTest {

    private final PingWorld world = new PingWorld();

    @BeforeEach
    void people() {
        world.user("username=jane", "jane");
        world.user("username=john", "john");
        world.add(SampleSession.of("janes").user("jane").build());
        world.add(SampleSession.of("johns").user("john").build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("a query leaves out a session that Keycloak refuses now, and a revocation ends it")
    void suspended() {
        world.add(SampleSession.of("works").user("jane").build());
        world.directory.suspend("janes", Suspension.NOT_BEFORE);
        assertThat(tree(world.users("GET", "/jane").body()).get("sessions"))
                .extracting(session -> session.get("sri").textValue())
                .containsExactly("works");
        assertDone(world.users("POST", "/jane/revoke"));
        assertThat(world.left()).containsExactly("johns ONLINE");
    }

    @ParameterizedTest
    @DisplayName("a user key comes by path or by query, and is decoded once")
    @CsvSource({
        "/jane, jane",
        "/jane/, jane",
        "/jane%40example.com, jane@example.com",
        "/a%2Fb, a/b",
        "/a%252Fb, a%2Fb",
        "/a+b, a+b",
        "/a%20b, a b",
        "/J%C3%A4n%C3%AB, Jänë",
        "/revoke, revoke",
        "/%25, %",
        "/.., ..",
        "/*, *",
        "?user_key=jane, jane",
        "/?user_key=a%2Fb, a/b",
        "?user_key=a%2Bb, a+b",
        "?user_key=a%20b, a b",
        "?user_key=revoke, revoke"
    })
    void userKeys(String path, String key) {
        world.user("username=" + key, "jane");
        Answer answer = world.users("GET", path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(tree(answer.body()).get("sri").textValue()).isEqualTo("janes");
        assertThat(world.userKeys.lookUps).containsExactly("username=" + key);
    }

    @ParameterizedTest
    @DisplayName("a bare plus sign in the query is refused: it would be a space, and an address with it nobody's")
    @CsvSource({"GET, ?user_key=jo+work@acme.example", "POST, /revoke?user_key=jo+work@acme.example"})
    void barePlus(String method, String path) {
        PingAnswers.assertError(world.users(method, path), 400, "invalid_request");
        assertThat(world.userKeys.lookUps).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("all sessions of the key are revoked, and nobody else's: 200 with nothing in it")
    @ValueSource(strings = {"/jane/revoke", "/jane/revoke/", "/revoke?user_key=jane"})
    void revoke(String path) {
        world.add(SampleSession.of(new SessionId(1, SessionKind.OFFLINE, RememberMe.NO, "offline"))
                .user("jane")
                .build());
        Answer answer = world.users("POST", path);
        assertDone(answer);
        assertThat(world.left()).containsExactly("johns ONLINE");
        assertAnswer(world.users("GET", "/jane"), 200, "{\"sessions\":[]}");
        assertDone(world.users("POST", path));
    }

    @Test
    @DisplayName("a user who is called revoke is revoked by path and by query")
    void userNamedRevoke() {
        world.user("username=revoke", "jane");
        assertDone(world.users("POST", "/revoke/revoke"));
        assertThat(world.left()).containsExactly("johns ONLINE");
        world.user("username=revoke", "john");
        assertDone(world.users("POST", "/revoke?user_key=revoke"));
        assertThat(world.left()).isEmpty();
    }

    @Test
    @DisplayName("offline sessions stay where the realm keeps them")
    void offlineKept() {
        world.realmAttributes.put("identities.revoke-offline-sessions", "false");
        world.add(SampleSession.of(new SessionId(1, SessionKind.OFFLINE, RememberMe.NO, "offline"))
                .user("jane")
                .build());
        assertDone(world.users("POST", "/jane/revoke"));
        assertThat(world.left()).containsExactlyInAnyOrder("johns ONLINE", "offline OFFLINE");
    }

    @Test
    @DisplayName("a form with the client's credentials may come with a revocation")
    void form() {
        assertDone(world.callWithForm("/users/jane/revoke", "client_id=helpdesk&client_secret=s3cr3t"));
        assertThat(world.left()).containsExactly("johns ONLINE");
    }

    @Test
    @DisplayName("an unknown key is answered exactly as a user without sessions, and is audited")
    void unknownKey() {
        world.user("username=idle", "idle");
        assertThat(world.users("GET", "/nobody")).isEqualTo(world.users("GET", "/idle"));
        assertThat(world.users("POST", "/nobody/revoke")).isEqualTo(world.users("POST", "/idle/revoke"));
        assertThat(world.left()).hasSize(2);
        assertThat(world.audit.revoked)
                .hasSize(2)
                .allMatch(audited -> audited.report().outcomes().isEmpty());
    }

    @Test
    @DisplayName("a revocation that may have missed somebody is audited as incomplete")
    void incomplete() {
        assertDone(world.users("POST", "/jane/revoke"));
        assertThat(world.audit.others).isEmpty();
        world.userKeys.foundAll = false;
        world.users("GET", "/nobody");
        assertThat(world.audit.others).isEmpty();
        assertDone(world.users("POST", "/nobody/revoke"));
        assertThat(world.audit.others).containsExactly("helpdesk incomplete");
    }

    @Test
    @DisplayName("the attribute that names people is the client's, else the realm's, else the user name")
    void attribute() {
        world.users("GET", "/x");
        world.realmAttributes.put("identities.user-key-attribute", "email");
        world.users("GET", "/x");
        world.clientAttributes.put("identities.user-key-attribute", "employeeNumber");
        world.users("GET", "/x");
        world.users("POST", "/x/revoke");
        assertThat(world.userKeys.lookUps)
                .containsExactly("username=x", "email=x", "employeeNumber=x", "employeeNumber=x");
    }

    @Test
    @DisplayName("a key that a hundred share names them all; one that more share names nobody, and nothing is done")
    void ambiguous() {
        String[] many = IntStream.rangeClosed(0, UsersEndpoint.MAX_USERS_PER_KEY)
                .mapToObj(i -> i == 0 ? "jane" : "u" + i)
                .toArray(String[]::new);
        world.user("username=shared", many);
        assertError(world.users("GET", "/shared"), 400, "ambiguous_user_key");
        assertError(world.users("POST", "/shared/revoke"), 400, "ambiguous_user_key");
        assertThat(world.left()).hasSize(2);
        assertThat(world.audit.revoked).isEmpty();
        world.user("username=shared", Arrays.copyOf(many, UsersEndpoint.MAX_USERS_PER_KEY));
        assertThat(tree(world.users("GET", "/shared").body()).get("sessions")).hasSize(1);
        assertDone(world.users("POST", "/shared/revoke"));
        assertThat(world.left()).containsExactly("johns ONLINE");
    }

    @Test
    @DisplayName("the audit gets the client, the key and the outcome of every session")
    void audited() {
        world.store.messages("janes", FakeMessage.quick("shop"));
        world.users("POST", "/jane/revoke");
        assertThat(world.audit.revoked).singleElement().satisfies(audited -> {
            assertThat(audited.clientId()).isEqualTo("helpdesk");
            assertThat(audited.userKey()).contains("jane");
            assertThat(audited.report().outcomes()).singleElement().satisfies(outcome -> {
                assertThat(outcome.status()).isEqualTo(Outcome.Status.REVOKED);
                assertThat(outcome.deliveries()).containsExactly(new Delivery("shop", Delivery.Status.CONFIRMED));
            });
        });
        world.users("GET", "/john");
        assertThat(world.audit.revoked).hasSize(1);
    }

    @Test
    @DisplayName("when a session cannot be revoked: 503, the others are gone, and it is audited")
    void storeFailed() {
        world.add(SampleSession.of("stuck").user("jane").build());
        world.store.failOn("stuck");
        Answer answer = world.users("POST", "/jane/revoke");
        JsonNode error = assertError(answer, 503, "service_unavailable");
        assertThat(error.get("message").textValue()).contains("1 sessions").doesNotContain("own words");
        assertThat(world.left()).containsExactlyInAnyOrder("johns ONLINE", "stuck ONLINE");
        assertThat(world.audit.revoked).singleElement().matches(audited -> audited.report()
                .anyFailed());
    }

    @ParameterizedTest
    @DisplayName("a store that cannot be reached: 503 that gives nothing away, and the user key is not logged")
    @CsvSource({"GET, /hunter2-key", "POST, /hunter2-key/revoke", "GET, ?user_key=hunter2-key"})
    void unavailable(String method, String path) {
        world.streams.failWith(new IllegalStateException("jdbc:postgresql://db"));
        Answer answer = world.users(method, path);
        assertError(answer, 503, "service_unavailable");
        assertThat(answer.body()).doesNotContain("jdbc", "Exception");
        assertThat(world.log.lines())
                .anyMatch(line -> line.contains("jdbc"))
                .noneMatch(line -> line.contains("hunter2-key"));
    }

    @ParameterizedTest
    @DisplayName("no key, or an empty one: 400, never everybody")
    @CsvSource({
        "GET, ''",
        "GET, /",
        "POST, /revoke",
        "POST, ''",
        "POST, //revoke",
        "GET, ?user_key=",
        "GET, ?user_key",
        "POST, /revoke?user_key=",
        "GET, //"
    })
    void noKey(String method, String path) {
        Answer answer = world.users(method, path);
        assertError(answer, 400, "invalid_request");
        assertThat(world.userKeys.lookUps).isEmpty();
        assertThat(world.left()).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("parameters that are unknown or repeated: 400, and nothing is done")
    @ValueSource(
            strings = {
                "/jane?x",
                "/jane?limit=5",
                "/jane?userKey=john",
                "/jane?USER_KEY=john",
                "?user_key=jane&user_key=john",
                "?user_key=jane&user_key=jane",
                "?user_key=jane&filter=x",
                "/jane?client_secret=s3cr3t",
                "/jane?client_id=a&client_id=b"
            })
    void parameters(String path) {
        assertError(world.users("GET", path), 400, "invalid_request");
        assertError(world.users("POST", path.replaceFirst("^(/jane)?", "$1/revoke")), 400, "invalid_request");
        assertThat(world.userKeys.lookUps).isEmpty();
        assertThat(world.left()).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("a path that is not there: 404, and nothing is done")
    @ValueSource(
            strings = {
                "/jane/extend",
                "/jane/Revoke",
                "/jane/revoke/more",
                "/jane/revoke/more/and/more",
                "/jane?user_key=john",
                "/jane/revoke?user_key=john"
            })
    void noSuchPath(String path) {
        for (String method : PingWorld.METHODS) {
            assertError(world.users(method, path), 404, "not_found");
        }
        assertThat(world.userKeys.lookUps).isEmpty();
        assertThat(world.left()).hasSize(2);
    }

    @Test
    @DisplayName("as an array: the documented objects alone, the session used last first")
    void array() {
        Instant later = Instant.ofEpochSecond(SampleSession.SECOND + 60);
        world.add(SampleSession.of("latest").user("jane").lastActive(later).build());
        JsonNode sessions = tree(world.users("GET", "/jane").body()).get("sessions");
        world.realmAttributes.put("identities.user-sessions-format", "array");
        assertAnswer(world.users("GET", "/jane"), 200, sessions.toString());
        assertThat(sessions)
                .extracting(session -> session.get("sri").textValue())
                .containsExactly("latest", "janes");
    }

    @Test
    @DisplayName("as an array, nobody, and nobody signed in, are an empty one")
    void emptyArray() {
        world.realmAttributes.put("identities.user-sessions-format", "array");
        world.user("username=idle", "idle");
        assertAnswer(world.users("GET", "/nobody"), 200, "[]");
        assertAnswer(world.users("GET", "/idle"), 200, "[]");
    }

    @Test
    @DisplayName("a session that lives is shown although its identifier is on the revocation list")
    void listedAndAlive() {
        world.revocationList.sris.add("janes");
        assertThat(tree(world.users("GET", "/jane").body()).get("sri").textValue())
                .isEqualTo("janes");
    }

    @ParameterizedTest
    @DisplayName(
            "an answer with nothing in it ends on a whole step, whatever the look-up, the audit and the commit took")
    @CsvSource({"GET, /nobody", "GET, /idle", "POST, /nobody/revoke", "POST, /idle/revoke"})
    void wholeSteps(String method, String path) {
        world.user("username=idle", "idle");
        world.audit.whenRevoked = () -> world.delayNanos.addAndGet(1_234_567);
        for (long commit : new long[] {0, 1, 140_000, 19_999_999, 20_000_000, 45_678_901}) {
            long start = world.delayNanos.get();
            world.commitNanos = commit;
            assertThat(world.users(method, path).status()).isEqualTo(200);
            long taken = world.delayNanos.get() - start;
            assertThat(taken).isGreaterThan(commit);
            assertThat(taken % EmptyAnswerDelay.STEP.toNanos()).isZero();
        }
    }

    @Test
    @DisplayName("an answer with a session in it, and a revoke that ended one, wait for nothing")
    void noDelay() {
        world.commitNanos = 140_000;
        assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        assertThat(world.users("POST", "/jane/revoke").status()).isEqualTo(200);
        assertThat(world.delayNanos.get()).isEqualTo(280_000);
    }

    @Test
    @DisplayName("a user without sessions costs one look-up more, of a key that nobody has, as an unknown key does")
    void sameWork() {
        world.user("username=idle", "idle");
        world.users("GET", "/idle");
        world.users("POST", "/idle/revoke");
        assertThat(world.userKeys.lookUps)
                .hasSize(4)
                .filteredOn("username=idle"::equals)
                .hasSize(2);
        world.userKeys.lookUps.clear();
        world.users("GET", "/nobody");
        world.users("GET", "/jane");
        world.users("POST", "/jane/revoke");
        assertThat(world.userKeys.lookUps).containsExactly("username=nobody", "username=jane", "username=jane");
    }
}
