package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.Identity;
import dev.identities.session.KnownSession;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.SignIn;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every catalog of sessions. */
abstract class SessionCatalogContract {

    static final Predicate<UserId> EVERYBODY = user -> true;

    /** Few, so that pages of several sizes end inside a second, at its end and between branches. */
    private static final int SESSIONS = 60;

    private static final int SEEDS = 8;

    /** A walk that is longer goes round in circles. */
    private static final int ENDLESS = 1_000;

    private static final int USERS = 7;

    /** A catalog and a way to change what is in it. */
    interface World {
        SessionCatalog catalog();

        void add(Session session);

        void remove(Session session);

        /** Links the account to an identity provider, where that is something else than having come through it. */
        default void link(UserId user, String identityProvider) {}

        /** A cursor without its seal, if it has one. */
        default String opened(String cursor) {
            return cursor;
        }

        /** How ids are compared in this world. */
        Comparator<String> collation();
    }

    /** A new, empty world; the seed chooses among the kinds of worlds that there are. */
    abstract World world(int seed);

    @ParameterizedTest
    @DisplayName("page by page, every session is listed once and in order, and only the last page says so")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void fullWalk(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = world(seed);
            List<Session> sessions = fill(world, seed);
            List<Session> walked = walk(world, limit, EVERYBODY, (before, page) -> {});
            assertThat(ids(walked)).as("seed %d", seed).isEqualTo(ids(inOrder(world, sessions)));
        }
    }

    @ParameterizedTest
    @DisplayName("a walk is right while others come and go, and while the very session it stands on is revoked")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void comingAndGoing(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = world(seed);
            Random random = new Random(seed);
            List<Session> here = fill(world, seed);
            List<Session> atFirst = List.copyOf(here);
            Set<SessionId> removed = new HashSet<>();
            List<Session> walked = walk(world, limit, EVERYBODY, (before, page) -> {
                Session newer = session(random, SampleSession.SECOND + 100 + random.nextInt(3), "new");
                world.add(newer);
                Session cursor = page.items().get(page.items().size() - 1);
                Session any = here.get(random.nextInt(here.size()));
                for (Session gone : random.nextBoolean() ? List.of(any, cursor) : List.of(any)) {
                    world.remove(gone);
                    removed.add(gone.id());
                }
            });
            List<SessionId> expected = inOrder(world, atFirst).stream()
                    .map(Session::id)
                    .filter(id -> !removed.contains(id) || ids(walked).contains(id))
                    .toList();
            assertThat(ids(walked)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @DisplayName("hidden sessions leave no gap: pages are still full")
    @ValueSource(ints = {1, 2, 5})
    void hidden(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = world(seed);
            Predicate<UserId> visible = user -> user.value().hashCode() % 3 == 0;
            List<Session> expected = inOrder(world, fill(world, seed)).stream()
                    .filter(session -> visible.test(session.userId()))
                    .toList();
            assertThat(expected).isNotEmpty().hasSizeLessThan(SESSIONS);
            List<Session> walked = walk(world, limit, visible, (before, page) -> {
                if (page.next().isPresent()) {
                    assertThat(page.items()).hasSize(limit);
                }
            });
            assertThat(ids(walked)).as("seed %d", seed).isEqualTo(ids(expected));
        }
    }

    @Test
    @DisplayName("of one second, branches come in their order; of one branch, ids fall")
    void withinASecond() {
        World world = world(0);
        List<Session> sessions = Branch.ALL.stream()
                .flatMap(branch -> Stream.of("m", "z", "a")
                        .map(sid -> new SessionId(SampleSession.SECOND, branch.kind(), branch.rememberMe(), sid)))
                .map(id -> SampleSession.of(id).build())
                .toList();
        sessions.forEach(world::add);
        List<Session> page = world.catalog()
                .sessions(new SessionQuery(Optional.empty(), Optional.empty(), 100), EVERYBODY)
                .items();
        assertThat(page)
                .extracting(session -> Branch.of(session.id()).position())
                .isSorted();
        assertThat(ids(page)).isEqualTo(ids(inOrder(world, sessions)));
    }

    @Test
    @DisplayName("a page that holds all there is says that it is the last, one short of it does not")
    void exactLimit() {
        World world = world(0);
        fill(world, 0);
        assertThat(page(world, SESSIONS).items()).hasSize(SESSIONS);
        assertThat(page(world, SESSIONS).next()).isEmpty();
        assertThat(page(world, SESSIONS + 1).next()).isEmpty();
        assertThat(page(world, SESSIONS - 1).items()).hasSize(SESSIONS - 1);
        assertThat(page(world, SESSIONS - 1).next()).isPresent();
    }

    @Test
    @DisplayName("nothing there, or nothing behind the id: an empty page and no more")
    void empty() {
        World world = world(0);
        Page<Session> nothing = Page.empty();
        assertThat(page(world, 10)).isEqualTo(nothing);
        fill(world, 0);
        SessionId oldest = SessionId.parse("ses_00000000fx").orElseThrow();
        assertThat(world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.of(oldest), 10), EVERYBODY))
                .isEqualTo(nothing);
        assertThat(world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.empty(), 10), user -> false))
                .isEqualTo(nothing);
    }

    @Test
    @DisplayName("an id from the future is before everything")
    void future() {
        World world = world(0);
        fill(world, 0);
        SessionId future = SessionId.parse("ses_fffffffffzzz").orElseThrow();
        assertThat(world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.of(future), 10), EVERYBODY))
                .isEqualTo(page(world, 10));
    }

    @ParameterizedTest
    @DisplayName("the sessions of one user are listed like those of the realm")
    @ValueSource(ints = {1, 2, 3})
    void ofOneUser(int limit) {
        World world = world(0);
        List<Session> sessions = fill(world, 0);
        UserId user = sessions.get(0).userId();
        List<Session> walked = new ArrayList<>();
        Optional<SessionId> before = Optional.empty();
        Page<Session> page;
        do {
            page = world.catalog().sessions(new SessionQuery(Optional.of(user), before, limit), EVERYBODY);
            walked.addAll(page.items());
            assertThat(walked).isNotEmpty().hasSizeLessThan(ENDLESS);
            before = Optional.of(walked.get(walked.size() - 1).id());
        } while (page.next().isPresent());
        List<Session> expected = inOrder(world, sessions).stream()
                .filter(session -> session.userId().equals(user))
                .toList();
        assertThat(ids(walked)).isEqualTo(ids(expected));
    }

    @ParameterizedTest
    @DisplayName("page by page, every visible identity is listed once, by falling user id")
    @ValueSource(ints = {1, 2, 3, 4, 7, 8})
    void identities(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = world(seed);
            List<UserId> users = fill(world, seed).stream()
                    .map(Session::userId)
                    .distinct()
                    .sorted(Comparator.comparing(UserId::value, world.collation())
                            .reversed())
                    .toList();
            for (Predicate<UserId> visible :
                    List.of(EVERYBODY, (Predicate<UserId>) user -> !user.equals(users.get(2)))) {
                List<UserId> walked = new ArrayList<>();
                Page<Identity> page;
                Optional<UserId> before = Optional.empty();
                do {
                    page = world.catalog().identities(byId(before, limit), visible);
                    assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
                    page.items().forEach(identity -> walked.add(identity.userId()));
                    assertThat(walked).hasSizeLessThan(ENDLESS);
                    before = Optional.of(walked.get(walked.size() - 1));
                } while (page.next().isPresent());
                assertThat(walked)
                        .as("seed %d", seed)
                        .isEqualTo(users.stream().filter(visible).toList());
            }
        }
    }

    @Test
    @DisplayName("identities go on after one whose last session ended, and end where there are none")
    void identitiesGone() {
        World world = world(0);
        Session high = SampleSession.of("s1").user("ccc").build();
        Session middle = SampleSession.of("s2").user("bbb").build();
        Session low = SampleSession.of("s3").user("aaa").build();
        List.of(high, middle, low).forEach(world::add);
        Page<Identity> first = world.catalog().identities(byId(Optional.empty(), 2), EVERYBODY);
        List<UserId> inOrder = first.items().stream().map(Identity::userId).toList();
        assertThat(inOrder).hasSize(2);
        assertThat(first.next()).isPresent();
        world.remove(middle);
        Page<Identity> rest = world.catalog().identities(byId(Optional.of(inOrder.get(1)), 2), EVERYBODY);
        assertThat(rest.items()).hasSize(1).doesNotContainAnyElementsOf(first.items());
        assertThat(rest.next()).isEmpty();
        UserId last = rest.items().get(0).userId();
        assertThat(world.catalog().identities(byId(Optional.of(last), 2), EVERYBODY))
                .isEqualTo(Page.empty());
    }

    @Test
    @DisplayName("an identity is there as long as one session is")
    void identity() {
        World world = world(0);
        Session session = SampleSession.of("s1").user("u1").build();
        world.add(session);
        assertThat(world.catalog().identity(new UserId("u1")))
                .get()
                .extracting(Identity::userId, Identity::sessionsCount, Identity::latest)
                .containsExactly(new UserId("u1"), 1L, session);
        world.remove(session);
        assertThat(world.catalog().identity(new UserId("u1"))).isEmpty();
    }

    @Test
    @DisplayName("of some users the identities that are there, in the order asked for")
    void identitiesOfSome() {
        World world = world(0);
        for (String user : List.of("u1", "u2", "u3")) {
            world.add(SampleSession.of("s-" + user).user(user).build());
        }
        List<UserId> users = List.of(new UserId("u3"), new UserId("nobody"), new UserId("u1"), new UserId("u2"));
        assertThat(world.catalog().identities(users))
                .extracting(identity -> identity.userId().value())
                .containsExactly("u3", "u1", "u2");
        assertThat(world.catalog().identities(List.of())).isEmpty();
    }

    @Test
    @DisplayName("a user's sessions come most recently active first, and no more than asked for")
    void mostRecentlyActive() {
        World world = world(0);
        Instant start = Instant.ofEpochSecond(SampleSession.SECOND);
        for (int i : new int[] {3, 1, 4, 2, 5}) {
            world.add(SampleSession.of("s" + i)
                    .user("u1")
                    .lastActive(start.plusSeconds(i))
                    .build());
        }
        world.add(SampleSession.of("other")
                .user("u2")
                .lastActive(start.plusSeconds(9))
                .build());
        assertThat(world.catalog().mostRecentlyActive(new UserId("u1"), 3))
                .extracting(session -> session.id().sid())
                .containsExactly("s5", "s4", "s3");
        assertThat(world.catalog().mostRecentlyActive(new UserId("u1"), 9)).hasSize(5);
        assertThat(world.catalog().mostRecentlyActive(new UserId("nobody"), 9)).isEmpty();
    }

    @Test
    @DisplayName("the sign-ins of several users: of each those of the most recently active sessions, and no more")
    void signIns() {
        World world = world(0);
        Instant start = Instant.ofEpochSecond(SampleSession.SECOND);
        for (int i : new int[] {3, 1, 4, 2}) {
            world.add(SampleSession.of("s" + i)
                    .user("u1")
                    .lastActive(start.plusSeconds(i))
                    .build());
        }
        world.add(SampleSession.of("other").user("u2").ipAddress("203.0.113.9").build());
        world.add(SampleSession.of("hers").user("u3").build());
        List<SignIn> found =
                world.catalog().signIns(List.of(new UserId("u1"), new UserId("u2"), new UserId("nobody")), 2);
        assertThat(found)
                .filteredOn(signIn -> signIn.userId().value().equals("u1"))
                .extracting(signIn -> signIn.id().sid())
                .containsExactly("s4", "s3");
        assertThat(found)
                .filteredOn(signIn -> !signIn.userId().value().equals("u1"))
                .singleElement()
                .isEqualTo(SampleSession.of("other")
                        .user("u2")
                        .ipAddress("203.0.113.9")
                        .build()
                        .signIn());
        assertThat(world.catalog().signIns(List.of(), 2)).isEmpty();
    }

    @Test
    @DisplayName("one Keycloak id may be online and offline at once: found by its kind, ended by either")
    void twins() {
        World world = world(0);
        SessionId online = SessionId.parse("ses_696adf8bftwin").orElseThrow();
        SessionId offline = SessionId.parse("ses_696adf8cctwin").orElseThrow();
        world.add(SampleSession.of(online).user("u1").build());
        world.add(SampleSession.of(offline).user("u1").build());
        world.add(SampleSession.of("other").user("u1").build());
        SessionCatalog catalog = world.catalog();
        assertThat(catalog.find("twin", SessionKind.ONLINE))
                .get()
                .extracting(Session::id)
                .isEqualTo(online);
        assertThat(catalog.find("twin", SessionKind.OFFLINE))
                .get()
                .extracting(Session::id)
                .isEqualTo(offline);
        assertThat(catalog.find("other", SessionKind.OFFLINE)).isEmpty();
        assertThat(catalog.find("none", SessionKind.ONLINE)).isEmpty();
        UserId user = new UserId("u1");
        SessionRef[] twins = {
            new SessionRef("twin", SessionKind.ONLINE, user), new SessionRef("twin", SessionKind.OFFLINE, user)
        };
        assertThat(catalog.known("twin")).extracting(KnownSession::ref).containsExactly(twins);
        assertThat(catalog.known("none")).isEmpty();
        assertThat(catalog.refs(user)).hasSize(3).contains(twins);
        assertThat(catalog.refs(new UserId("u2"))).isEmpty();
    }

    /** Sessions of few seconds, all branches, some users; ids differ also when case is ignored. */
    static List<Session> fill(World world, int seed) {
        Random random = new Random(seed);
        List<Session> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(session(random, SampleSession.SECOND + random.nextInt(4), String.format("%02d", i)));
        }
        sessions.forEach(world::add);
        return sessions;
    }

    private static Session session(Random random, long second, String unique) {
        Branch branch = Branch.ALL.get(random.nextInt(Branch.ALL.size()));
        String alphabet = "AbCdEfaBcDeF09-_zZ";
        String sid = random.ints(6, 0, alphabet.length())
                        .mapToObj(i -> alphabet.substring(i, i + 1))
                        .reduce("", String::concat)
                + unique
                + Integer.toHexString(random.nextInt(1 << 20));
        String user = Stream.of("ab", "Ac", "ad", "Ae", "f:x:Ja", "f:x:jb", "0")
                .skip(random.nextInt(USERS))
                .findFirst()
                .orElseThrow();
        return SampleSession.of(new SessionId(second, branch.kind(), branch.rememberMe(), sid))
                .user(user)
                .build();
    }

    static List<Session> inOrder(World world, List<Session> sessions) {
        return sessions.stream()
                .sorted(Comparator.<Session>comparingLong(
                                session -> -session.id().createdOn())
                        .thenComparingInt(session -> Branch.of(session.id()).position())
                        .thenComparing(
                                session -> session.id().sid(), world.collation().reversed()))
                .toList();
    }

    /** Walks by the ids as texts, as clients do. */
    static List<Session> walk(
            World world,
            int limit,
            Predicate<UserId> visible,
            BiConsumer<Optional<SessionId>, Page<Session>> betweenPages) {
        List<Session> walked = new ArrayList<>();
        Optional<SessionId> before = Optional.empty();
        Page<Session> page;
        do {
            page = world.catalog().sessions(new SessionQuery(Optional.empty(), before, limit), visible);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            if (page.items().isEmpty()) {
                assertThat(page.next()).isEmpty();
                break;
            }
            walked.addAll(page.items());
            assertThat(walked).hasSizeLessThan(ENDLESS);
            before = SessionId.parse(walked.get(walked.size() - 1).id().toString());
            betweenPages.accept(before, page);
        } while (page.next().isPresent());
        return walked;
    }

    static IdentityQuery<UserId> byId(Optional<UserId> from, int limit) {
        return new IdentityQuery<>(Optional.empty(), Optional.empty(), from, limit);
    }

    static List<SessionId> ids(List<Session> sessions) {
        return sessions.stream().map(Session::id).toList();
    }

    private static Page<Session> page(World world, int limit) {
        return world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.empty(), limit), EVERYBODY);
    }
}
