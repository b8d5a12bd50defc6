package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.listing.PersistentSessionsTest.Table;
import dev.identities.session.Identity;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentActivityTest extends ActivityContract {

    private static final UserId VISIBLE = new UserId("visible");
    private static final int BEYOND = PageReader.MAX_SCANNED + PageReader.MAX_STEP;

    @Override
    Table world(int seed) {
        return PersistentSessionsTest.table(seed);
    }

    @ParameterizedTest
    @DisplayName("rows that are over neither hide a user with a live session nor show one without")
    @ValueSource(ints = {1, 3, 7, 100})
    void deadRows(int limit) {
        for (int seed = 0; seed < 8; seed++) {
            Table world = world(seed);
            Random random = new Random(seed);
            List<Session> sessions = fill(world, seed);
            Set<SessionId> over = sessions.stream()
                    .map(Session::id)
                    .filter(id -> random.nextInt(3) > 0)
                    .collect(Collectors.toSet());
            over.forEach(world.rows()::expire);
            Set<UserId> live = sessions.stream()
                    .filter(session -> !over.contains(session.id()))
                    .map(Session::userId)
                    .collect(Collectors.toSet());
            List<Identity> walked = walk(world, limit, ANY, EVERYBODY, page -> {
                if (page.next().isPresent()) {
                    assertThat(page.items()).hasSize(limit);
                }
            });
            assertThat(users(walked))
                    .as("seed %d", seed)
                    .isEqualTo(inOrder(world, sessions).stream()
                            .filter(live::contains)
                            .toList());
        }
    }

    @Test
    @DisplayName("when nobody is found within the bound, the page is empty and says where to go on")
    void bounded() {
        Table world = world(0);
        for (int i = 1; i <= BEYOND; i++) {
            world.add(session(i, "hidden-" + i));
        }
        world.add(session(0, VISIBLE.value()));
        Page<Identity> first = world.catalog().recentlyActive(byActivity(Optional.empty(), 10, ANY), VISIBLE::equals);
        assertThat(first.items()).isEmpty();
        assertThat(world.rows().rowsRead())
                .isBetween(PageReader.MAX_SCANNED, PageReader.MAX_SCANNED + PageReader.MAX_STEP);
        Page<Identity> second = world.catalog()
                .recentlyActive(
                        byActivity(
                                ActivityCursor.parse(world.opened(first.next().orElseThrow())), 10, ANY),
                        VISIBLE::equals);
        assertThat(users(second.items())).containsExactly(VISIBLE);
        assertThat(second.next()).isEmpty();
    }

    @Test
    @DisplayName("when few are found within the bound, the page is short and says where to go on")
    void shortPage() {
        Table world = world(0);
        for (int i = 0; i < BEYOND; i++) {
            world.add(session(i, i == BEYOND - 100 ? VISIBLE.value() : "hidden-" + i));
        }
        Page<Identity> page = world.catalog().recentlyActive(byActivity(Optional.empty(), 10, ANY), VISIBLE::equals);
        assertThat(users(page.items())).containsExactly(VISIBLE);
        assertThat(page.next()).isPresent();
        assertThat(users(walk(world, 10, ANY, VISIBLE::equals, between -> {}))).containsExactly(VISIBLE);
    }

    @Test
    @DisplayName(
            "where few of those who could have come through an identity provider did, the search is bounded as well")
    void boundedByProvider() {
        Table world = world(0);
        int many = RecentlyActive.MAX_READ + 50;
        for (int i = 1; i <= many; i++) {
            Session local = session(i, "local-" + i);
            world.add(local);
            world.link(local.userId(), "google");
        }
        world.add(SampleSession.of("s0").user("u0").broker("google", "1").build());
        Page<Identity> page =
                world.catalog().recentlyActive(byActivity(Optional.empty(), 10, Optional.of("google")), EVERYBODY);
        assertThat(page.items()).isEmpty();
        assertThat(page.next()).isPresent();
        assertThat(users(walk(world, 10, Optional.of("google"), EVERYBODY, between -> {})))
                .containsExactly(new UserId("u0"));
    }

    @Test
    @DisplayName("a search by identity provider reads only users who could have come through it")
    void onlyLinked() {
        Table world = world(0);
        for (int i = 1; i <= 5_000; i++) {
            world.add(session(i, "local-" + i));
        }
        world.add(SampleSession.of("s0").user("u0").broker("google", "1").build());
        Page<Identity> page =
                world.catalog().recentlyActive(byActivity(Optional.empty(), 10, Optional.of("google")), EVERYBODY);
        assertThat(users(page.items())).containsExactly(new UserId("u0"));
        assertThat(page.next()).isEmpty();
        assertThat(world.rows().rowsRead()).isOne();
    }

    @Test
    @DisplayName("a page costs a page: what is read does not grow with the depth or the size of the realm")
    void cost() {
        Table world = world(0);
        for (int i = 0; i < 5_000; i++) {
            world.add(session(i, "u" + i));
        }
        world.catalog().recentlyActive(byActivity(Optional.empty(), 10, ANY), EVERYBODY);
        int first = world.rows().rowsRead();
        ActivityCursor deep = ActivityCursor.parse(String.format("act_%08xfs2500", SampleSession.SECOND + 2_500))
                .orElseThrow();
        Page<Identity> page = world.catalog().recentlyActive(byActivity(Optional.of(deep), 10, ANY), EVERYBODY);
        assertThat(users(page.items()).get(0).value()).isEqualTo("u2499");
        assertThat(first).isEqualTo(11);
        assertThat(world.rows().rowsRead() - first).isEqualTo(11);
    }

    @ParameterizedTest
    @DisplayName(
            "an account with eight times the sessions costs the list eight times as much at most, also by provider")
    @ValueSource(strings = {"", "google"})
    void oneAccountWithManySessions(String alias) {
        Optional<String> provider = Optional.of(alias).filter(text -> !text.isEmpty());
        int few = costOfWalk(1_000, provider);
        assertThat(costOfWalk(8_000, provider)).isLessThanOrEqualTo(8 * few);
    }

    private int costOfWalk(int sessions, Optional<String> provider) {
        Table world = busy(sessions);
        assertThat(walk(world, 10, provider, EVERYBODY, between -> {})).hasSize(16);
        return world.rows().rowsRead() + world.rows().rowsOfUsersRead();
    }

    @ParameterizedTest
    @DisplayName(
            "a page is bounded whatever one account has: no user's rows are gone through more than once to place them")
    @ValueSource(strings = {"", "google"})
    void pageOfOneAccount(String alias) {
        Optional<String> provider = Optional.of(alias).filter(text -> !text.isEmpty());
        Table world = busy(BEYOND);
        Page<Identity> first = world.catalog().recentlyActive(byActivity(Optional.empty(), 10, provider), EVERYBODY);
        assertThat(users(first.items())).containsExactly(new UserId("busy"));
        assertThat(world.rows().rowsRead()).isLessThanOrEqualTo(PageReader.MAX_SCANNED + PageReader.MAX_STEP);
        assertThat(world.rows().timesPlaced(new UserId("busy"))).isOne();
    }

    /** One account with all these sessions, used last, and fifteen others. All came through the same provider. */
    private Table busy(int sessions) {
        Table world = world(0);
        for (int i = 0; i < sessions + 15; i++) {
            String user = i < 15 ? "u" + i : "busy";
            world.add(SampleSession.of(session(i, user).id())
                    .user(user)
                    .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + i))
                    .broker("google", user)
                    .build());
        }
        return world;
    }

    /** Later numbers are more recently active. */
    private static Session session(int i, String user) {
        return SampleSession.of(new SessionId(SampleSession.SECOND, SessionKind.ONLINE, RememberMe.NO, "s" + i))
                .user(user)
                .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + i))
                .build();
    }
}
