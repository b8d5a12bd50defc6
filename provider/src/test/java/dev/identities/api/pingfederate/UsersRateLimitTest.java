package dev.identities.api.pingfederate;

import static dev.identities.api.pingfederate.PingAnswers.assertDone;
import static dev.identities.api.pingfederate.PingAnswers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.api.ApiServer.Answer;
import dev.identities.session.SampleSession;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How often a client may ask by user key. */
class UsersRateLimitTest {

    private static final String SRI = "AbCdEfGhIjKlMnOpQrSt-_01";
    private static final String LIMIT = "identities.user-key-rate-limit";

    private final PingWorld world = new PingWorld();

    @BeforeEach
    void jane() {
        world.user("username=jane", "jane");
        world.add(SampleSession.of(SRI).user("jane").build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("there is no limit unless the realm sets one")
    void offByDefault() {
        for (int i = 0; i < 200; i++) {
            assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("beyond the limit: 429 that says when to try again, and nobody is looked up, revoked or audited")
    void refused() {
        world.realmAttributes.put(LIMIT, "2");
        assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        world.userKeys.lookUps.clear();
        assertRefused(world.users("GET", "/jane"), 30);
        assertRefused(world.users("GET", "/nobody"), 30);
        assertRefused(world.users("GET", "?user_key=jane"), 30);
        assertRefused(world.users("POST", "/jane/revoke"), 30);
        assertThat(world.userKeys.lookUps).isEmpty();
        assertThat(world.left()).containsExactly(SRI + " ONLINE");
        assertThat(world.audit.revoked).isEmpty();
    }

    @Test
    @DisplayName("queries and revocations, by path and by query, are counted together, unknown keys as well")
    void countedTogether() {
        world.realmAttributes.put(LIMIT, "4");
        assertThat(world.users("GET", "/nobody").status()).isEqualTo(200);
        assertThat(world.users("GET", "?user_key=nobody").status()).isEqualTo(200);
        assertDone(world.users("POST", "/nobody/revoke"));
        assertDone(world.users("POST", "/revoke?user_key=nobody"));
        assertRefused(world.users("GET", "/nobody"), 15);
    }

    @Test
    @DisplayName("with time, and by as much as it takes, requests are let through again")
    void refilled() {
        world.realmAttributes.put(LIMIT, "2");
        world.users("GET", "/jane");
        world.users("GET", "/jane");
        world.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(8_500));
        assertRefused(world.users("GET", "/jane"), 22);
        world.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(21_500));
        assertDone(world.users("POST", "/jane/revoke"));
        assertRefused(world.users("GET", "/jane"), 30);
    }

    @Test
    @DisplayName("each client has its own count, and so has each realm")
    void perClient() {
        world.realmAttributes.put(LIMIT, "1");
        world.users("GET", "/jane");
        assertRefused(world.users("GET", "/jane"), 60);
        world.clientId = "servicedesk";
        assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        assertRefused(world.users("GET", "/jane"), 60);
        world.realm = "other";
        assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        assertRefused(world.users("GET", "/jane"), 60);
    }

    @Test
    @DisplayName("calls by session and of the revocation list are neither counted nor limited")
    void otherCalls() {
        world.realmAttributes.put(LIMIT, "1");
        for (int i = 0; i < 5; i++) {
            assertThat(world.session("GET", SRI).status()).isEqualTo(200);
            assertThat(world.session("POST", SRI + "/extend").status()).isEqualTo(200);
            assertThat(world.askList(SRI).status()).isEqualTo(404);
        }
        assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        assertRefused(world.users("GET", "/jane"), 60);
        assertThat(world.session("GET", SRI).status()).isEqualTo(200);
        assertDone(world.session("POST", SRI + "/revoke"));
        assertThat(world.askList(SRI).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("requests that are refused for other reasons are not counted")
    void notCounted() {
        world.realmAttributes.put(LIMIT, "1");
        assertError(world.users("GET", "?user_key="), 400, "invalid_request");
        assertError(world.users("GET", "/jane?x"), 400, "invalid_request");
        assertError(world.users("DELETE", "/jane"), 405, "method_not_allowed");
        assertError(world.users("GET", "/jane/x"), 404, "not_found");
        world.clientAttributes.remove("identities.session-management-api");
        assertError(world.users("GET", "/jane"), 403, "access_denied");
        world.clientAttributes.put("identities.session-management-api", "true");
        assertThat(world.users("GET", "/jane").status()).isEqualTo(200);
        assertRefused(world.users("GET", "/jane"), 60);
    }

    private static void assertRefused(Answer answer, int seconds) {
        assertThat(assertError(answer, 429, "too_many_requests").get("message").textValue())
                .contains(" " + seconds + " seconds");
        assertThat(answer.header("Retry-After")).isEqualTo(Integer.toString(seconds));
    }
}
