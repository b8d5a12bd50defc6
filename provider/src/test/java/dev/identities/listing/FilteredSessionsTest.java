package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.filter.Filter;
import dev.identities.filter.FilterException;
import dev.identities.listing.PersistentSessionsTest.Table;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of sessions with a filter, on both catalogs: what matches is listed once and in order, on pages of any size. */
class FilteredSessionsTest {

    private static final Instant NOW = Instant.ofEpochSecond(SampleSession.SECOND);
    private static final int SESSIONS = 120;
    private static final int ENDLESS = 1_000;

    private static boolean everybody(UserId user) {
        return true;
    }

    private static ListFilter<Session> filter(
            Predicate<Session> asksFor, String text, boolean looksAtClients, List<Set<String>> clients) {
        try {
            return new ListFilter<>(
                    asksFor, looksAtClients, Filter.ofSessions(text, NOW).narrowing(), Optional.empty(), clients);
        } catch (FilterException e) {
            throw new AssertionError(e);
        }
    }

    private static ListFilter<Session> filter(Predicate<Session> asksFor) {
        return filter(asksFor, "true", false, List.of());
    }

    private static final ListFilter<Session> RARE_CLIENT =
            filter(session -> reached(session, "rare"), "true", true, List.of(Set.of("rare")));

    private static final String RARE_IP = "10.0.0.9";

    /** Only a sweep finds it without reading all. */
    private static final ListFilter<Session> RARE_ADDRESS = filter(
            session -> session.ipAddress().equals(RARE_IP),
            "obj.browser_session.ip_address == \"" + RARE_IP + "\"",
            false,
            List.of());

    private static boolean reached(Session session, String client) {
        return session.clients().stream().anyMatch(use -> use.clientUuid().equals(client));
    }

