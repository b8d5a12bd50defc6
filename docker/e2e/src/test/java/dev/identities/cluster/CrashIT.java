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
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A node dies in the middle of two revocations by one kind of call: of somebody's many sessions, and of a single session. */
@ParameterizedClass(name = "{0}")
@EnumSource(CrashIT.Api.class)
class CrashIT {

    private static Tenant tenant;
    private static DistributionServer server;

    private static Person crowded;
    private static List<Tokens> many;
    private static List<String> rest;

    private static Person lonely;
    private static Tokens single;
    private static String singleBefore;

    private static Tokens others;

    @Parameter
    private Api api;

    /** How sessions are ended, and on which node in each API's test. */
    enum Api {
        /** ngrok's. */
        APP(Node.ONE, 204) {
            @Override
            Answer all(Person person, Node node) {
                return tenant.app(node).delete("/users/" + person.id());
            }

            @Override
            Answer one(Tokens session, Node node) {
                return tenant.app(node).delete("/sessions/" + session.sessionId());
            }
        },
        /** The call for many sessions: all of somebody's by a filter, and one by its id. */
        BULK(Node.ONE, 200) {
            @Override
            Answer all(Person person, Node node) {
                return person.endInBulk(node);
            }

            @Override
            Answer one(Tokens session, Node node) {
                return tenant.app(node).postJson("/sessions/revoke", "{\"ids\":[\"" + session.sessionId() + "\"]}");
            }
        },
        /** PingFederate's. */
        PING(Node.TWO, 200) {
            @Override
            Answer all(Person person, Node node) {
                return tenant.ping(node).post("/users/" + person.name() + "/revoke");
            }

            @Override
            Answer one(Tokens session, Node node) {
                return tenant.ping(node).post("/sessions/" + session.sessionId() + "/revoke");
            }
        };

        private final Node crashing;
        private final int done;

        Api(Node crashing, int done) {
            this.crashing = crashing;
            this.done = done;
        }

        abstract Answer all(Person person, Node node);

        abstract Answer one(Tokens session, Node node);

        Node survivor() {
            return crashing.other();
        }
    }

    @BeforeAll
    static void realm() {
        tenant = Tenant.create(Cluster.shared(), "crash");
    }

    @BeforeParameterizedClassInvocation
    static void crash(Api api) throws Exception {
        String suffix = api.name().toLowerCase(Locale.ROOT);
        server = tenant.cluster().server(api.crashing);
        crowded = tenant.person("crowded-" + suffix);
        many = crowded.signIn(Rows.MANY);
        rest = Rows.rest(Rows.inOrder(crowded));
        lonely = tenant.person("lonely-" + suffix);
        single = lonely.signIn(api.crashing);
        singleBefore = asShown(single, api.survivor());
        others = tenant.person("other-" + suffix).signIn(api.survivor());

        try (Connection manyLocked = Rows.hold(crowded);
                Connection singleLocked = Rows.holdRemoval(lonely)) {
            CompletableFuture<Answer> all = CompletableFuture.supplyAsync(() -> api.all(crowded, api.crashing));
            Waiting.until("the first sessions are gone", () -> Rows.of(crowded).size() < Rows.MANY);
            Waiting.until("the others are waited for", () -> Rows.waiting(crowded) == Rows.WAITED_FOR);
            CompletableFuture<Answer> one = CompletableFuture.supplyAsync(() -> api.one(single, api.crashing));
            Waiting.until("the single session is waited for", () -> Rows.waiting(lonely) > Rows.WAITED_FOR);
            assertThat(tenant.backend(api.crashing).access(others).alive()).isTrue();
            assertThat(tenant.backend(api.survivor()).access(others).alive()).isTrue();
            server.kill();
            assertCutOff(all);
            assertCutOff(one);
            manyLocked.rollback();
            singleLocked.rollback();
        }
        assertDead();
    }

    /** Nothing is reported of a call that came to no end. */
    private static void assertCutOff(CompletableFuture<Answer> call) {
        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .rootCause()
                // A lost connection. A time-out would say that somebody was still there.
                .isInstanceOfAny(EOFException.class, SocketException.class);
    }

