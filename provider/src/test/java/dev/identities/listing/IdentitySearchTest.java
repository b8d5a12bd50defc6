package dev.identities.listing;

import static dev.identities.listing.ActivityContract.ANY;
import static dev.identities.listing.ActivityContract.EVERYBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.Identity;
import dev.identities.session.Person;
import dev.identities.session.SampleSession;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitySearchTest {

    private static final String UUID = "0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e";

    private final FakeDirectory directory = new FakeDirectory();
    private final FakeStreams streams = new FakeStreams();
    private final FakeSeal seal = new FakeSeal();
    private final IdentitySearch search = new IdentitySearch(directory, streams.catalog(), seal);

    @ParameterizedTest
    @DisplayName("page by page, every signed-in user who matches is found once, by username")
    @ValueSource(ints = {1, 2, 7, 59, 60, 61, 100})
    void walk(int limit) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            person("id-" + i, String.format("jane%03d", i));
            if (i % 2 == 0) {
                signIn("id-" + i);
                expected.add("id-" + i);
            }
        }
        signInAs("id-other", "john");
        assertThat(walk("jane", limit, EVERYBODY)).isEqualTo(expected);
    }

    @Test
    @DisplayName("the last page says so, also when it is full")
    void last() {
        signInAs("id-1", "jane1");
        signInAs("id-2", "jane2");
        assertThat(page("jane", 2).items()).hasSize(2);
        assertThat(page("jane", 2).next()).isEmpty();
        assertThat(page("jane", 1).next().flatMap(seal::open)).contains("off_2");
        assertThat(page("nobody", 10)).isEqualTo(Page.empty());
    }

    @ParameterizedTest
    @DisplayName("an id finds its user, in our form and in Keycloak's, also when the account is gone")
    @ValueSource(strings = {"usr_" + UUID, UUID, "f:ldap:jane@x", "usr_x_ZjpsZGFwOmphbmVAeA"})
    void byId(String text) {
        signIn(UUID);
        signIn("f:ldap:jane@x");
        Page<Identity> page = page(text, 1);
        assertThat(ids(page)).containsExactly(text.contains(UUID) ? UUID : "f:ldap:jane@x");
        assertThat(page.next()).isEmpty();
    }

    @Test
    @DisplayName("a user who is found by id and by name is listed once, before all others")
    void idAndName() {
        signInAs("aaa", UUID + "-1");
        signInAs(UUID, UUID + "-2");
        signInAs("bbb", UUID + "-3");
        for (int limit = 1; limit < 5; limit++) {
            assertThat(walk(UUID, limit, EVERYBODY)).containsExactly(UUID, "aaa", "bbb");
        }
        assertThat(walk(UUID, 1, user -> !user.value().equals(UUID))).containsExactly("aaa", "bbb");
    }

    @Test
    @DisplayName("a user whom the caller may not see is not found, not even by id")
    void hidden() {
        IntStream.range(0, 9).forEach(i -> signInAs("id-" + i, "jane" + i));
        Predicate<UserId> visible =
                user -> user.value().endsWith("3") || user.value().endsWith("5");
        for (int limit = 1; limit < 4; limit++) {
            assertThat(walk("jane", limit, visible)).containsExactly("id-3", "id-5");
        }
        signIn(UUID);
        assertThat(search.page(query(UUID, Optional.empty(), 5, ANY), user -> false))
                .isEqualTo(Page.empty());
    }

    @ParameterizedTest
    @DisplayName("page by page, the same is found where all accounts are in Keycloak's own store")
    @ValueSource(ints = {1, 2, 7, 59, 60, 61, 100})
    void ownStore(int limit) {
        directory.ownStore();
        walk(limit);
    }

    @Test
    @DisplayName("in Keycloak's own store a short page of users is the last one, whoever is on it")
    void shortPage() {
        directory.ownStore();
        signInAs("id-1", "jane1");
        person("id-2", "john");
        Predicate<UserId> nobody = user -> false;
        for (String text : List.of("jane", "john", "nobody")) {
            int before = directory.searches();
            assertThat(search.page(query(text, Optional.empty(), 5, ANY), nobody)
                            .next())
                    .isEmpty();
            page(text, 5);
            assertThat(directory.searches() - before).isEqualTo(2);
        }
        assertThat(ids(page("jane", 5))).containsExactly("id-1");
    }

    @Test
    @DisplayName("both search and identity provider must hold")
    void identityProvider() {
        signInAs("id-1", "jane1");
        person("id-2", "jane2");
        streams.add(SampleSession.of("s2").user("id-2").broker("google", "1").build());
        person("id-3", "john");
        streams.add(SampleSession.of("s3").user("id-3").broker("google", "1").build());
        assertThat(ids(search.page(query("jane", Optional.empty(), 5, Optional.of("google")), EVERYBODY)))
                .containsExactly("id-2");
    }

    @Test
    @DisplayName("users that Keycloak finds and then drops do not end the search")
    void dropped() {
        for (int i = 0; i < 2 * IdentitySearch.STEP; i++) {
            person("id-" + i, String.format("jane%03d", i));
        }
        directory.invalid("id-7");
        signIn("id-6");
        signIn("id-8");
        signIn("id-99");
        for (int limit = 1; limit < 4; limit++) {
            assertThat(walk("jane", limit, EVERYBODY).stream().distinct()).containsExactly("id-6", "id-8", "id-99");
        }
        assertThat(ids(page("jane", 9))).containsExactly("id-6", "id-8", "id-99");
    }

    @Test
    @DisplayName("when few who match are signed in, the page is short and says where to go on")
    void bounded() {
        int many = IdentitySearch.MAX_SCANNED + 10;
        for (int i = 0; i < many; i++) {
            person("id-" + i, String.format("jane%05d", i));
        }
        signIn("id-3");
        signIn("id-" + (many - 1));
        Page<Identity> first = page("jane", 10);
        assertThat(ids(first)).containsExactly("id-3");
        assertThat(directory.searched()).isEqualTo(IdentitySearch.MAX_SCANNED);
        assertThat(walk("jane", 10, EVERYBODY)).containsExactly("id-3", "id-" + (many - 1));
    }

    @ParameterizedTest
    @DisplayName("a hidden person, signed in or not, costs the same look-ups as no person")
    @ValueSource(strings = {"jane", UUID, "usr_" + UUID})
    void hiddenCostsNothing(String text) {
        Cost nobody = cost(text);
        person(UUID, "jane");
        assertThat(cost(text)).isEqualTo(nobody);
        signIn(UUID);
        assertThat(cost(text)).isEqualTo(nobody);
        for (int i = 0; i < 50; i++) {
            signIn(UUID);
        }
        assertThat(cost(text)).isEqualTo(nobody);
    }

    private record Cost(int searches, int sessionsLookedUp) {}

    private Cost cost(String text) {
        int searches = directory.searches();
        int opened = streams.opened();
        assertThat(search.page(query(text, Optional.empty(), 10, ANY), user -> false))
                .isEqualTo(Page.empty());
        return new Cost(directory.searches() - searches, streams.opened() - opened);
    }

    @Test
    @DisplayName("no cursor tells how many hidden people were passed over")
    void cursorCounts() {
        IntStream.range(0, 9).forEach(i -> signInAs("id-" + i, "jane" + i));
        Page<Identity> page = search.page(
                query("jane", Optional.empty(), 1, ANY), user -> user.value().compareTo("id-5") >= 0);
        assertThat(page.next()).get().asString().startsWith("pos_").doesNotContain("7");
    }

    private List<String> walk(String text, int limit, Predicate<UserId> visible) {
        List<String> walked = new ArrayList<>();
        Optional<OffsetCursor> from = Optional.of(OffsetCursor.START);
        while (from.isPresent()) {
            Page<Identity> page = search.page(query(text, from, limit, ANY), visible);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            walked.addAll(ids(page));
            assertThat(walked).hasSizeLessThan(1_000);
            int before = from.get().offset();
            from = page.next().map(next -> OffsetCursor.parse(seal.open(next).orElseThrow())
                    .orElseThrow());
            from.ifPresent(next -> assertThat(next.offset()).isGreaterThan(before));
        }
        return walked;
    }

    private Page<Identity> page(String text, int limit) {
        return search.page(query(text, Optional.empty(), limit, ANY), EVERYBODY);
    }

    private static IdentityQuery<OffsetCursor> query(
            String text, Optional<OffsetCursor> from, int limit, Optional<String> identityProvider) {
        return new IdentityQuery<>(Optional.of(text), identityProvider, from, limit);
    }

    private static List<String> ids(Page<Identity> page) {
        return page.items().stream().map(identity -> identity.userId().value()).toList();
    }

    private void signInAs(String userId, String username) {
        person(userId, username);
        signIn(userId);
    }

    private void signIn(String userId) {
        streams.add(
                SampleSession.of("s-" + streams.sessions().size()).user(userId).build());
    }

    private void person(String userId, String username) {
        directory.person(userId, new Person(username, "", username, true, Optional.empty()));
    }
}
