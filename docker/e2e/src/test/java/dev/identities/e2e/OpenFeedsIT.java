package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.cluster.Waiting;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.DistributionServer;
import dev.identities.testbed.Jvm;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What many open feeds of events take from a server that others use, by the server's own figures. */
class OpenFeedsIT {

    private static final int MANY = 500;

    /** Of one account, as documented. */
    private static final int PER_ACCOUNT = 20;

    /** Keycloak sessions of the server's own background work, far fewer than feeds or accounts. */
    private static final int BACKGROUND = 10;

    private static final String SESSION = "org.keycloak.quarkus.runtime.integration.QuarkusKeycloakSession";

    private static DistributionServer server;
    private static Realm realm;
    private static App wiki;

    @BeforeAll
    static void start() {
        Options metered = Options.of(Testbed.providerJar()).withArguments("--metrics-enabled=true");
        server = Testbed.startAt(0, "metrics", metered, false);
        realm = Realm.create(new AdminClient(server), "open", Map.of());
        wiki = realm.client("wiki");
        realm.user("alice", "alice");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Http reader(int number) {
        return Http.ngrok(
                server.url(), "open", realm.program("reader-" + number).apiKey());
    }

    private static Tokens signIn() {
        return new Backend(wiki).directGrant(new Credentials("alice", "alice"));
    }

    @Test
    @DisplayName("500 open feeds hold no worker thread, no database connection and no Keycloak session")
    void many() throws InterruptedException {
        List<Http> readers = IntStream.range(0, MANY / PER_ACCOUNT)
                .mapToObj(OpenFeedsIT::reader)
                .toList();
        assertThat(new Backend(wiki).access(signIn()).alive()).isTrue();
        awaitNothingHeld();
        Jvm jvm = new Jvm(server.process());
        int threads = jvm.threads().size();
        long sessions = jvm.instances(SESSION);
        // The class has the name by which it is looked for, if its factory has.
        assertThat(jvm.instances(SESSION + "Factory")).isEqualTo(1);

        List<FeedReader> feeds = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                feeds.add(FeedReader.open(readers.get(i / PER_ACCOUNT), ""));
            }
            awaitNothingHeld();
            // The network has a few threads for each processor, and starts them with its first connections.
            assertThat(jvm.threads()).hasSizeLessThan(threads + MANY / 5);
            assertThat(jvm.instances(SESSION)).isLessThan(sessions + BACKGROUND);

            Tokens one = signIn();
            assertThat(new Backend(wiki).access(one).alive()).isTrue();
            assertThat(readers.get(0).delete("/sessions/" + one.sessionId()).status())
                    .isEqualTo(204);
            feeds.forEach(feed -> feed.next("session.ended", one.sessionId()));
            assertThat(new Backend(wiki).access(one).lost()).isTrue();
            awaitNothingHeld();
        } finally {
            feeds.forEach(FeedReader::close);
        }
    }

    /** The feeds' own thread works for a moment every ten seconds. What is held by open feeds is never given back. */
    private static void awaitNothingHeld() throws InterruptedException {
        Waiting.until("no worker thread is busy", () -> busyWorkers() == 0);
        Waiting.until(
                "no database connection is in use",
                () -> Scrape.of(server.managementUrl()).value("agroal_active_count{datasource=\"default\"}") == 0);
    }

    /** The threads on which Keycloak answers requests, without those that wait in their pool for work. */
    private static long busyWorkers() {
        List<String> workers = new Jvm(server.process())
                .threads().stream()
                        .filter(thread -> thread.startsWith("\"executor-thread-"))
                        .toList();
        assertThat(workers).isNotEmpty();
        return workers.stream()
                .filter(worker -> !worker.contains("EnhancedQueueExecutor$PoolThreadNode.park"))
                .count();
    }
}
