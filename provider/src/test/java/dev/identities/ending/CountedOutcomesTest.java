package dev.identities.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.listing.FakeStreams;
import dev.identities.notify.Deliveries;
import dev.identities.notify.Delivery;
import dev.identities.notify.DeliveryMetrics;
import dev.identities.notify.FakeMessage;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Everything that is settled is counted, once. */
class CountedOutcomesTest {

    private static final String USER = "00000000-0000-0000-0000-000000000001";

    private final Counts counts = new Counts();

    @Test
    @DisplayName("each message counts once, after its last attempt or when it needs none")
    void messages() {
        Deliveries deliveries = new Deliveries(counts, Duration.ofMillis(1), Duration.ofMillis(1));
        FakeMessage quick = FakeMessage.quick("quick");
        Deliveries.DeliveryBatch batch = deliveries.batch();
        assertThat(batch.send(quick)).isPresent();
        assertThat(batch.send(quick)).as("the same again").isEmpty();
        assertThat(batch.send(FakeMessage.untellable("mute"))).isPresent();
        assertThat(batch.send(FakeMessage.to("late", attempt -> attempt == 2))).isPresent();
        FakeMessage failing = FakeMessage.to("failing", attempt -> false);
        assertThat(batch.send(failing)).isPresent();
        batch.await();
        // Messages that still wait then count as failed.
        deliveries.close();

        assertThat(counts.messages.keySet()).doesNotContain(Delivery.Status.PENDING);
        assertThat(counts.messages.get(Delivery.Status.CANNOT_TELL)).isEqualTo(1);
        assertThat(counts.messages.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(4);
        assertThat(counts.messages.get(Delivery.Status.FAILED)).isGreaterThanOrEqualTo(1);
        assertThat(counts.messages.get(Delivery.Status.CONFIRMED)).isGreaterThanOrEqualTo(1);
    }

    @Test
    @DisplayName("a message to a server that has stopped counts as failed")
    void stopped() {
        Deliveries deliveries = new Deliveries(counts);
        deliveries.close();
        assertThat(deliveries.batch().send(FakeMessage.quick("quick"))).isPresent();

        assertThat(counts.messages).isEqualTo(Map.of(Delivery.Status.FAILED, 1));
    }

    @Test
    @DisplayName("each session counts by its outcome in the report")
    void sessions() {
        FakeStreams streams = new FakeStreams();
        FakeStore store = new FakeStore(streams);
        store.failOn("s1");
        streams.add(SampleSession.of("s0").user(USER).build());
        streams.add(SampleSession.of("s1").user(USER).build());
        Revoker revoker = new Revoker(store, List.of(counts), task -> {});
        revoker.revoke(List.of(ref("s0"), ref("s1"), ref("s0")), true, SampleCause.SOMEBODY);
        revoker.revoke(List.of(ref("s2")), true, SampleCause.SOMEBODY);

        assertThat(counts.sessions)
                .isEqualTo(Map.of(Outcome.Status.REVOKED, 1, Outcome.Status.FAILED, 1, Outcome.Status.ALREADY_GONE, 1));
    }

    private static SessionRef ref(String sid) {
        return new SessionRef(sid, SessionKind.ONLINE, new UserId(USER));
    }

    private static final class Counts implements EndingListener, DeliveryMetrics {

        private final Map<Outcome.Status, Integer> sessions = new EnumMap<>(Outcome.Status.class);
        private final Map<Delivery.Status, Integer> messages = new EnumMap<>(Delivery.Status.class);

        @Override
        public synchronized void ended(SessionsEnded event) {
            event.report().outcomes().forEach(outcome -> sessions.merge(outcome.status(), 1, Integer::sum));
        }

        @Override
        public synchronized void message(Delivery.Status status) {
            messages.merge(status, 1, Integer::sum);
        }
    }
}
