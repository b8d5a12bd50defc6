package dev.identities.ending;

import static dev.identities.ending.Outcome.Status.ALREADY_GONE;
import static dev.identities.ending.Outcome.Status.FAILED;
import static dev.identities.ending.Outcome.Status.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.LogLines;
import dev.identities.listing.FakeStreams;
import dev.identities.notify.Deliveries;
import dev.identities.notify.Delivery;
import dev.identities.notify.DeliveryMetrics;
import dev.identities.notify.FakeMessage;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevokerTest {

    private static final String USER = "u1";

    private final LogLines log = new LogLines("dev.identities");
    private final FakeStreams streams = new FakeStreams();
    private final FakeStore store = new FakeStore(streams);
    private final Deliveries deliveries = new Deliveries(DeliveryMetrics.NONE);
    private final Revoker revoker = new Revoker(store, List.of(new BackchannelLogout(deliveries)), task -> {});

    @AfterEach
    void close() {
        deliveries.close();
        log.close();
    }

    @ParameterizedTest
    @DisplayName("all sessions end, in transactions of a bounded size, and the report keeps the order asked for")
    @CsvSource({"0, 0", "1, 1", "19, 1", "20, 1", "21, 2", "65, 4"})
    void chunks(int sessions, int transactions) {
        List<SessionRef> refs = add(sessions);
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.outcomes()).extracting(Outcome::session).containsExactlyElementsOf(refs);
        assertThat(report.count(REVOKED)).isEqualTo(sessions);
        assertThat(report.anyFailed()).isFalse();
        assertThat(streams.sessions()).isEmpty();
        assertThat(store.calls()).hasSize(transactions).allSatisfy(call -> assertThat(call)
                .hasSizeLessThanOrEqualTo(Revoker.CHUNK));
    }

    @Test
    @DisplayName("one session that cannot be ended does not save the others of its transaction")
    void failingChunk() {
        List<SessionRef> refs = add(2 * Revoker.CHUNK + 5);
        store.failOn("s7");
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.outcomes())
                .filteredOn(outcome -> outcome.status() == FAILED)
                .extracting(outcome -> outcome.session().sid())
                .containsExactly("s7");
        assertThat(report.count(REVOKED)).isEqualTo(refs.size() - 1);
        assertThat(report.anyFailed()).isTrue();
        assertThat(streams.sessions()).extracting(session -> session.id().sid()).containsExactly("s7");
        assertThat(store.calls()).hasSize(3 + Revoker.CHUNK);
    }

    @Test
    @DisplayName("the call waits for held sessions when all others have ended")
    void held() {
        List<SessionRef> refs = add(2 * Revoker.CHUNK);
        List.of("s0", "s1", "s2", "s25").forEach(store::hold);
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.count(REVOKED)).isEqualTo(refs.size());
        int calls = store.calls().size();
        assertThat(store.calls().subList(calls - 4, calls))
                .extracting(call -> call.get(0).sid())
                .containsExactly("s0", "s1", "s2", "s25");
    }

    @Test
    @DisplayName(
            "one that somebody else holds, and has ended meanwhile, was ended by somebody else: that is no failure")
    void heldAndEnded() {
        List<SessionRef> refs = add(5);
        store.hold("s1");
        store.endElsewhere("s1");
        store.endElsewhere("s3");
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.outcomes())
                .extracting(Outcome::status)
                .containsExactly(REVOKED, ALREADY_GONE, REVOKED, ALREADY_GONE, REVOKED);
    }

    @Test
    @DisplayName("an online session and its offline twin go together, also where a transaction is full or fails")
    void twins() {
        List<SessionRef> refs = new ArrayList<>(add(Revoker.CHUNK + 5));
        for (int i : new int[] {Revoker.CHUNK - 1, 3}) {
            SessionId twin = new SessionId(SampleSession.SECOND, SessionKind.OFFLINE, RememberMe.NO, "s" + i);
            streams.add(SampleSession.of(twin).user(USER).build());
            refs.add(refs.get(i).twin());
        }
        store.failOn("s7");
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.count(FAILED)).isEqualTo(1);
        assertThat(store.calls())
                .allSatisfy(call -> assertThat(call).hasSizeLessThanOrEqualTo(Revoker.CHUNK))
                .allMatch(call ->
                        call.contains(refs.get(3)) == call.contains(refs.get(3).twin()))
                .allMatch(call -> call.contains(refs.get(Revoker.CHUNK - 1))
                        == call.contains(refs.get(Revoker.CHUNK - 1).twin()));
    }

    @Test
    @DisplayName("the call stops trying when the store does not answer at all")
    void outage() {
        List<SessionRef> refs = add(1_000);
        store.failOn("s" + (Revoker.CHUNK + 5));
        store.blind();
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.count(FAILED)).isEqualTo(1_000);
        assertThat(store.calls()).hasSize(2);
        assertThat(streams.sessions()).hasSize(1_000 - Revoker.CHUNK);
    }

    @Test
    @DisplayName("a call without progress for too long stops trying and answers with its report so far")
    void standstill() {
        List<SessionRef> refs = add(3 * Revoker.CHUNK);
        store.failOn("s0");
        RevocationReport report = new Revoker(
                        store, List.of(new BackchannelLogout(deliveries)), task -> {}, Duration.ZERO)
                .revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.count(FAILED)).isEqualTo(refs.size());
        assertThat(store.calls()).hasSize(1);
        assertThat(streams.sessions()).hasSize(refs.size());
    }

    @Test
    @DisplayName("a session that is gone after its transaction failed is reported as failed")
    void lostAnswer() {
        List<SessionRef> refs = add(3);
        store.withRemoval(ref -> {
            if (ref.sid().equals("s1")) {
                throw new IllegalStateException("the connection was lost, as it was to be");
            }
        });
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.outcomes()).extracting(Outcome::status).containsExactly(FAILED, FAILED, REVOKED);
        assertThat(streams.sessions()).isEmpty();
    }

    @Test
    @DisplayName("sessions that cannot be looked for again do not count as gone")
    void errorInTheLook() {
        List<SessionRef> refs = add(2);
        SessionStore broken = new SessionStore() {
            @Override
            public List<Ended> end(List<SessionRef> sessions, boolean twinsToo, boolean patient) {
                return store.end(sessions, twinsToo, patient);
            }

            @Override
            public List<SessionRef> existing(Collection<String> sids) {
                return store.existing(sids);
            }

            @Override
            public List<SessionRef> stillThere(List<SessionRef> sessions) {
                throw new LinkageError("as it was to be");
            }
        };
        RevocationReport report = new Revoker(broken, List.of(new BackchannelLogout(deliveries)), task -> {})
                .revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.count(FAILED)).isEqualTo(2);
    }

    @Test
    @DisplayName("many sessions end a few transactions at a time, each session once, and the report keeps the order")
    void together() {
        List<SessionRef> refs = add(10 * Revoker.CHUNK);
        CyclicBarrier all = new CyclicBarrier(Revoker.AT_ONCE);
        AtomicInteger begun = new AtomicInteger();
        SessionStore slow = new SessionStore() {
            @Override
            public List<SessionRef> existing(Collection<String> sids) {
                return store.existing(sids);
            }

            @Override
            public List<Ended> end(List<SessionRef> sessions, boolean twinsToo, boolean patient) {
                if (begun.getAndIncrement() < Revoker.AT_ONCE) {
                    meet(all);
                }
                synchronized (store) {
                    return store.end(sessions, twinsToo, patient);
                }
            }

            @Override
            public List<SessionRef> stillThere(List<SessionRef> sessions) {
                synchronized (store) {
                    return store.stillThere(sessions);
                }
            }
        };
        store.failOn("s7");
        store.pretendToEnd("s150");
        for (SessionRef ref : refs) {
            store.messages(ref.sid(), FakeMessage.untellable("told of " + ref.sid()));
        }
        ExecutorService helpers = Executors.newCachedThreadPool();
        RevocationReport report = new Revoker(slow, List.of(new BackchannelLogout(deliveries)), helpers)
                .revoke(refs, true, SampleCause.SOMEBODY);
        helpers.shutdown();
        assertThat(report.outcomes()).extracting(Outcome::session).containsExactlyElementsOf(refs);
        assertThat(report.outcomes())
                .filteredOn(outcome -> outcome.status() != REVOKED)
                .extracting(outcome -> outcome.session().sid() + outcome.status())
                .containsExactly("s7" + FAILED, "s150" + FAILED);
        assertThat(report.outcomes())
                .filteredOn(outcome -> outcome.status() == REVOKED)
                .allSatisfy(outcome -> assertThat(outcome.deliveries())
                        .containsExactly(
                                new Delivery("told of " + outcome.session().sid(), Delivery.Status.CANNOT_TELL)));
        assertThat(streams.sessions()).hasSize(2);
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("they did not work at the same time", e);
        }
    }

    @Test
    @DisplayName("calling again finishes the rest")
    void again() {
        List<SessionRef> refs = add(3);
        store.failOn("s1");
        revoker.revoke(refs, true, SampleCause.SOMEBODY);
        FakeStore healed = new FakeStore(streams);
        RevocationReport second = new Revoker(healed, List.of(new BackchannelLogout(deliveries)), task -> {})
                .revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(second.outcomes()).extracting(Outcome::status).containsExactly(ALREADY_GONE, REVOKED, ALREADY_GONE);
        assertThat(streams.sessions()).isEmpty();
    }

    @Test
    @DisplayName("a session that is still there after its end was reported is a failure")
    void stillThere() {
        List<SessionRef> refs = add(3);
        store.pretendToEnd("s1");
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.outcomes()).extracting(Outcome::status).containsExactly(REVOKED, FAILED, REVOKED);
    }

    @Test
    @DisplayName("sessions count as failures when the store cannot say whether they are gone")
    void cannotLook() {
        List<SessionRef> refs = add(25);
        store.blind();
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.count(FAILED)).isEqualTo(25);
        assertThat(log.lines()).anyMatch(line -> line.startsWith("ERROR") || line.startsWith("SEVERE"));
    }

    @Test
    @DisplayName("a session that was gone already is reported so, and no party is told")
    void alreadyGone() {
        SessionRef gone = new SessionRef("gone", SessionKind.ONLINE, new UserId(USER));
        FakeMessage message = FakeMessage.quick("app");
        store.messages("gone", message);
        assertThat(revoker.revoke(List.of(gone), true, SampleCause.SOMEBODY).outcomes())
                .containsExactly(new Outcome(gone, ALREADY_GONE, List.of()));
        assertThat(message.attempts()).hasValue(0);
    }

    @Test
    @DisplayName("a session named twice ends once")
    void duplicates() {
        List<SessionRef> refs = add(2);
        List<SessionRef> twice = new ArrayList<>(refs);
        twice.addAll(refs);
        RevocationReport report = revoker.revoke(twice, true, SampleCause.SOMEBODY);
        assertThat(report.outcomes()).extracting(Outcome::session).containsExactlyElementsOf(refs);
        assertThat(report.count(REVOKED)).isEqualTo(2);
    }

    @Test
    @DisplayName("applications are told after the session is gone, and the report has their answers in order")
    void told() {
        List<SessionRef> refs = add(2);
        List<Integer> leftWhenTold = new ArrayList<>();
        FakeMessage looking = FakeMessage.to(
                "looking", attempt -> leftWhenTold.add(streams.sessions().size()));
        store.messages("s0", FakeMessage.untellable("mute"), looking);
        store.messages("s1", FakeMessage.quick("other"));
        RevocationReport report = revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(leftWhenTold).containsExactly(0);
        assertThat(report.outcomes())
                .extracting(Outcome::deliveries)
                .containsExactly(
                        List.of(
                                new Delivery("mute", Delivery.Status.CANNOT_TELL),
                                new Delivery("looking", Delivery.Status.CONFIRMED)),
                        List.of(new Delivery("other", Delivery.Status.CONFIRMED)));
    }

    @Test
    @DisplayName(
            "listeners hear once of a call and of every outcome, with its cause; also of a call with nothing to end")
    void heard() {
        List<SessionRef> refs = add(2);
        store.failOn("s1");
        List<SessionsEnded> events = new ArrayList<>();
        EndingListener listener = new EndingListener() {
            @Override
            public void ended(SessionsEnded event) {
                events.add(event);
            }
        };
        Revoker heard = new Revoker(store, List.of(listener), task -> {});
        RevocationReport report = heard.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.outcomes()).extracting(Outcome::status).containsExactly(REVOKED, FAILED);
        RevocationReport nothing = heard.revoke(List.of(), true, SampleCause.SOMEBODY);
        assertThat(events)
                .containsExactly(
                        new SessionsEnded(SampleCause.SOMEBODY, report),
                        new SessionsEnded(SampleCause.SOMEBODY, nothing));
    }

    @Test
    @DisplayName("a listener that fails is logged, and changes neither the report nor the other listeners")
    void failingListener() {
        List<SessionRef> refs = add(1);
        store.messages("s0", FakeMessage.quick("shop"));
        List<SessionsEnded> events = new ArrayList<>();
        EndingListener failing = new EndingListener() {
            @Override
            public List<Supplier<Delivery>> committed(SessionStore.Ended session) {
                throw new IllegalStateException("as it was to be");
            }

            @Override
            public void ended(SessionsEnded event) {
                throw new IllegalStateException("as it was to be");
            }
        };
        EndingListener hearing = new EndingListener() {
            @Override
            public void ended(SessionsEnded event) {
                events.add(event);
            }
        };
        RevocationReport report = new Revoker(
                        store, List.of(failing, new BackchannelLogout(deliveries), hearing), task -> {})
                .revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(report.outcomes())
                .containsExactly(
                        new Outcome(refs.get(0), REVOKED, List.of(new Delivery("shop", Delivery.Status.CONFIRMED))));
        assertThat(events).hasSize(1);
        assertThat(log.lines())
                .filteredOn(line -> line.contains("as it was to be"))
                .hasSize(2);
    }

    @Test
    @DisplayName("text from outside cannot forge a log line, and a failure is logged with its cause")
    void logged() {
        List<SessionRef> refs = add(1);
        store.failOn("s0");
        revoker.revoke(refs, true, SampleCause.SOMEBODY);
        assertThat(log.lines()).anyMatch(line -> line.contains("the store's own words"));
        Deliveries.DeliveryBatch batch = deliveries.batch();
        assertThat(batch.send(FakeMessage.quick("evil\nBACKCHANNEL_LOGOUT outcome=\"")))
                .isPresent();
        batch.await();
        deliveries.close();
        assertThat(log.lines()).anyMatch(line -> line.contains("evil")).noneMatch(line -> line.contains("\n"));
    }

    private List<SessionRef> add(int sessions) {
        List<SessionRef> refs = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            streams.add(SampleSession.of("s" + i).user(USER).build());
            refs.add(new SessionRef("s" + i, SessionKind.ONLINE, new UserId(USER)));
        }
        return refs;
    }
}
