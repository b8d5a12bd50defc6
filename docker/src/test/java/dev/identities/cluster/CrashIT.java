package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.cluster.Tenant.Person;
import dev.identities.e2e.Http.Answer;
import dev.identities.testbed.DistributionServer;
import dev.identities.testbed.Tokens;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A node dies in the middle of a revocation of many sessions. */
class CrashIT {

    private static Tenant tenant;

    @BeforeAll
    static void realm() {
        tenant = Tenant.create(Cluster.shared(), "crash");
    }

    @Test
    @DisplayName(
            "ngrok's API: what is gone is dead on the other node, what was not begun is whole; repeating the call ends "
                    + "the rest")
    void app() throws Exception {
        crash(tenant.person("ada"), Node.ONE, 204, (person, node) -> tenant.app(node)
                .delete("/users/" + person.id()));
    }

    @Test
    @DisplayName(
            "PingFederate's API: what is gone is dead on the other node, what was not begun is whole; repeating the "
                    + "call ends the rest")
    void ping() throws Exception {
        crash(tenant.person("pia"), Node.TWO, 200, (person, node) -> tenant.ping(node)
                .post("/users/" + person.name() + "/revoke"));
    }

    private static void crash(Person person, Node crashing, int done, BiFunction<Person, Node, Answer> revoke)
            throws Exception {
        List<Tokens> all = person.signIn(Rows.MANY);
        List<String> rest = Rows.rest(Rows.inOrder(person));
        Node survivor = crashing.other();
        DistributionServer server = tenant.cluster().server(crashing);
        try {
            killInTheMiddle(person, server, () -> revoke.apply(person, crashing));
            assertDead(server);

            Set<String> left = Rows.of(person);
            assertThat(left).isNotEmpty().hasSizeLessThan(Rows.MANY);
            Set<String> listed = person.inPing(survivor);
            assertThat(person.inApp(survivor)).isEqualTo(listed);
            assertThat(left).containsAll(listed);
            Set<String> alive = new TreeSet<>();
            for (Tokens tokens : all) {
                var access = tenant.backend(survivor).access(tokens);
                // Never in between: what one endpoint refuses, all refuse.
                assertThat(access.alive()).isNotEqualTo(access.lost());
                if (access.alive()) {
                    alive.add(tokens.sessionId());
                    assertThat(isListedAsRevoked(survivor, tokens)).isFalse();
                }
            }
            assertThat(alive).isEqualTo(listed).containsAll(rest);

            Answer answer = revoke.apply(person, survivor);

            assertThat(answer.status()).as(answer.body()).isEqualTo(done);
            assertThat(Rows.of(person)).isEmpty();
            assertThat(person.inApp(survivor)).isEmpty();
            assertThat(all).allMatch(tokens -> tenant.lost(survivor, tokens));
            assertThat(all)
                    .filteredOn(tokens -> alive.contains(tokens.sessionId()))
                    .allMatch(tokens -> isListedAsRevoked(survivor, tokens));
        } finally {
            // What failed before the node died leaves it alive, on the ports that the next one needs.
            server.stop();
            server.start();
        }
        assertThat(all).allMatch(tokens -> tenant.lost(crashing, tokens));
        Tokens next = person.signIn(survivor);
        assertThat(tenant.backend(crashing).access(next).alive()).isTrue();
    }

    private static void killInTheMiddle(Person person, DistributionServer server, Revocation revocation)
            throws Exception {
        try (Connection lock = Rows.hold(person)) {
            CompletableFuture<Answer> call = CompletableFuture.supplyAsync(revocation::call);
            Waiting.until("the first sessions are gone", () -> Rows.of(person).size() < Rows.MANY);
            Waiting.until("the others are waited for", () -> Rows.waiting(person) > 0);
            server.kill();
            // Nothing is reported of a call that came to no end.
            assertThatThrownBy(call::join)
                    .isInstanceOf(CompletionException.class)
                    .rootCause()
                    // A lost connection. A time-out would say that somebody was still there.
                    .isInstanceOfAny(EOFException.class, SocketException.class);
            lock.rollback();
        }
    }

    private interface Revocation {
        Answer call();
    }

    private static void assertDead(DistributionServer server) {
        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), server.url().getPort()));
                    }
                })
                .isInstanceOf(ConnectException.class);
    }

    private static boolean isListedAsRevoked(Node node, Tokens tokens) {
        Answer answer = tenant.ping(node).get("/revokedSris/" + tokens.sessionId());
        assertThat(answer.status()).as(answer.body()).isIn(200, 404);
        return answer.status() == 200;
    }
}