    private static List<Session> fill(Table world, FakeStreams streams, int seed) {
        Random random = new Random(seed);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Branch branch = Branch.ALL.get(random.nextInt(Branch.ALL.size()));
            SampleSession session = SampleSession.of(new SessionId(
                            SampleSession.SECOND + random.nextInt(4), branch.kind(), branch.rememberMe(), "sid" + i))
                    .user("u" + random.nextInt(20))
                    .ipAddress("10.0.0." + random.nextInt(4));
            sessions.add((random.nextInt(6) == 0 ? session.clients("rare", "wiki") : session.clients("wiki")).build());
        }
        sessions.forEach(world::add);
        sessions.forEach(streams::add);
        return sessions;
    }

    private static List<Session> walk(
            SessionCatalog catalog, Table world, ListFilter<Session> filter, Predicate<UserId> visible, int limit) {
        List<Session> walked = new ArrayList<>();
        Optional<String> next = Optional.empty();
        int pages = 0;
        do {
            Page<Session> page = catalog.sessions(
                    new SessionQuery(
                            Optional.empty(),
                            next.map(world::opened)
                                    .map(id -> SessionId.parse(id).orElseThrow()),
                            limit,
                            Optional.of(filter)),
                    visible);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            walked.addAll(page.items());
            // A cursor in plain text names the last item, never a session that is hidden or does not match.
            page.next().filter(cursor -> !cursor.startsWith("pos_")).ifPresent(cursor -> assertThat(cursor)
                    .isEqualTo(page.items().get(page.items().size() - 1).id().toString()));
            next = page.next();
            assertThat(++pages).isLessThan(ENDLESS);
        } while (next.isPresent());
        return walked;
    }

    @ParameterizedTest
    @DisplayName("a walk over the pages has what matches, with budgets of any size and for callers who see some people")
    @ValueSource(ints = {1, 2, 7, 100})
    void walks(int limit) {
        for (int seed = 0; seed < 12; seed++) {
            Table world = PersistentSessionsTest.table(seed);
            FakeStreams streams = new FakeStreams();
            List<Session> sessions = fill(world, streams, seed);
            Set<UserId> seen = new HashSet<>();
            for (int user = 0; user < 20; user++) {
                if (new Random(seed * 20L + user).nextInt(4) < seed % 5) {
                    seen.add(new UserId("u" + user));
                }
            }
            for (ListFilter<Session> filter : List.of(
                    filter(session -> session.ipAddress().equals("10.0.0.1")),
                    filter(
                            session -> session.id().kind() == SessionKind.OFFLINE,
                            "obj.kind == \"offline\"",
                            false,
                            List.of()),
                    filter(
                            session -> session.started().isAfter(NOW),
                            "obj.created_at > timestamp(time.now)",
                            false,
                            List.of()),
                    RARE_CLIENT)) {
                List<Session> expected = SessionCatalogContract.inOrder(world, sessions).stream()
                        .filter(session -> seen.contains(session.userId()))
                        .filter(filter.asksFor())
                        .toList();
                for (SessionCatalog catalog : List.of(world.catalog(), world.catalog(5))) {
                    assertThat(walk(catalog, world, filter, seen::contains, limit))
                            .as("seed %d", seed)
                            .isEqualTo(expected);
                }
                assertThat(walk(streams.catalog(world.seal()), world, filter, seen::contains, limit))
                        .containsExactlyInAnyOrderElementsOf(expected);
                SessionQuery all = new SessionQuery(Optional.empty(), Optional.empty(), limit, Optional.of(filter));
                for (SessionCatalog catalog : List.of(world.catalog(), streams.catalog())) {
                    assertThat(catalog.total(all, seen::contains)).isEqualTo(new Total(expected.size(), true));
                    assertThat(all(catalog, all, seen::contains, 10_001)).containsExactlyInAnyOrderElementsOf(expected);
                }
                assertThat(all(world.catalog(), all, seen::contains, 3))
                        .isEqualTo(expected.subList(0, Math.min(3, expected.size())));
            }
        }
    }

    private static List<Session> all(SessionCatalog catalog, SessionQuery query, Predicate<UserId> visible, int max) {
        List<Session> all = new ArrayList<>();
        catalog.all(query, visible, max, all::add);
        return all;
    }

    @Test
    @DisplayName("a look for all that matches holds few complete sessions at a time")
    void fewComplete() {
        Table world = large(4_000, 1_000);
        SessionQuery every =
                new SessionQuery(Optional.empty(), Optional.empty(), 100, Optional.of(filter(session -> true)));
        assertThat(all(world.catalog(), every, FilteredSessionsTest::everybody, 3_001))
                .hasSize(3_001);
        assertThat(world.rows().mostComplete()).isEqualTo(500);
    }

    private static Table large(int sessions, int rareEvery) {
        Table world = PersistentSessionsTest.table(3);
        for (int i = 0; i < sessions; i++) {
            world.add(SampleSession.of(
                            new SessionId(SampleSession.SECOND + i, SessionKind.ONLINE, RememberMe.NO, "s" + i))
                    .user("u" + i % 100)
                    .clients(i % rareEvery == 0 ? "rare" : "wiki")
                    .ipAddress(i % rareEvery == 0 ? RARE_IP : "10.0.0.1")
                    .build());
        }
        return world;
    }

    @Test
    @DisplayName("a filter that many sessions match reads a slice; one that few match goes over to a sweep")
    void plan() {
        Table world = large(10_000, 1_000);
        List<Session> found = walk(world.catalog(), world, RARE_ADDRESS, FilteredSessionsTest::everybody, 100);
        assertThat(found).hasSize(10);
        assertThat(world.rows().sweeps()).isEqualTo(1);
        assertThat(world.rows().rowsRead()).isLessThan(SessionScan.PROBE + 100);
        int before = world.rows().rowsRead();
        ListFilter<Session> every = filter(session -> true);
        world.catalog()
                .sessions(
                        new SessionQuery(Optional.empty(), Optional.empty(), 100, Optional.of(every)),
                        FilteredSessionsTest::everybody);
        assertThat(world.rows().rowsRead() - before).isEqualTo(SessionScan.FIRST_SLICE);
    }

    @Test
    @DisplayName("a page whose budget is used is short, and its sealed cursor goes on behind what was read")
    void budget() {
        Table world = large(4_000, 1_000);
        ListFilter<Session> nobody = filter(session -> false);
        Page<Session> page = world.catalog(600)
                .sessions(
                        new SessionQuery(Optional.empty(), Optional.empty(), 100, Optional.of(nobody)),
                        FilteredSessionsTest::everybody);
        assertThat(page.items()).isEmpty();
        assertThat(page.next().orElseThrow()).startsWith("pos_");
        assertThat(walk(world.catalog(600), world, nobody, FilteredSessionsTest::everybody, 100))
                .isEmpty();
    }

    @Test
    @DisplayName("what costs much is read for many sessions at once, and for those alone that the rest lets through")
    void costly() {
        Table world = large(5_000, 1_000);
        List<List<Session>> reads = new ArrayList<>();
        Set<SessionId> known = new HashSet<>();
        ListFilter<Session> costly = costly(
                session -> (session.id().createdOn() - SampleSession.SECOND) % 2 == 0,
                session -> (session.id().createdOn() - SampleSession.SECOND) % 500 == 0,
                read -> {
                    reads.add(read);
                    known.clear();
                    read.forEach(session -> known.add(session.id()));
                },
                known);
        assertThat(walk(world.catalog(), world, costly, user -> user.value().length() == 2, 100))
                .hasSize(10);
        assertThat(reads).allMatch(read -> read.size() <= ListFilter.BATCH);
        assertThat(reads.stream().flatMap(List::stream).map(Session::id).distinct())
                .hasSize(250);
        assertThat(reads).hasSizeLessThan(10);
    }

    @Test
    @DisplayName("when reading has used the budget, a page of such a filter ends within a slice")
    void costlyBudget() {
        Table world = large(5_000, 1_000);
        Set<SessionId> known = new HashSet<>();
        List<Session> read = new ArrayList<>();
        ListFilter<Session> nobody = costly(
                session -> true,
                session -> false,
                more -> {
                    read.addAll(more);
                    more.forEach(session -> known.add(session.id()));
                },
                known);
        FilteredSessions slow = new FilteredSessions(
                world.rows(),
                world.seal(),
                new LongScans(),
                () -> new Budget(() -> read.size() > SessionScan.FIRST_SLICE ? 1 : 0, 1, Integer.MAX_VALUE),
                () -> Budget.of(Duration.ofMinutes(1), Integer.MAX_VALUE));
        Page<Session> page = slow.page(
                new SessionQuery(Optional.empty(), Optional.empty(), 100, Optional.of(nobody)),
                FilteredSessionsTest::everybody);
        int judged = SessionScan.FIRST_SLICE + SessionScan.LEAST_JUDGED;
        assertThat(read).hasSize(judged);
        assertThat(page.items()).isEmpty();
        assertThat(world.opened(page.next().orElseThrow()))
                .isEqualTo(read.get(judged - 1).id().toString());
        assertThat(walk(world.catalog(600), world, nobody, FilteredSessionsTest::everybody, 100))
                .isEmpty();
        assertThat(new HashSet<>(read)).hasSize(5_000);
    }

    /** Fails when it is to decide about a session for which nothing was read. */
    private static ListFilter<Session> costly(
            Predicate<Session> mayAskFor,
            Predicate<Session> asksFor,
            Consumer<List<Session>> read,
            Set<SessionId> known) {
        return new ListFilter<>(
                session -> {
                    assertThat(known).contains(session.id());
                    return asksFor.test(session);
                },
                false,
                filter(session -> true).narrowing(),
                Optional.empty(),
                List.of(),
                Optional.of(new ListFilter.Costly<>(mayAskFor, read)),
                next -> {});
    }

    @Test
    @DisplayName("a page whose budget is used in the probe has its sweep all the same, and is not read in short pages")
    void slowProbe() {
        Table world = large(10_000, 1_000);
        Page<Session> page = world.catalog(5)
                .sessions(
                        new SessionQuery(Optional.empty(), Optional.empty(), 100, Optional.of(RARE_ADDRESS)),
                        FilteredSessionsTest::everybody);
        assertThat(page.items()).hasSize(10);
        assertThat(page.next()).isEmpty();
        assertThat(world.rows().sweeps()).isEqualTo(1);
    }

    @Test
    @DisplayName("where a page ends does not tell whether the sessions of hidden people match")
    void hidden() {
        Predicate<UserId> visible = user -> user.value().equals("u1");
        for (int every : new int[] {1, 2, 50}) {
            Table world = large(2_000, every);
            ListFilter<Session> matching = filter(session ->
                    session.userId().value().equals("u1") || session.id().createdOn() % every == 0);
            ListFilter<Session> other =
                    filter(session -> session.userId().value().equals("u1"));
            SessionQuery asked = new SessionQuery(Optional.empty(), Optional.empty(), 100, Optional.of(matching));
            SessionQuery same = new SessionQuery(Optional.empty(), Optional.empty(), 100, Optional.of(other));
            Page<Session> one = world.catalog(600).sessions(asked, visible);
            Page<Session> two = world.catalog(600).sessions(same, visible);
            assertThat(one.items()).isEqualTo(two.items());
            assertThat(one.next().map(world::opened)).isEqualTo(two.next().map(world::opened));
            assertThat(one.next()).isPresent();
        }
    }

    @Test
    @DisplayName("a total stops at its bound and says so")
    void total() {
        Table world = large(Total.MAX + 50, 3);
        SessionQuery all = new SessionQuery(Optional.empty(), Optional.empty(), 100);
        assertThat(world.catalog().total(all, FilteredSessionsTest::everybody)).isEqualTo(new Total(Total.MAX, false));
        assertThat(world.catalog().total(all, user -> user.value().equals("u1")))
                .isEqualTo(new Total(Total.MAX / 100 + 1, true));
    }

    @Test
    @DisplayName("a look for all that matches gives no part of them when its time is over")
    void wholeOrNothing() {
        Table world = large(4_000, 1_000);
        FilteredSessions hurried = new FilteredSessions(
                world.rows(),
                world.seal(),
                new LongScans(),
                () -> Budget.of(Duration.ofMinutes(1), Integer.MAX_VALUE),
                () -> Budget.of(Duration.ofMinutes(1), 1_000));
        SessionQuery first = new SessionQuery(
                Optional.empty(),
                Optional.empty(),
                100,
                Optional.of(filter(session -> session.id().createdOn() > 0)));
        List<Session> shown = new ArrayList<>();
        hurried.first(first, FilteredSessionsTest::everybody, 100, shown::add);
        assertThat(shown).hasSize(100);
        assertThatThrownBy(() -> hurried.first(first, FilteredSessionsTest::everybody, 4_001, shown::add))
                .isInstanceOf(LongScans.TooLongException.class);
        assertThat(shown).hasSize(100);
    }

    @Test
    @DisplayName("two long scans run at a time, and a third one is told to come back")
    void longScans() {
        Table world = large(4_000, 1_000);
        LongScans scans = new LongScans(2, Duration.ofMillis(20));
        FilteredSessions filtered = new FilteredSessions(world.rows(), world.seal(), scans);
        SessionQuery nobody =
                new SessionQuery(Optional.empty(), Optional.empty(), 100, Optional.of(filter(session -> false)));
        try (LongScans.Permit first = scans.enter()) {
            assertThat(filtered.page(nobody, FilteredSessionsTest::everybody)).isEqualTo(Page.empty());
            try (LongScans.Permit second = scans.enter()) {
                assertThatThrownBy(() -> filtered.page(nobody, FilteredSessionsTest::everybody))
                        .isInstanceOf(LongScans.BusyException.class);
                assertThat(first).isNotSameAs(second);
            }
        }
        assertThat(filtered.page(nobody, FilteredSessionsTest::everybody)).isEqualTo(Page.empty());
    }
}
