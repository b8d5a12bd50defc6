package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.filter.Filter;
import dev.identities.filter.FilterException;
import dev.identities.session.Identity;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VolatileSessionsTest extends SessionCatalogContract {

    record Cache(FakeStreams streams, FakeSeal seal) implements World {
        @Override
        public SessionCatalog catalog() {
            return streams.catalog(seal);
        }

        /** The same with budgets of few sessions. */
        SessionCatalog catalog(int page, int look) {
            return new VolatileSessions(
                    streams,
                    seal,
                    new LongScans(),
                    () -> Budget.of(Duration.ofMinutes(1), page),
                    () -> Budget.of(Duration.ofMinutes(1), look));
        }

        @Override
        public String opened(String cursor) {
            return seal.open(cursor).orElse(cursor);
        }

        @Override
        public void add(Session session) {
            streams.add(session);
        }

        @Override
        public void remove(Session session) {
            streams.remove(session.ref());
        }

        @Override
        public Comparator<String> collation() {
            return Comparator.naturalOrder();
        }
    }

    @Override
    Cache world(int seed) {
        return new Cache(new FakeStreams(), new FakeSeal());
    }

    @Test
    @DisplayName("every stream is closed, also when the permission check fails")
    void closed() {
        Cache world = world(0);
        fill(world, 0);
        SessionCatalog catalog = world.catalog();
        UserId user = world.streams().sessions().get(0).userId();
        catalog.sessions(new SessionQuery(Optional.empty(), Optional.empty(), 3), EVERYBODY);
        catalog.sessions(new SessionQuery(Optional.of(user), Optional.empty(), 3), EVERYBODY);
        catalog.identities(byId(Optional.empty(), 3), EVERYBODY);
        catalog.identity(user);
        catalog.mostRecentlyActive(user, 3);
        assertThatThrownBy(() -> catalog.sessions(new SessionQuery(Optional.empty(), Optional.empty(), 3), failing -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(world.streams().opened()).isGreaterThanOrEqualTo(6);
        assertThat(world.streams().open()).isZero();
    }

    @Test
    @DisplayName("permission is asked once per user of a page, and not per session")
    void permissionOncePerUser() {
        Cache world = world(0);
        fill(world, 0);
        Map<UserId, Integer> asked = new HashMap<>();
        world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.empty(), 3), user -> {
            asked.merge(user, 1, Integer::sum);
            return false;
        });
        assertThat(asked).hasSizeGreaterThan(3).allSatisfy((user, times) -> assertThat(times)
                .isOne());
    }

    @Test
    @DisplayName("a filter is not asked about people whom the caller may not see, because its answer would take time")
    void filterAfterPermission() throws FilterException {
        Cache world = world(0);
        world.add(SampleSession.of("a").user("hidden").build());
        world.add(SampleSession.of("b").user("shown").build());
        List<String> judged = new ArrayList<>();
        ListFilter<Session> filter = new ListFilter<>(
                session -> judged.add(session.id().sid()),
                false,
                Filter.ofSessions("true", Instant.EPOCH).narrowing(),
                Optional.empty(),
                List.of());
        SessionQuery query = new SessionQuery(Optional.empty(), Optional.empty(), 3, Optional.of(filter));
        Predicate<UserId> visible = user -> user.value().equals("shown");
        assertThat(world.catalog().sessions(query, visible).items()).hasSize(1);
        assertThat(world.catalog().total(query, visible)).isEqualTo(new Total(1, true));
        assertThat(judged).containsExactly("b", "b");
    }

    private static SessionQuery asks(Predicate<Session> asksFor, Optional<SessionId> from) throws FilterException {
        return new SessionQuery(
                Optional.empty(),
                from,
                3,
                Optional.of(new ListFilter<>(
                        asksFor,
                        false,
                        Filter.ofSessions("true", Instant.EPOCH).narrowing(),
                        Optional.empty(),
                        List.of())));
    }

    @Test
    @DisplayName("a page whose budget is used is short, and its sealed cursor goes on behind what was judged")
    void budget() throws FilterException {
        Cache world = world(0);
        for (int i = 0; i < 25; i++) {
            world.add(SampleSession.of("s" + (char) ('a' + i)).user("u" + i).build());
        }
        List<String> judged = new ArrayList<>();
        List<String> found = new ArrayList<>();
        Optional<SessionId> from = Optional.empty();
        do {
            Page<Session> page = world.catalog(10, 100)
                    .sessions(
                            asks(
                                    session -> {
                                        judged.add(session.id().sid());
                                        return session.id().sid().equals("sa");
                                    },
                                    from),
                            EVERYBODY);
            page.next().ifPresent(cursor -> assertThat(cursor).startsWith("pos_"));
            page.items().forEach(session -> found.add(session.id().sid()));
            from = page.next().map(world::opened).flatMap(SessionId::parse);
        } while (from.isPresent());
        assertThat(found).containsExactly("sa");
        assertThat(judged).hasSize(25).doesNotHaveDuplicates().startsWith("sy", "sx");
    }

    @Test
    @DisplayName("pages of people end by a budget as well, in both orders")
    void budgetOfPeople() {
        Cache world = world(0);
        for (int i = 0; i < 25; i++) {
            world.add(SampleSession.of("s" + i).user("u" + (char) ('a' + i)).build());
        }
        SessionCatalog catalog = world.catalog(10, 100);
        Predicate<UserId> visible = user -> user.value().equals("ua");
        Page<Identity> first = catalog.identities(byId(Optional.empty(), 3), visible);
        assertThat(first.items()).isEmpty();
        assertThat(first.next().map(world::opened)).contains("usr_up");
        Page<Identity> active = catalog.recentlyActive(
                new IdentityQuery<>(Optional.empty(), Optional.empty(), Optional.empty(), 3), visible);
        assertThat(active.items()).isEmpty();
        assertThat(active.next().orElseThrow()).startsWith("pos_");
    }

    @Test
    @DisplayName("a look for all that matches gives no part of them when its budget is used")
    void wholeOrNothing() throws FilterException {
        Cache world = world(0);
        for (int i = 0; i < 25; i++) {
            world.add(SampleSession.of("s" + i).build());
        }
        SessionQuery every = asks(session -> true, Optional.empty());
        List<Session> shown = new ArrayList<>();
        world.catalog(10, 25).all(every, EVERYBODY, 20, shown::add);
        assertThat(shown).hasSize(20);
        assertThatThrownBy(() -> world.catalog(10, 24).all(every, EVERYBODY, 20, shown::add))
                .isInstanceOf(LongScans.TooLongException.class);
        assertThat(shown).hasSize(20);
    }

    @Test
    @DisplayName("two walks with a filter run at a time, and a third one is told to come back")
    void longScans() throws FilterException {
        Cache world = world(0);
        LongScans scans = new LongScans(1, Duration.ofMillis(20));
        SessionCatalog catalog = new VolatileSessions(world.streams(), world.seal(), scans);
        SessionQuery every = asks(session -> true, Optional.empty());
        LongScans.Permit other = scans.enter();
        assertThatThrownBy(() -> catalog.sessions(every, EVERYBODY)).isInstanceOf(LongScans.BusyException.class);
        assertThatThrownBy(() -> catalog.total(every, EVERYBODY)).isInstanceOf(LongScans.BusyException.class);
        other.close();
        assertThat(catalog.sessions(every, EVERYBODY)).isEqualTo(Page.empty());
    }

    @Test
    @DisplayName("an identity sums up all of its sessions, and shows the most recently active ones")
    void details() {
        Cache world = world(0);
        Instant start = Instant.ofEpochSecond(SampleSession.SECOND);
        int many = SessionCatalog.RECENT_SESSIONS + 5;
        for (int i = 0; i < many; i++) {
            world.add(SampleSession.of("s" + i)
                    .user("u1")
                    .lastActive(start.plusSeconds(i))
                    .lastSignIn(start.plusSeconds(100 - i))
                    .clients("c" + i)
                    .build());
        }
        Identity identity = world.catalog().identity(new UserId("u1")).orElseThrow();
        assertThat(identity.sessionsCount()).isEqualTo(many);
        assertThat(identity.firstStarted()).isEqualTo(start);
        assertThat(identity.lastActive()).isEqualTo(start.plusSeconds(many - 1));
        assertThat(identity.lastSignIn()).isEqualTo(start.plusSeconds(100));
        assertThat(identity.clients()).hasSize(SessionCatalog.RECENT_SESSIONS);
        assertThat(identity.latest().id().sid()).isEqualTo("s" + (many - 1));
    }
}
