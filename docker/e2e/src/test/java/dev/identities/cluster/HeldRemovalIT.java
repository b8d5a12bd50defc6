package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.cluster.Tenant.Person;
import dev.identities.e2e.Http.Answer;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Tokens;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A revocation is held before its commit, because somebody else has the row of the online session. Each session has an
 * offline twin, whose notes Keycloak's cache keeps as one with those of the online session.
 */
class HeldRemovalIT {

    private static Tenant tenant;

    @BeforeAll
    static void realm() {
        tenant = Tenant.create(Cluster.shared(), "held");
    }

    /** Somebody's online session and the offline one made of it, on one node. */
    private record Twins(Person person, Browser browser, Tokens online, Tokens offline) {

        static Twins signIn(String name) {
            Person person = tenant.person(name);
            Browser browser = new Browser(Browser.DESKTOP, "203.0.113.61");
            Tokens online = browser.signIn(tenant.wiki(Node.ONE), SignIn.as(name, name));
            Tokens offline =
                    browser.visit(tenant.wiki(Node.ONE), "offline_access").orElseThrow();
            assertThat(offline.sessionId()).isEqualTo(online.sessionId());
            return new Twins(person, browser, online, offline);
        }

        CompletableFuture<Answer> revoke() {
            return CompletableFuture.supplyAsync(
                    () -> tenant.ping(Node.ONE).post("/sessions/" + online.sessionId() + "/revoke"));
        }
    }

    @Test
    @DisplayName("a session that could not be removed is reported as failed, still works, and ends by another call")
    void failed() throws Exception {
        Twins twins = Twins.signIn("fred");
        try (Connection held = Rows.holdRemoval(twins.person())) {
            // Two at a time: the second finds the session invalid already.
            for (CompletableFuture<Answer> call : List.of(twins.revoke(), twins.revoke())) {
                Answer answer = call.join();
                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            }
            assertThat(held.isClosed()).isFalse();
        }

        for (Node node : Node.values()) {
            assertThat(twins.person().inApp(node))
                    .containsExactly(twins.online().sessionId());
            assertThat(tenant.app(node)
                            .get("/users/" + twins.person().id())
                            .json()
                            .get("sessions_count")
                            .asInt())
                    .isEqualTo(2);
            assertThat(tenant.backend(node).access(twins.online()).alive()).isTrue();
            assertThat(tenant.backend(node).access(twins.offline()).alive()).isTrue();
        }

        Answer again = twins.revoke().join();
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        for (Node node : Node.values()) {
            assertThat(tenant.lost(node, twins.online())).isTrue();
            assertThat(tenant.lost(node, twins.offline())).isTrue();
        }
    }

    @Test
    @DisplayName("an offline session that the realm keeps works all the while")
    void kept() throws Exception {
        tenant.realm().attribute("identities.revoke-offline-sessions", "false");
        try {
            Twins twins = Twins.signIn("kate");
            CompletableFuture<Answer> call;
            try (Connection held = Rows.holdRemoval(twins.person())) {
                call = twins.revoke();
                Waiting.until("the revocation is held", () -> Rows.waiting(twins.person()) > 0);
                assertThat(tenant.backend(Node.ONE).refresh(twins.offline()).statusCode())
                        .isEqualTo(200);
                held.rollback();
            }
            assertThat(call.join().status()).isEqualTo(200);
            for (Node node : Node.values()) {
                assertThat(tenant.lost(node, twins.online())).isTrue();
                assertThat(tenant.backend(node).refresh(twins.offline()).statusCode())
                        .isEqualTo(200);
            }
            assertThat(twins.browser().visit(tenant.wiki(Node.ONE))).isEmpty();
        } finally {
            tenant.realm().attribute("identities.revoke-offline-sessions", null);
        }
    }
}
