package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.Identity;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentSessionsTest extends SessionCatalogContract {

    /** Databases compare texts in ways of their own; none of these is Java's but the last. */
    private static final List<Comparator<String>> COLLATIONS = List.of(
            String.CASE_INSENSITIVE_ORDER,
            Comparator.reverseOrder(),
            Comparator.comparing(text -> text.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT)),
            Comparator.naturalOrder());

    private static final UserId VISIBLE = new UserId("visible");

    record Table(FakeRows rows, Comparator<String> collation, FakeSeal seal) implements World {
        @Override
        public SessionCatalog catalog() {
            return new PersistentSessions(rows, CachedSessions.NONE, seal);
        }

        /** The same, with a bound that few rows reach. */
        SessionCatalog catalog(int maxScanned) {
            return new PersistentSessions(
                    rows, CachedSessions.NONE, new PageReader(seal, maxScanned), filtered(maxScanned));
        }

        /** As long a budget for a page with a filter. */
        private FilteredSessions filtered(int maxScanned) {
            return new FilteredSessions(
                    rows,
                    seal,
                    new LongScans(),
                    () -> Budget.of(Duration.ofMinutes(1), maxScanned),
                    () -> Budget.of(Duration.ofMinutes(1), Integer.MAX_VALUE));
        }

        @Override
        public String opened(String cursor) {
            return seal.open(cursor).orElse(cursor);
        }

        @Override
        public void add(Session session) {
            rows.add(session);
        }

        @Override
        public void remove(Session session) {
            rows.remove(session);
        }

        @Override
        public void link(UserId user, String identityProvider) {
            rows.link(user, identityProvider);
        }
    }

    @Override
    Table world(int seed) {
        return table(seed);
    }

    static Table table(int seed) {
        Comparator<String> collation = COLLATIONS.get(seed % COLLATIONS.size());
        return new Table(new FakeRows(collation), collation, new FakeSeal());
    }

    @ParameterizedTest
    @DisplayName("rows that turn out expired leave no gap: pages are full all the same")
    @ValueSource(ints = {1, 2, 3, 7})
    void expired(int limit) {
        for (int seed = 0; seed < 8; seed++) {
            Table world = world(seed);
            List<Session> sessions = fill(world, seed);
            Random random = new Random(seed);
            Set<SessionId> over = sessions.stream()
                    .map(Session::id)
                    .filter(id -> random.nextInt(3) > 0)
                    .collect(Collectors.toSet());
            over.forEach(world.rows()::expire);
            List<Session> walked = walk(world, limit, EVERYBODY, (before, page) -> {
                if (page.next().isPresent()) {
                    assertThat(page.items()).hasSize(limit);
                }
            });
            assertThat(ids(walked))
                    .isEqualTo(ids(inOrder(world, sessions)).stream()
                            .filter(id -> !over.contains(id))
                            .toList());
        }
    }

    @Test
    @DisplayName("a session whose row lingers after its end is found nowhere, but can still be swept out")
    void expiredSingle() {
        Table world = world(0);
        Session over = SampleSession.of("over").user("u1").build();
        world.add(over);
        world.rows().expire(over.id());
        assertThat(world.catalog().find("over", SessionKind.ONLINE)).isEmpty();
        assertThat(world.catalog().identity(over.userId())).isEmpty();
        assertThat(world.catalog().mostRecentlyActive(over.userId(), 5)).isEmpty();
        assertThat(world.catalog().identities(byId(Optional.empty(), 5), EVERYBODY))
                .isEqualTo(Page.empty());
        assertThat(world.catalog().refs(over.userId())).hasSize(1);
        assertThat(world.catalog().known("over")).hasSize(1);
    }

    @Test
    @DisplayName("a page costs a page: what is read does not grow with the depth or the size of the realm")
    void cost() {
        Table world = world(0);
        for (int i = 0; i < 5_000; i++) {
            world.add(session(i, "u" + i));
        }
        world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.empty(), 10), EVERYBODY);
        int first = world.rows().rowsRead();
        world.catalog()
                .sessions(
                        new SessionQuery(
                                Optional.empty(),
                                Optional.of(session(2_500, "u").id()),
                                10),
                        EVERYBODY);
        assertThat(first).isEqualTo(11);
        assertThat(world.rows().rowsRead() - first).isEqualTo(11);
    }

    @Test
    @DisplayName("when nothing visible is found within the bound, the page is empty and says where to go on")
    void nothingVisible() {
        Table world = world(0);
        for (int i = 1; i <= PageReader.MAX_SCANNED + PageReader.MAX_STEP; i++) {
            world.add(session(i, "hidden"));
        }
        world.add(session(0, VISIBLE.value()));
        Page<Session> first =
                world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.empty(), 10), VISIBLE::equals);
        assertThat(first.items()).isEmpty();
        assertThat(world.rows().rowsRead())
                .isBetween(PageReader.MAX_SCANNED, PageReader.MAX_SCANNED + PageReader.MAX_STEP);
        Optional<SessionId> stopped = SessionId.parse(world.opened(first.next().orElseThrow()));
        Page<Session> second =
                world.catalog().sessions(new SessionQuery(Optional.empty(), stopped, 10), VISIBLE::equals);
        assertThat(second.items()).extracting(Session::userId).containsExactly(VISIBLE);
        assertThat(second.next()).isEmpty();
    }

    @Test
    @DisplayName("when something visible is found within the bound, the page is short and says that there is more")
    void littleVisible() {
        Table world = world(0);
        int many = PageReader.MAX_SCANNED + PageReader.MAX_STEP;
        for (int i = 0; i < many; i++) {
            world.add(session(i, i == many - 100 ? VISIBLE.value() : "hidden"));
        }
        Page<Session> page =
                world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.empty(), 10), VISIBLE::equals);
        assertThat(page.items()).extracting(Session::userId).containsExactly(VISIBLE);
        assertThat(page.next()).isPresent();
    }

    @Test
    @DisplayName("hidden sessions up to the bound do not hide the visible one behind them")
    void justWithinTheBound() {
        Table world = world(0);
        for (int i = 1; i <= PageReader.MAX_SCANNED - PageReader.MAX_STEP; i++) {
            world.add(session(i, "hidden"));
        }
        world.add(session(0, VISIBLE.value()));
        Page<Session> page =
                world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.empty(), 10), VISIBLE::equals);
        assertThat(page.items()).extracting(Session::userId).containsExactly(VISIBLE);
        assertThat(page.next()).isEmpty();
    }

    @Test
    @DisplayName("a page of identities of which none is visible is bounded as well, and says where to go on")
    void identitiesBounded() {
        Table world = world(3);
        int many = PageReader.MAX_SCANNED + PageReader.MAX_STEP;
        for (int i = 1; i <= many; i++) {
            world.add(session(i, String.format("hidden-%05d", i)));
        }
        world.add(session(0, "a"));
        Page<Identity> first = world.catalog().identities(byId(Optional.empty(), 10), new UserId("a")::equals);
        assertThat(first.items()).isEmpty();
        assertThat(world.rows().rowsRead()).isLessThanOrEqualTo(many);
        Optional<UserId> stopped = UserId.parse(world.opened(first.next().orElseThrow()));
        Page<Identity> second = world.catalog().identities(byId(stopped, 10), new UserId("a")::equals);
        assertThat(second.items()).extracting(Identity::userId).containsExactly(new UserId("a"));
        assertThat(second.next()).isEmpty();
    }

    @Test
    @DisplayName("identities that turn out to have no live session leave no gap")
    void identitiesExpired() {
        Table world = world(3);
        for (int i = 0; i < 40; i++) {
            Session session = session(i, String.format("u%02d", i));
            world.add(session);
            if (i % 4 != 0) {
                world.rows().expire(session.id());
            }
        }
        Page<Identity> page = world.catalog().identities(byId(Optional.empty(), 3), EVERYBODY);
        assertThat(page.items())
                .extracting(identity -> identity.userId().value())
                .containsExactly("u36", "u32", "u28");
        assertThat(page.next()).isPresent();
        Page<Identity> last = world.catalog().identities(byId(Optional.of(new UserId("u12")), 3), EVERYBODY);
        assertThat(last.items())
                .extracting(identity -> identity.userId().value())
                .containsExactly("u08", "u04", "u00");
        assertThat(last.next()).isEmpty();
    }

    private static Session session(int i, String user) {
        return SampleSession.of(new SessionId(SampleSession.SECOND + i, SessionKind.ONLINE, RememberMe.NO, "s" + i))
                .user(user)
                .build();
    }
}
