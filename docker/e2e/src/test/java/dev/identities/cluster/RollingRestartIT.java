package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.cluster.Tenant.Person;
import dev.identities.e2e.Http.Answer;
import dev.identities.e2e.Receiver;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Tokens;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One node after the other is restarted while both are read. */
class RollingRestartIT {

    private static final int SESSIONS = 20;

    private static final String COMPLETE = "complete";

    /** Nobody listens, or the connection is closed. */
    private static final String NO_CONNECTION = "no connection";

    /** Keycloak's own answer, before us, while it starts and while it waits for requests under way before it stops. */
    private static final String UNAVAILABLE = "503";

    private static Tenant tenant;
    private static Person person;
    private static List<Tokens> sessions;
    private static Receiver hanging;
    private static App chat;

    private final Set<Node> restarting = ConcurrentHashMap.newKeySet();
    private final Queue<Reading> readings = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean done = new AtomicBoolean();

    /**
     * The answers that a reader got.
     *
     * @param during the nodes that were being restarted when it asked or when it was answered
     */
    private record Reading(Node node, Set<Node> during, String outcome) {

        boolean ofRestarting() {
            return during.contains(node);
        }
    }

    @BeforeAll
    static void realm() {
        tenant = Tenant.create(Cluster.shared(), "rolling");
        person = tenant.person("rolf");
        sessions = person.signIn(SESSIONS);
        tenant.person("rita");
        hanging = Receiver.hanging();
        chat = tenant.realm()
                .client(
                        "chat",
                        Map.of(
                                "frontchannelLogout",
                                false,
                                "attributes",
                                Map.of("backchannel.logout.url", hanging.url())));
    }

    @AfterAll
    static void stop() {
        hanging.close();
    }

    @Test
    @DisplayName("a node that is not being restarted always gives the whole answer; one that is, "
            + "gives the whole one or none, names the deliveries that it gives up, "
            + "and knows afterwards which sessions have ended")
    void restartOneAfterTheOther() throws Exception {
        ExecutorService readers = Executors.newCachedThreadPool();
        try {
            List<Future<?>> reading = new ArrayList<>();
            for (Node node : Node.values()) {
                reading.add(readers.submit(() -> read(node, () -> inApp(node))));
                reading.add(readers.submit(() -> read(node, () -> inPing(node))));
                reading.add(readers.submit(() -> read(node, () -> access(node))));
            }
            for (Node node : Node.values()) {
                long before = count(node);
                Waiting.until("both are read", () -> count(node) > before + 10);
                Tokens ended = revokeWithoutReceipt(node);
                String sid = ended.sessionId();
                restarting.add(node);
                tenant.cluster().server(node).restart();
                restarting.remove(node);
                // The log names the messages that the node could not deliver any more.
                assertThat(tenant.cluster().server(node).log())
                        .contains("BACKCHANNEL_LOGOUT outcome=FAILED realm=\"rolling\" party=\"chat\" session=" + sid
                                + " (the server stopped before it was delivered)");
                long after = count(node);
                Waiting.until("it is read again", () -> count(node) > after + 10);
                // It has asked the other node which slots are ended: a row that comes late is of no use here either.
                Rows.bringBack(tenant, sid);
                assertThat(chat(node).access(ended).lost()).isTrue();
            }
            done.set(true);
            for (Future<?> reader : reading) {
                reader.get();
            }
        } finally {
            done.set(true);
            readers.shutdown();
        }
        assertThat(readings).filteredOn(reading -> !reading.ofRestarting()).allMatch(reading -> reading.outcome()
                .equals(COMPLETE));
        assertThat(readings)
                .filteredOn(Reading::ofRestarting)
                .extracting(Reading::outcome)
                .isSubsetOf(COMPLETE, NO_CONNECTION, UNAVAILABLE);
        for (Node node : Node.values()) {
            assertThat(readings).contains(new Reading(node, EnumSet.of(node), NO_CONNECTION));
            assertThat(readings).contains(new Reading(node, EnumSet.of(node.other()), COMPLETE));
        }
    }

    /** Ends a session of which an application is to be told that does not answer; its rows are kept aside. */
    private static Tokens revokeWithoutReceipt(Node node) {
        Tokens tokens = chat(node).directGrant(new Credentials("rita", "rita"));
        Rows.keep(tenant, tokens.sessionId());
        assertThat(tenant.app(node).delete("/sessions/" + tokens.sessionId()).status())
                .isEqualTo(204);
        return tokens;
    }

    /** The server side of the application that does not answer, which asks this node. */
    private static Backend chat(Node node) {
        return new Backend(chat.at(tenant.cluster().server(node).url()));
    }

    private long count(Node node) {
        return readings.stream()
                .filter(reading -> reading.node() == node && reading.outcome().equals(COMPLETE))
                .count();
    }

    private void read(Node node, Supplier<String> question) {
        while (!done.get()) {
            Set<Node> during = EnumSet.noneOf(Node.class);
            during.addAll(restarting);
            String outcome;
            try {
                outcome = question.get();
            } catch (UncheckedIOException e) {
                outcome = e.getCause() instanceof HttpTimeoutException ? "no answer in time" : NO_CONNECTION;
            }
            during.addAll(restarting);
            readings.add(new Reading(node, during, outcome));
        }
    }

    private static String inApp(Node node) {
        Answer answer = tenant.app(node).get("/users/" + person.id() + "/sessions");
        return outcome(answer, "application_sessions");
    }

    private static String inPing(Node node) {
        return outcome(tenant.ping(node).get("/users/" + person.name()), "sessions");
    }

    private static String outcome(Answer answer, String list) {
        if (answer.status() == 200 && answer.json().get(list).size() == SESSIONS) {
            return COMPLETE;
        }
        return answer.status() == 503 ? UNAVAILABLE : answer.toString();
    }

    private static String access(Node node) {
        int status = tenant.backend(node).userinfo(sessions.get(0));
        return status == 200 ? COMPLETE : Integer.toString(status);
    }
}
