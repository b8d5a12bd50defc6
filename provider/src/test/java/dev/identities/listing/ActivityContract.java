package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.listing.SessionCatalogContract.World;
import dev.identities.session.Identity;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identities by latest activity, as every catalog lists them. */
abstract class ActivityContract {

    static final Predicate<UserId> EVERYBODY = user -> true;
    static final Optional<String> ANY = Optional.empty();

    private static final Optional<String> GOOGLE = Optional.of("google");
    private static final int USERS = 25;
    private static final int SESSIONS = 80;
    private static final int SEEDS = 8;
    private static final int ENDLESS = 1_000;

    abstract World world(int seed);

    @ParameterizedTest
    @DisplayName("page by page, everybody is listed once, by their latest activity, and only the last page says so")
    @ValueSource(ints = {1, 2, 3, 7, 24, 25, 26})
    void fullWalk(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = world(seed);
            List<UserId> expected = inOrder(world, fill(world, seed));
            List<Identity> walked = walk(world, limit, ANY, EVERYBODY, page -> {
                if (page.next().isPresent()) {
                    assertThat(page.items()).hasSize(limit);
                }
            });
            assertThat(users(walked)).as("seed %d", seed).isEqualTo(expected);
            assertThat(walked)
                    .extracting(Identity::lastActive)
                    .isSortedAccordingTo(Comparator.reverseOrder())
                    .isEqualTo(walked.stream()
                            .map(identity -> identity.latest().lastActive())
                            .toList());
        }
    }

    @ParameterizedTest
    @DisplayName("a user with unchanged activity is listed once, while others sign in, return and leave")
    @ValueSource(ints = {1, 2, 3, 7})
    void comingAndGoing(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = world(seed);
            Random random = new Random(seed);
            List<Session> sessions = fill(world, seed);
            Set<UserId> changed = new HashSet<>();
            Set<UserId> listed = new HashSet<>();
            Set<UserId> movedUp = new HashSet<>();
            List<Identity> walked = walk(world, limit, ANY, EVERYBODY, page -> {
                assertThat(movedUp).doesNotContainAnyElementsOf(users(page.items()));
                listed.addAll(users(page.items()));
                UserId active = sessions.get(random.nextInt(SESSIONS)).userId();
                world.add(session(random, SampleSession.SECOND + 500, active, "back" + changed.size()));
                changed.add(active);
                if (!listed.contains(active)) {
                    movedUp.add(active);
                }
                Session gone = random.nextBoolean()
                        ? page.items().get(page.items().size() - 1).latest()
                        : sessions.get(random.nextInt(SESSIONS));
                world.remove(gone);
                changed.add(gone.userId());
            });
            List<UserId> unchanged = inOrder(world, sessions).stream()
                    .filter(user -> !changed.contains(user))
                    .toList();
            assertThat(users(walked).stream().filter(user -> !changed.contains(user)))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(unchanged);
        }
    }

    @ParameterizedTest
    @DisplayName("users whom the caller may not see are passed over, and pages are still full")
    @ValueSource(ints = {1, 2, 5})
    void hidden(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = world(seed);
            Predicate<UserId> visible = user -> user.value().hashCode() % 3 == 0;
            List<UserId> expected =
                    inOrder(world, fill(world, seed)).stream().filter(visible).toList();
            assertThat(expected).isNotEmpty().hasSizeLessThan(USERS);
            List<Identity> walked = walk(world, limit, ANY, visible, page -> {
                if (page.next().isPresent()) {
                    assertThat(page.items()).hasSize(limit);
                }
            });
            assertThat(users(walked)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @DisplayName("by identity provider: exactly the people with a session that came through it")
    @ValueSource(ints = {1, 3, 100})
    void identityProvider(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = world(seed);
            List<Session> sessions = fill(world, seed);
            sessions.forEach(session -> world.link(session.userId(), "google"));
            Set<UserId> came = sessions.stream()
                    .filter(session -> session.cameThrough("google"))
                    .map(Session::userId)
                    .collect(Collectors.toSet());
            assertThat(came).isNotEmpty().hasSizeLessThan(USERS);
            assertThat(users(walk(world, limit, GOOGLE, EVERYBODY, page -> {})))
                    .as("seed %d", seed)
                    .isEqualTo(inOrder(world, sessions).stream()
                            .filter(came::contains)
                            .toList());
        }
    }

    @Test
    @DisplayName("a user who now has only sessions by password is not found by their identity provider")
    void onlyLocalNow() {
        World world = world(0);
        Session through =
                SampleSession.of("s1").user("u1").broker("google", "1").build();
        world.add(through);
        world.add(SampleSession.of("s2").user("u1").build());
        world.link(through.userId(), "google");
        assertThat(users(page(world, GOOGLE).items())).containsExactly(through.userId());
        world.remove(through);
        assertThat(page(world, GOOGLE)).isEqualTo(Page.empty());
        assertThat(page(world, ANY).items()).hasSize(1);
        assertThat(page(world, Optional.of("none"))).isEqualTo(Page.empty());
    }

    @Test
    @DisplayName("of one second, people stand as the sessions by which they are there: branch by branch, then by id")
    void ties() {
        World world = world(0);
        List<Session> sessions = new ArrayList<>();
        for (Branch branch : Branch.ALL) {
            for (String sid : List.of("m", "z", "a")) {
                sessions.add(
                        SampleSession.of(new SessionId(SampleSession.SECOND, branch.kind(), branch.rememberMe(), sid))
                                .user("u" + sessions.size())
                                .build());
            }
        }
        sessions.forEach(world::add);
        List<UserId> expected = inOrder(world, sessions);
        assertThat(users(page(world, ANY).items())).isEqualTo(expected);
        assertThat(users(walk(world, 1, ANY, EVERYBODY, page -> {}))).isEqualTo(expected);
    }

    @Test
    @DisplayName("nobody there, or nobody behind the place: an empty page and no next; nobody is before the future")
    void ends() {
        World world = world(0);
        assertThat(page(world, ANY)).isEqualTo(Page.empty());
        List<UserId> everybody = inOrder(world, fill(world, 0));
        assertThat(behind(world, "act_00000000az")).isEmpty();
        assertThat(behind(world, "act_ffffffffaz")).isEqualTo(everybody);
    }

    private static List<UserId> behind(World world, String cursor) {
        Page<Identity> page =
                world.catalog().recentlyActive(byActivity(ActivityCursor.parse(cursor), 100, ANY), EVERYBODY);
        assertThat(page.next()).isEmpty();
        return users(page.items());
    }

    /** Sessions of few seconds, all branches, several per user, online and offline ones of the same id among them. */
    static List<Session> fill(World world, int seed) {
        Random random = new Random(seed);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            UserId user = new UserId("user-" + (i < USERS ? i : random.nextInt(USERS)));
            sessions.add(session(random, SampleSession.SECOND + 100 + random.nextInt(4), user, String.valueOf(i)));
        }
        sessions.forEach(world::add);
        return sessions;
    }

    private static Session session(Random random, long lastActive, UserId user, String unique) {
        Branch branch = Branch.ALL.get(random.nextInt(Branch.ALL.size()));
        String sid = "AbCd-_".charAt(random.nextInt(6)) + unique;
        SampleSession session = SampleSession.of(new SessionId(
                        SampleSession.SECOND + random.nextInt(3), branch.kind(), branch.rememberMe(), sid))
                .user(user.value())
                .lastActive(Instant.ofEpochSecond(lastActive));
        return (random.nextInt(5) == 0 ? session.broker("google", "g" + user) : session).build();
    }

    /** Each user at the first of their sessions, and those by second, branch and id. */
    static List<UserId> inOrder(World world, List<Session> sessions) {
        Comparator<Session> firstOfUser = Comparator.comparing(Session::lastActive)
                .thenComparing(session -> session.id().createdOn())
                .thenComparing(session -> session.id().sid(), world.collation())
                .reversed()
                .thenComparing(session -> session.id().kind());
        Collection<Session> standing = sessions.stream()
                .collect(Collectors.toMap(Session::userId, session -> session, BinaryOperator.minBy(firstOfUser)))
                .values();
        return standing.stream()
                .sorted(Comparator.<Session>comparingLong(
                                session -> -session.lastActive().getEpochSecond())
                        .thenComparing(session -> Branch.of(session.id()).position())
                        .thenComparing(
                                session -> session.id().sid(), world.collation().reversed()))
                .map(Session::userId)
                .toList();
    }

    /** Walks by the cursors as texts, as clients do. */
    static List<Identity> walk(
            World world,
            int limit,
            Optional<String> identityProvider,
            Predicate<UserId> visible,
            Consumer<Page<Identity>> betweenPages) {
        List<Identity> walked = new ArrayList<>();
        Optional<ActivityCursor> before = Optional.empty();
        Page<Identity> page;
        do {
            page = world.catalog().recentlyActive(byActivity(before, limit, identityProvider), visible);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            walked.addAll(page.items());
            assertThat(walked).hasSizeLessThan(ENDLESS);
            before = page.next()
                    .map(next -> ActivityCursor.parse(world.opened(next)).orElseThrow());
            if (!page.items().isEmpty()) {
                betweenPages.accept(page);
            }
        } while (before.isPresent());
        return walked;
    }

    static IdentityQuery<ActivityCursor> byActivity(
            Optional<ActivityCursor> from, int limit, Optional<String> identityProvider) {
        return new IdentityQuery<>(Optional.empty(), identityProvider, from, limit);
    }

    static List<UserId> users(List<Identity> identities) {
        return identities.stream().map(Identity::userId).toList();
    }

    private static Page<Identity> page(World world, Optional<String> identityProvider) {
        return world.catalog().recentlyActive(byActivity(Optional.empty(), 100, identityProvider), EVERYBODY);
    }
}
