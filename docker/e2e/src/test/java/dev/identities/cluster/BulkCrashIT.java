package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.cluster.Tenant.Person;
import dev.identities.e2e.BulkCall;
import dev.identities.e2e.Http.Answer;
import dev.identities.testbed.Tokens;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A node dies in the second batch of a bulk call whose caller is told of the progress. */
class BulkCrashIT {

    /** As the plugin has them: it tells of progress after so many. */
    private static final int IN_ONE_BATCH = 250;

    private static Tenant tenant;
    private static Person crowd;
    private static List<Tokens> older;
    private static List<Tokens> newer;
    private static Tokens bystanders;

    @BeforeAll
    static void moreThanABatch() throws InterruptedException {
        tenant = Tenant.create(Cluster.shared(), "bulk-crash");
        crowd = tenant.person("crowd");
        older = crowd.signIn(Rows.MANY);
        // The newest come first, and times of sessions are in seconds.
        Thread.sleep(1_100);
        newer = crowd.signIn(IN_ONE_BATCH);
        bystanders = tenant.person("bystander").signIn(Node.TWO);
    }

    @AfterAll
    static void restart() {
        tenant.cluster().server(Node.ONE).stop();
        tenant.cluster().server(Node.ONE).start();
    }

    @Test
    @DisplayName("the batch that was told of has ended, the other is whole; a new dry run and its call end the rest")
    void killedInTheSecondBatch() throws Exception {
        String ticket = BulkCall.dryRun(tenant.app(Node.ONE), crowd.filter())
                .get("ticket")
                .asText();
        ObjectNode call = BulkCall.body(crowd.filter()).put("ticket", ticket).put("reason", "by a test");

        killInTheSecondBatch(call);

        assertThat(newer).allMatch(tokens -> tenant.lost(Node.TWO, tokens));
        assertThat(Rows.of(crowd)).isEqualTo(Tenant.sids(older));
        assertThat(crowd.inApp(Node.TWO)).isEqualTo(Tenant.sids(older));
        assertThat(older)
                .allMatch(tokens -> tenant.backend(Node.TWO).access(tokens).alive());
        assertThat(BulkCall.revoke(tenant.app(Node.TWO), call).status()).isEqualTo(409);
        assertThat(Rows.of(crowd)).isEqualTo(Tenant.sids(older));

        Answer rest = crowd.endInBulk(Node.TWO);

        assertThat(rest.status()).as(rest.body()).isEqualTo(200);
        assertThat(rest.json().get("ended").asInt()).isEqualTo(Rows.MANY);
        assertThat(rest.json().get("already_gone").asInt()).isZero();
        assertThat(Rows.of(crowd)).isEmpty();
        assertThat(older).allMatch(tokens -> tenant.lost(Node.TWO, tokens));
        assertThat(tenant.backend(Node.TWO).access(bystanders).alive()).isTrue();
    }

    /** Two lines of progress are all that the caller is told. */
    private static void killInTheSecondBatch(ObjectNode call) throws Exception {
        String progress = "{\"progress\":{\"done\":%d,\"of\":%d}}";
        int all = IN_ONE_BATCH + Rows.MANY;
        try (Connection held = Rows.hold(crowd, Tenant.sids(older))) {
            Iterator<String> lines = BulkCall.lines(tenant.app(Node.ONE), call);
            assertThat(lines.next()).isEqualTo(progress.formatted(0, all));
            assertThat(lines.next()).isEqualTo(progress.formatted(IN_ONE_BATCH, all));
            Waiting.until("the second batch is waited for", () -> Rows.waiting(crowd) == Rows.WAITED_FOR);
            tenant.cluster().server(Node.ONE).kill();
            assertThatThrownBy(lines::hasNext).isInstanceOf(UncheckedIOException.class);
            held.rollback();
        }
    }
}
