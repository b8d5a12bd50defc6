package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.cluster.Tenant.Person;
import dev.identities.e2e.Http.Answer;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Tokens;
import dev.identities.testbed.UnexpectedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/** Applications refresh on both nodes while the session is revoked: it does not come back. */
class RaceIT {

    private static final int THREADS = 20;

    private static Tenant tenant;
    private static Person person;

    @BeforeAll
    static void realm() {
        tenant = Tenant.create(Cluster.shared(), "race");
        person = tenant.person("racer");
    }

    @RepeatedTest(10)
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @DisplayName("no refresh under way leaves anything that lives: refresh, introspection, userinfo, lists")
    void refreshAgainstRevoke(RepetitionInfo round) throws Exception {
        int number = round.getCurrentRepetition();
        Node revokedOn = Node.inTurn(number);
        // Online and offline, made on either node, ended by either API.
        Tokens signedIn = person.signIn(
                Node.inTurn(number / 2), number % 5 == 0 ? new String[] {"offline_access"} : new String[0]);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch refreshing = new CountDownLatch(THREADS);
            List<Future<Tokens>> pending = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Backend backend = tenant.backend(Node.inTurn(i));
                pending.add(threads.submit(() -> refreshUntilRefused(backend, signedIn, refreshing)));
            }
            assertThat(refreshing.await(1, TimeUnit.MINUTES)).isTrue();

            boolean inApp = number % 4 < 2;
            Answer answer = inApp
                    ? tenant.app(revokedOn).delete("/sessions/" + signedIn.sessionId())
                    : tenant.ping(revokedOn).post("/users/" + person.name() + "/revoke");

            assertThat(answer.status()).as(answer.body()).isEqualTo(inApp ? 204 : 200);
            for (Node node : Node.values()) {
                // At once, while the threads are still at it.
                assertThat(tenant.lost(node, signedIn)).isTrue();
            }
            List<Tokens> latest = new ArrayList<>();
            for (Future<Tokens> one : pending) {
                latest.add(one.get());
            }
            assertThat(latest).hasSize(THREADS).doesNotContain(signedIn);
            for (Node node : Node.values()) {
                Backend backend = tenant.backend(node);
                assertThat(latest).allMatch(tokens -> backend.access(tokens).lost());
                assertThat(person.inApp(node)).isEmpty();
                assertThat(person.inPing(node)).isEmpty();
            }
            assertThat(Rows.of(person)).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Goes on until it is refused; the last tokens that it was given. */
    private static Tokens refreshUntilRefused(Backend backend, Tokens first, CountDownLatch refreshing) {
        Tokens latest = first;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Tokens next = backend.refreshed(latest);
                if (latest.equals(first)) {
                    refreshing.countDown();
                }
                latest = next;
            }
        } catch (UnexpectedStatus refused) {
            assertThat(refused.inShort()).isEqualTo("400 invalid_grant");
        }
        return latest;
    }
}