    private static void assertDead() {
        assertThatThrownBy(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), server.url().getPort()));
                    }
                })
                .isInstanceOf(ConnectException.class);
    }

    @AfterParameterizedClassInvocation
    static void restart(Api api) {
        // A failure before the node died leaves it running, on the ports that the next one needs.
        server.stop();
        server.start();
        assertThat(many).allMatch(tokens -> tenant.lost(api.crashing, tokens));
        assertThat(tenant.lost(api.crashing, single)).isTrue();
        Tokens next = crowded.signIn(api.survivor());
        assertThat(tenant.backend(api.crashing).access(next).alive()).isTrue();
        assertThat(tenant.backend(api.crashing).access(others).alive()).isTrue();
    }

    @Test
    @DisplayName(
            "many: what is gone is dead on the other node, what was not begun is whole; repeating the call ends the "
                    + "rest")
    void many() {
        Node survivor = api.survivor();
        Set<String> left = Rows.of(crowded);
        assertThat(left).isNotEmpty().hasSizeLessThan(Rows.MANY);
        Set<String> listed = crowded.inPing(survivor);
        assertThat(crowded.inApp(survivor)).isEqualTo(listed);
        assertThat(left).containsAll(listed);
        Set<String> alive = new TreeSet<>();
        for (Tokens tokens : many) {
            var access = tenant.backend(survivor).access(tokens);
            // Never in between: what one endpoint refuses, all refuse.
            assertThat(access.alive()).isNotEqualTo(access.lost());
            if (access.alive()) {
                alive.add(tokens.sessionId());
                assertThat(isListedAsRevoked(survivor, tokens)).isFalse();
            }
        }
        assertThat(alive).isEqualTo(listed).containsAll(rest);

        Answer answer = api.all(crowded, survivor);

        assertThat(answer.status()).as(answer.body()).isEqualTo(api.done);
        assertThat(Rows.of(crowded)).isEmpty();
        assertThat(crowded.inApp(survivor)).isEmpty();
        assertThat(many).allMatch(tokens -> tenant.lost(survivor, tokens));
        assertThat(many)
                .filteredOn(tokens -> alive.contains(tokens.sessionId()))
                .allMatch(tokens -> isListedAsRevoked(survivor, tokens));
        assertThat(tenant.backend(survivor).access(others).alive()).isTrue();
    }

    @Test
    @DisplayName("single: the session is exactly as it was; repeating the call on the other node ends it")
    void single() {
        Node survivor = api.survivor();
        assertThat(asShown(single, survivor)).isEqualTo(singleBefore);
        assertThat(lonely.inApp(survivor)).isEqualTo(lonely.inPing(survivor)).containsExactly(single.sessionId());
        assertThat(isListedAsRevoked(survivor, single)).isFalse();
        assertThat(tenant.backend(survivor).access(single).alive()).isTrue();
        assertThat(tenant.backend(survivor).access(others).alive()).isTrue();

        Answer answer = api.one(single, survivor);

        assertThat(answer.status()).as(answer.body()).isEqualTo(api.done);
        assertThat(tenant.lost(survivor, single)).isTrue();
        assertThat(isListedAsRevoked(survivor, single)).isTrue();
        assertThat(lonely.inApp(survivor)).isEmpty();
        assertThat(Rows.of(lonely)).isEmpty();
        assertThat(tenant.backend(survivor).access(others).alive()).isTrue();
    }

    /** A session as PingFederate's API shows it: its sources, and when they end. */
    private static String asShown(Tokens session, Node node) {
        Answer answer = tenant.ping(node).get("/sessions/" + session.sessionId());
        assertThat(answer.json().get("status").asText()).as(answer.body()).isEqualTo("HAS_VALID_SESSIONS");
        return answer.body();
    }

    private static boolean isListedAsRevoked(Node node, Tokens tokens) {
        Answer answer = tenant.ping(node).get("/revokedSris/" + tokens.sessionId());
        assertThat(answer.status()).as(answer.body()).isIn(200, 404);
        return answer.status() == 200;
    }
}
