package dev.identities.listing;

import static dev.identities.listing.ActivityContract.byActivity;
import static dev.identities.listing.SessionCatalogContract.byId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.listing.PersistentSessionsTest.Table;
import dev.identities.session.Identity;
import dev.identities.session.Person;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lists for callers who may see some of the people, by random grants, on pages that a few hidden rows bring to their bound:
 * what may be seen is listed once and in order, and no cursor names anybody or anything else.
 */
class HiddenRowsTest {

    private static final Optional<String> GOOGLE = Optional.of("google");
    private static final int SEEDS = 40;
    private static final int USERS = 30;
    private static final int SESSIONS = 150;

    /** Less than the hidden rows that stand side by side. */
    private static final int BOUND = 6;

    private static final int ENDLESS = 500;

    private final List<Session> sessions = new ArrayList<>();
    private Table world;
    private Set<UserId> visible;
    private boolean stopped;

    /** A world and grants of its own for each seed: from nobody to nearly everybody may be seen. */
    private void begin(int seed) {
        Random random = new Random(seed);
        world = PersistentSessionsTest.table(seed);
        visible = IntStream.range(0, USERS)
                .filter(i -> random.nextInt(6) < seed % 6)
                .mapToObj(HiddenRowsTest::user)
                .collect(Collectors.toSet());
        sessions.clear();
        for (int i = 0; i < SESSIONS; i++) {
            Branch branch = Branch.ALL.get(random.nextInt(Branch.ALL.size()));
            UserId user = user(i < USERS ? i : random.nextInt(USERS));
            SampleSession session = SampleSession.of(new SessionId(
                            SampleSession.SECOND + random.nextInt(3), branch.kind(), branch.rememberMe(), "sid" + i))
                    .user(user.value())
                    .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + random.nextInt(4)));
            sessions.add((random.nextBoolean() ? session.broker("google", "g") : session).build());
        }
        sessions.forEach(world::add);
    }

    private static UserId user(int number) {
        return new UserId(String.format("person-%02d", number));
    }

    @ParameterizedTest
    @DisplayName("sessions of the realm, and of each person")
    @ValueSource(ints = {1, 2, 5, 20})
    void sessions(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            begin(seed);
            List<Session> expected = SessionCatalogContract.inOrder(world, sessions).stream()
                    .filter(session -> visible.contains(session.userId()))
                    .toList();
            assertThat(walk(
                            from -> sessions(Optional.empty(), from, limit),
                            (session, cursor) -> cursor.equals(session.id().toString())))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            for (UserId user : visible) {
                assertThat(walk(
                                from -> sessions(Optional.of(user), from, limit),
                                (session, cursor) -> cursor.equals(session.id().toString())))
                        .isEqualTo(expected.stream()
                                .filter(session -> session.userId().equals(user))
                                .toList());
            }
        }
        assertThat(stopped).isTrue();
    }

    private Page<Session> sessions(Optional<UserId> user, Optional<String> from, int limit) {
        return world.catalog(BOUND)
                .sessions(
                        new SessionQuery(
                                user, from.map(id -> SessionId.parse(id).orElseThrow()), limit),
                        visible::contains);
    }

    @ParameterizedTest
    @DisplayName("people by id")
    @ValueSource(ints = {1, 2, 5, 20})
    void byUserId(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            begin(seed);
            List<UserId> walked = users(walk(
                    from -> world.catalog(BOUND)
                            .identities(byId(from.map(id -> UserId.parse(id).orElseThrow()), limit), visible::contains),
                    (identity, cursor) -> cursor.equals(identity.userId().toString())));
            assertThat(walked)
                    .as("seed %d", seed)
                    .isEqualTo(visible.stream()
                            .sorted(Comparator.comparing(UserId::value, world.collation())
                                    .reversed())
                            .toList());
        }
        assertThat(stopped).isTrue();
    }

    @ParameterizedTest
    @DisplayName("people by latest activity, also those of an identity provider")
    @ValueSource(ints = {1, 2, 5, 20})
    void byLatestActivity(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            begin(seed);
            Set<UserId> came = sessions.stream()
                    .filter(session -> session.cameThrough("google"))
                    .map(Session::userId)
                    .collect(Collectors.toSet());
            for (Optional<String> provider : List.of(Optional.<String>empty(), GOOGLE)) {
                List<UserId> walked = users(walk(
                        from -> world.catalog(BOUND)
                                .recentlyActive(
                                        byActivity(
                                                from.map(place -> ActivityCursor.parse(place)
                                                        .orElseThrow()),
                                                limit,
                                                provider),
                                        visible::contains),
                        (identity, cursor) -> identity.userId()
                                .equals(owner(ActivityCursor.parse(cursor).orElseThrow()))));
                assertThat(walked)
                        .as("seed %d", seed)
                        .isEqualTo(ActivityContract.inOrder(world, sessions).stream()
                                .filter(visible::contains)
                                .filter(user -> provider.isEmpty() || came.contains(user))
                                .toList());
            }
        }
        assertThat(stopped).isTrue();
    }

    private UserId owner(ActivityCursor cursor) {
        return sessions.stream()
                .filter(session -> session.id().sid().equals(cursor.sid()))
                .map(Session::userId)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @DisplayName("people found by a search, whose cursors are sealed without exception")
    @ValueSource(ints = {1, 2, 5, 20})
    void bySearch(int limit) {
        FakeDirectory directory = new FakeDirectory();
        for (int i = 0; i < USERS; i++) {
            directory.person(user(i).value(), new Person(String.format("jane%02d", i), "", "", true, Optional.empty()));
        }
        for (int seed = 0; seed < SEEDS; seed++) {
            begin(seed);
            IdentitySearch search = new IdentitySearch(directory, world.catalog(BOUND), world.seal());
            List<UserId> walked = users(walk(
                    from -> search.page(
                            new IdentityQuery<>(
                                    Optional.of("jane"),
                                    Optional.empty(),
                                    from.map(text -> OffsetCursor.parse(text).orElseThrow()),
                                    limit),
                            visible::contains),
                    (identity, cursor) -> false));
            assertThat(walked)
                    .as("seed %d", seed)
                    .isEqualTo(visible.stream()
                            .sorted(Comparator.comparing(UserId::value))
                            .toList());
        }
    }

    /**
     * Walks by the cursors as texts, as clients do.
     *
     * @param list a page of the list from an open cursor on
     * @param names whether a cursor names the place of that item and nothing else
     */
    private <T> List<T> walk(Function<Optional<String>, Page<T>> list, BiPredicate<T, String> names) {
        List<T> walked = new ArrayList<>();
        Optional<String> from = Optional.empty();
        int pages = 0;
        do {
            Page<T> page = list.apply(from);
            walked.addAll(page.items());
            page.next().ifPresent(cursor -> {
                if (cursor.startsWith("pos_")) {
                    stopped = true;
                } else {
                    assertThat(page.items()).as(cursor).isNotEmpty();
                    assertThat(names.test(page.items().get(page.items().size() - 1), cursor))
                            .as(cursor)
                            .isTrue();
                }
            });
            from = page.next().map(world::opened);
            assertThat(++pages).isLessThan(ENDLESS);
        } while (from.isPresent());
        return walked;
    }

    private static List<UserId> users(List<Identity> identities) {
        return identities.stream().map(Identity::userId).toList();
    }
}
