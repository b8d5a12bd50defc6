package dev.identities.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.ending.BulkEnded;
import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import dev.identities.ending.Outcome;
import dev.identities.session.NamedSession;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkRevocationTest {

    private final BulkWorld world = new BulkWorld();

    @Test
    @DisplayName("a dry run ends nothing, and says what the call with its ticket would end")
    void dryRun() {
        world.add("a", SessionKind.ONLINE, "jane");
        world.add("b", SessionKind.ONLINE, "john");
        world.add("c", SessionKind.ONLINE, "eve");
        world.caller.unmanageable.add(new UserId("john"));
        world.caller.sid = Optional.of("a");

        Preview preview = world.bulk.preview(world.filter("f", "jane", "john"), world.caller);

        assertThat(preview.sessions()).isEqualTo(1);
        assertThat(preview.sample()).extracting(session -> session.id().sid()).containsExactly("a");
        assertThat(preview.forbidden()).isEqualTo(1);
        assertThat(preview.includesCaller()).isTrue();
        assertThat(preview.more()).isFalse();
        assertThat(preview.asOf()).isEqualTo(Instant.parse("2026-11-28T18:00:00Z"));
        assertThat(preview.ticket().orElseThrow().expires()).isEqualTo(Instant.parse("2026-11-28T18:10:00Z"));
        assertThat(world.alive()).hasSize(3);
        assertThat(world.batches).isEmpty();
        assertThat(world.summaries).isEmpty();
        assertThat(world.office.used()).isEmpty();
    }

    @Test
    @DisplayName("the call ends what is in the ticket and matches now; the audit hears of each session and of the sum")
    void call() throws BulkRefusedException {
        world.add("a", SessionKind.ONLINE, "jane");
        world.add("b", SessionKind.ONLINE, "jane");
        world.add("c", SessionKind.ONLINE, "eve");
        BulkFilter filter = world.filter("f", "jane");
        String ticket = world.dryRun(filter);

        Plan plan = world.bulk.plan(filter, ticket, BulkWorld.OPTIONS, world.caller);
        BulkReport report = world.bulk.end(
                plan, new Cause(world.caller, Channel.APP, Optional.empty(), "stolen"), Progress.UNHEARD);

        BulkEnded.Counts counts = new BulkEnded.Counts(2, 0, 0, 0, 0, 0, 0, false, false);
        assertThat(report.counts()).isEqualTo(counts);
        assertThat(report.failures()).isEmpty();
        assertThat(world.alive()).containsExactly("c ONLINE");
        assertThat(world.batches)
                .flatExtracting(batch -> batch.report().outcomes())
                .hasSize(2);
        assertThat(world.summaries).singleElement().satisfies(summary -> {
            assertThat(summary.counts()).isEqualTo(counts);
            assertThat(summary.filter()).contains("f");
            assertThat(summary.ticket())
                    .contains(world.office.used().keySet().iterator().next());
            assertThat(summary.cause().reason()).isEqualTo("stolen");
        });
    }

    @Test
    @DisplayName("new sessions, also of the same person, are counted and stay")
    void newOnes() throws BulkRefusedException {
        world.add("a", SessionKind.ONLINE, "jane");
        BulkFilter filter = world.filter("f", "jane");
        String ticket = world.dryRun(filter);
        world.add("b", SessionKind.ONLINE, "jane");
        world.add("c", SessionKind.OFFLINE, "jane");

        assertThat(world.end(filter, ticket).counts())
                .isEqualTo(new BulkEnded.Counts(1, 0, 0, 2, 0, 0, 0, false, false));
        assertThat(world.alive()).containsExactly("b ONLINE", "c OFFLINE");
    }

    @Test
    @DisplayName("a session that Keycloak began anew under the same id is a new one")
    void begunAnew() throws BulkRefusedException {
        Session old = world.add("a", SessionKind.ONLINE, "jane");
        BulkFilter filter = world.filter("f", "jane");
        String ticket = world.dryRun(filter);
        world.streams.remove(old.ref());
        world.streams.add(
                SampleSession.of(new SessionId(SampleSession.SECOND + 1, SessionKind.ONLINE, RememberMe.NO, "a"))
                        .user("jane")
                        .build());

        assertThat(world.end(filter, ticket).counts().newlyMatching()).isEqualTo(1);
        assertThat(world.alive()).containsExactly("a ONLINE");
    }

    @Test
    @DisplayName("remember-me that Keycloak filled in after the dry run makes no difference")
    void rememberMe() throws BulkRefusedException {
        SessionId id = new SessionId(SampleSession.SECOND, SessionKind.ONLINE, RememberMe.UNKNOWN, "a");
        Session old = SampleSession.of(id).user("jane").build();
        world.streams.add(old);
        BulkFilter filter = world.filter("f", "jane");
        String ticket = world.dryRun(filter);
        world.streams.remove(old.ref());
        world.streams.add(SampleSession.of(new SessionId(id.createdOn(), id.kind(), RememberMe.YES, "a"))
                .user("jane")
                .build());

        assertThat(world.end(filter, ticket).counts().ended()).isEqualTo(1);
    }

    @Test
    @DisplayName("sessions that are gone and sessions that changed are told apart")
    void drift() throws BulkRefusedException {
        Session gone = world.add("a", SessionKind.ONLINE, "jane");
        world.add("b", SessionKind.ONLINE, "jane");
        world.add("c", SessionKind.ONLINE, "jane");
        world.add("d", SessionKind.ONLINE, "jane");
        FakeFilter filter = world.filter("f", "jane");
        String ticket = world.dryRun(filter);
        world.streams.remove(gone.ref());
        filter.nowMatches(session -> !session.id().sid().equals("b"));
        world.store.endElsewhere("c");

        assertThat(world.end(filter, ticket).counts())
                .isEqualTo(new BulkEnded.Counts(1, 2, 1, 0, 0, 0, 0, false, false));
        assertThat(world.alive()).containsExactly("b ONLINE");
    }

    @Test
    @DisplayName("the filter's now is that of the dry run")
    void asOf() throws BulkRefusedException {
        world.add("a", SessionKind.ONLINE, "jane");
        FakeFilter filter = world.filter("f", "jane");
        String ticket = world.dryRun(filter);
        world.now = world.now.plusSeconds(300);
        world.end(filter, ticket);
        assertThat(filter.asked()).hasSize(2).containsOnly(Instant.parse("2026-11-28T18:00:00Z"));
    }

    @Test
    @DisplayName("sessions of people whom the caller may not manage stay and are counted; hidden people are not")
    void forbidden() throws BulkRefusedException {
        world.add("a", SessionKind.ONLINE, "jane");
        world.add("b", SessionKind.ONLINE, "john");
        world.add("c", SessionKind.ONLINE, "eve");
        world.add("d", SessionKind.ONLINE, "zoe");
        world.caller.unmanageable.add(new UserId("john"));
        world.caller.hidden.add(new UserId("eve"));
        BulkFilter filter = world.filter("f", "jane", "john", "eve", "zoe");
        String ticket = world.dryRun(filter);
        // Permission is asked for again, because it may have been taken away.
        world.caller.unmanageable.add(new UserId("zoe"));

        assertThat(world.end(filter, ticket).counts())
                .isEqualTo(new BulkEnded.Counts(1, 0, 0, 0, 2, 0, 0, false, false));
        assertThat(world.alive()).containsExactly("b ONLINE", "c ONLINE", "d ONLINE");
    }

    @ParameterizedTest
    @DisplayName("the caller's own session stays unless it is to end as well")
    @CsvSource({"false, true, 'a OFFLINE|a ONLINE'", "true, false, ''"})
    void own(boolean includeSelf, boolean leftOut, String alive) throws BulkRefusedException {
        world.add("a", SessionKind.ONLINE, "jane");
        world.add("a", SessionKind.OFFLINE, "jane");
        world.add("b", SessionKind.ONLINE, "jane");
        world.caller.sid = Optional.of("a");
        BulkFilter filter = world.filter("f", "jane");
        Plan plan = world.bulk.plan(
                filter, world.dryRun(filter), new BulkRevocation.CallOptions("", includeSelf), world.caller);
        world.bulk.end(plan, world.cause(), Progress.UNHEARD);
        assertThat(plan.callerLeftOut()).isEqualTo(leftOut);
        assertThat(String.join("|", world.alive())).isEqualTo(alive);
    }

    @ParameterizedTest
    @DisplayName("twins go along as where a single session is ended, and are not counted")
    @CsvSource({"ONLINE, true, ''", "ONLINE, false, 'a OFFLINE'", "OFFLINE, true, ''", "OFFLINE, false, ''"})
    void twins(SessionKind matching, boolean offlineToo, String alive) throws BulkRefusedException {
        world.add("a", SessionKind.ONLINE, "jane");
        world.add("a", SessionKind.OFFLINE, "jane");
        FakeFilter filter =
                new FakeFilter("f", world.streams, session -> session.id().kind() == matching);
        BulkRevocation bulk = world.bulk(offlineToo);
        BulkReport report = bulk.end(
                bulk.plan(filter, world.dryRun(filter), BulkWorld.OPTIONS, world.caller),
                world.cause(),
                Progress.UNHEARD);
        assertThat(report.counts().ended()).isEqualTo(1);
        assertThat(String.join("|", world.alive())).isEqualTo(alive);
    }

    @Test
    @DisplayName("a ticket works once")
    void once() throws BulkRefusedException {
        world.add("a", SessionKind.ONLINE, "jane");
        BulkFilter filter = world.filter("f", "jane");
        String ticket = world.dryRun(filter);
        world.end(filter, ticket);
        world.add("a", SessionKind.ONLINE, "jane");

        assertRefused(() -> world.end(filter, ticket), BulkRefusedException.Reason.USED);
        assertThat(world.alive()).containsExactly("a ONLINE");
        assertThat(world.office.used().values()).allMatch(kept -> kept.compareTo(Tickets.LIFETIME) > 0);
    }

    @Test
    @DisplayName("a ticket that does not open, of another caller, of another filter, or too old ends nothing and stays")
    void refused() throws BulkRefusedException {
        world.add("a", SessionKind.ONLINE, "jane");
        BulkFilter filter = world.filter("f", "jane");
        String ticket = world.dryRun(filter);

        assertRefused(() -> world.end(filter, ticket + "1"), BulkRefusedException.Reason.UNKNOWN);
        assertRefused(() -> world.end(world.filter("g", "jane"), ticket), BulkRefusedException.Reason.OTHER_FILTER);
        world.caller.id = "somebody else";
        assertRefused(() -> world.end(filter, ticket), BulkRefusedException.Reason.OTHER_CALLER);
        world.caller.id = "administrator";
        Instant then = world.now;
        world.now = then.plus(Duration.ofMinutes(10));
        assertRefused(() -> world.end(filter, ticket), BulkRefusedException.Reason.EXPIRED);
        assertThat(world.alive()).hasSize(1);
        assertThat(world.summaries).isEmpty();

        world.now = then.plus(Duration.ofMinutes(10)).minusSeconds(1);
        assertThat(world.end(filter, ticket).counts().ended()).isEqualTo(1);
    }

    @Test
    @DisplayName("above the threshold a reason is needed; the ticket stays good")
    void reason() throws BulkRefusedException {
        for (int i = 0; i <= BulkWorld.THRESHOLD; i++) {
            world.add("s" + i, SessionKind.ONLINE, "jane");
        }
        BulkFilter filter = world.filter("f", "jane");
        String ticket = world.dryRun(filter);
        assertThat(world.bulk.needsReason(BulkWorld.THRESHOLD)).isFalse();
        assertRefused(() -> world.end(filter, ticket), BulkRefusedException.Reason.NO_REASON);
        List<NamedSession> names = IntStream.rangeClosed(0, BulkWorld.THRESHOLD)
                .mapToObj(i -> new NamedSession("s" + i, Optional.empty()))
                .toList();
        assertRefused(
                () -> world.bulk.plan(names, BulkWorld.OPTIONS, world.caller), BulkRefusedException.Reason.NO_REASON);
        assertThat(world.alive()).hasSize(BulkWorld.THRESHOLD + 1);

        BulkRevocation.CallOptions options = new BulkRevocation.CallOptions("why", false);
        world.bulk.end(world.bulk.plan(filter, ticket, options, world.caller), world.cause(), Progress.UNHEARD);
        assertThat(world.alive()).isEmpty();
    }

    @Test
    @DisplayName("by ids: each by either name, unknown and hidden ones count as gone, forbidden ones stay")
    void ids() throws BulkRefusedException {
        Session a = world.add("a", SessionKind.ONLINE, "jane");
        world.add("b", SessionKind.ONLINE, "jane");
        world.add("c", SessionKind.ONLINE, "john");
        world.add("d", SessionKind.ONLINE, "eve");
        world.caller.unmanageable.add(new UserId("john"));
        world.caller.hidden.add(new UserId("eve"));
        List<NamedSession> names = Stream.of(a.id().toString(), "a", "b", "c", "d", "nobody")
                .map(name -> NamedSession.parse(name).orElseThrow())
                .toList();
        assertThat(world.bulk.preview(names, world.caller).sessions()).isEqualTo(2);

        Plan plan = world.bulk.plan(names, BulkWorld.OPTIONS, world.caller);
        assertThat(world.bulk.end(plan, world.cause(), Progress.UNHEARD).counts())
                .isEqualTo(new BulkEnded.Counts(2, 2, 0, 0, 1, 0, 0, false, false));
        assertThat(world.alive()).containsExactly("c ONLINE", "d ONLINE");
        assertThat(world.summaries).singleElement().satisfies(summary -> {
            assertThat(summary.filter()).isEmpty();
            assertThat(summary.ticket()).isEmpty();
        });
    }

    @Test
    @DisplayName("a call works in batches and tells its progress; it stops after the batch in hand when it is told to")
    void progress() throws BulkRefusedException {
        crowd(2 * BulkRevocation.BATCH + 1);
        BulkFilter filter = world.filter("f", "jane");
        List<Integer> told = new ArrayList<>();
        Plan plan =
                world.bulk.plan(filter, world.dryRun(filter), new BulkRevocation.CallOptions("x", false), world.caller);
        BulkReport report = world.bulk.end(plan, world.cause(), (done, of) -> {
            assertThat(of).isEqualTo(501);
            assertThat(world.streams.sessions()).hasSize(of - done);
            told.add(done);
            return told.size() < 2;
        });
        assertThat(told).containsExactly(0, 250);
        assertThat(report.counts().ended()).isEqualTo(250);
        assertThat(report.failures()).hasSize(251).noneMatch(BulkReport.Failure::tried);
        assertThat(world.summaries)
                .singleElement()
                .satisfies(summary -> assertThat(summary.counts().untried()).isEqualTo(251));
    }

    @Test
    @DisplayName("one session that cannot be ended does not stop the others, and is reported by its public id")
    void oneFails() throws BulkRefusedException {
        Session stuck = world.add("a", SessionKind.ONLINE, "jane");
        world.add("b", SessionKind.ONLINE, "jane");
        world.store.failOn("a");
        BulkFilter filter = world.filter("f", "jane");
        BulkReport report = world.end(filter, world.dryRun(filter));
        assertThat(report.counts().ended()).isEqualTo(1);
        assertThat(report.failures())
                .containsExactly(new BulkReport.Failure(stuck.id().toString(), true));
        assertThat(world.alive()).containsExactly("a ONLINE");
    }

    @Test
    @DisplayName("when the store answers no more, what was reported ended is ended, and the rest is reported as failed")
    void storeGone() throws BulkRefusedException {
        crowd(3 * BulkRevocation.BATCH);
        BulkFilter filter = world.filter("f", "jane");
        Plan plan =
                world.bulk.plan(filter, world.dryRun(filter), new BulkRevocation.CallOptions("x", false), world.caller);
        BulkReport report = world.bulk.end(plan, world.cause(), (done, of) -> {
            if (done == BulkRevocation.BATCH) {
                world.streams
                        .sessions()
                        .forEach(session -> world.store.failOn(session.id().sid()));
            }
            return true;
        });
        assertThat(report.counts().ended()).isEqualTo(BulkRevocation.BATCH);
        assertThat(report.failures()).hasSize(2 * BulkRevocation.BATCH);
        assertThat(report.counts().untried()).isEqualTo(BulkRevocation.BATCH);
        assertThat(report.report().count(Outcome.Status.REVOKED)).isEqualTo(BulkRevocation.BATCH);
        assertThat(world.streams.sessions()).hasSize(2 * BulkRevocation.BATCH);
    }

    @Test
    @DisplayName("a dry run finds ten thousand sessions and says that there are more; new ones do not crowd them out")
    void bounds() throws BulkRefusedException {
        crowd(BulkRevocation.MAX_SESSIONS + 1);
        BulkFilter filter = world.filter("f", "jane");
        Preview preview = world.bulk.preview(filter, world.caller);
        assertThat(preview.sessions()).isEqualTo(BulkRevocation.MAX_SESSIONS);
        assertThat(preview.sample()).hasSize(Sifted.SAMPLE);
        assertThat(preview.users()).isEqualTo(1);
        assertThat(preview.identityProviders()).isEqualTo(Map.of("", (long) BulkRevocation.MAX_SESSIONS));
        assertThat(preview.more()).isTrue();
        IntStream.range(0, 50)
                .forEach(i -> world.streams.add(SampleSession.of(
                                new SessionId(SampleSession.SECOND + 9, SessionKind.ONLINE, RememberMe.NO, "new" + i))
                        .user("jane")
                        .build()));
        Plan plan = world.bulk.plan(
                filter,
                preview.ticket().orElseThrow().text(),
                new BulkRevocation.CallOptions("x", false),
                world.caller);
        assertThat(plan.targets()).hasSize(BulkRevocation.MAX_SESSIONS);
        assertThat(plan.newlyMatching()).isEqualTo(51);
        assertThat(plan.more()).isFalse();
    }

    @RepeatedTest(200)
    @DisplayName("whatever happens between dry run and call, nothing outside the ticket ends, and the counts add up")
    void property(RepetitionInfo repetition) throws BulkRefusedException {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> users = List.of("u0", "u1", "u2", "u3");
        IntStream.range(0, 12).forEach(i -> world.add("s" + i, SessionKind.ONLINE, users.get(random.nextInt(4))));
        Set<String> before = random(random);
        FakeFilter filter = new FakeFilter(
                "f", world.streams, session -> before.contains(session.id().sid()));
        String ticket = world.dryRun(filter);
        world.streams.sessions().stream()
                .filter(session -> random.nextInt(4) == 0)
                .forEach(session -> world.streams.remove(session.ref()));
        IntStream.range(12, 20).forEach(i -> world.add("s" + i, SessionKind.ONLINE, users.get(random.nextInt(4))));
        Set<String> after = random(random);
        filter.nowMatches(session -> after.contains(session.id().sid()));
        users.stream()
                .filter(user -> random.nextInt(4) == 0)
                .forEach(user -> world.caller.unmanageable.add(new UserId(user)));
        users.stream()
                .filter(user -> random.nextInt(6) == 0)
                .forEach(user -> world.caller.hidden.add(new UserId(user)));
        List<Session> all = world.streams.sessions();

        BulkRevocation.CallOptions options = new BulkRevocation.CallOptions("x", false);
        Plan plan = world.bulk.plan(filter, ticket, options, world.caller);
        BulkReport report = world.bulk.end(plan, world.cause(), Progress.UNHEARD);

        Set<String> spared = new TreeSet<>();
        for (Session session : all) {
            String sid = session.id().sid();
            boolean inTicket = before.contains(sid) && Integer.parseInt(sid.substring(1)) < 12;
            if (!inTicket || !after.contains(sid) || !world.caller.mayManage(session.userId())) {
                spared.add(sid + " ONLINE");
            }
        }
        assertThat(world.alive()).isEqualTo(spared);
        assertThat(report.counts().ended()).isEqualTo(all.size() - spared.size());
    }

    private static Set<String> random(Random random) {
        Set<String> sids = new TreeSet<>();
        IntStream.range(0, 20).filter(i -> random.nextBoolean()).forEach(i -> sids.add("s" + i));
        return sids;
    }

    private void crowd(int sessions) {
        world.streams.add(IntStream.range(0, sessions)
                .mapToObj(i -> SampleSession.of("s" + i).user("jane").build())
                .toArray(Session[]::new));
    }

    @FunctionalInterface
    private interface Refused {
        Object run() throws BulkRefusedException;
    }

    private static void assertRefused(Refused call, BulkRefusedException.Reason reason) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(BulkRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }
}
