package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.Broker;
import dev.identities.session.ClientUse;
import dev.identities.session.Identity;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class IdentityReaderTest {

    private static final long BEGIN = SampleSession.SECOND;
    private static final Duration SIGN_IN = Duration.ofSeconds(30);
    private static final UserId ANNA = new UserId("anna");

    /** Recent sessions in memory. It counts what is read of Keycloak's JSON. */
    private static final class Store implements RecentRows {
        private final Map<UserId, List<Session>> sessions = new HashMap<>();
        private final Set<SessionRef> over = new HashSet<>();
        private final Set<SessionRef> unclear = new HashSet<>();
        private int read;
        private int usesRead;

        void add(Session session) {
            sessions.computeIfAbsent(session.userId(), user -> new ArrayList<>())
                    .add(session);
        }

        Stream<Session> recent(UserId user, int max) {
            return sessions.getOrDefault(user, List.of()).stream()
                    .sorted(Comparator.comparing(Session::lastActive)
                            .thenComparing(session -> session.id().sid())
                            .reversed())
                    .limit(max);
        }

        private Session of(SessionRows.Row row) {
            return sessions.get(row.userId()).stream()
                    .filter(session -> session.id().equals(row.id()))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public List<Recent> recent(List<UserId> users, int max) {
            return users.stream()
                    .flatMap(user -> recent(user, max).map(this::row))
                    .toList();
        }

        private Recent row(Session session) {
            List<Session> all = sessions.get(session.userId());
            boolean open = over.contains(session.ref()) || unclear.contains(session.ref());
            return new Recent(
                    new SessionRows.Row(
                            session.id(), session.userId(), session.lastActive().getEpochSecond()),
                    open
                            ? Optional.empty()
                            : Optional.of(new Through(session.broker().map(Broker::alias))),
                    all.size(),
                    all.stream().mapToLong(each -> each.id().createdOn()).min().orElseThrow());
        }

        @Override
        public List<Session> sessions(List<SessionRows.Row> rows) {
            read += rows.size();
            return rows.stream()
                    .map(this::of)
                    .filter(session -> !over.contains(session.ref()))
                    .toList();
        }

        @Override
        public List<Visit> visits(List<SessionRows.Row> rows) {
            return rows.stream()
                    .flatMap(row ->
                            of(row).clients().stream().map(use -> new Visit(row, use.clientUuid(), use.lastActive())))
                    .toList();
        }

        @Override
        public Map<SessionRef, List<ClientUse>> uses(List<SessionRows.Row> rows) {
            usesRead += rows.size();
            Map<SessionRef, List<ClientUse>> uses = new HashMap<>();
            rows.forEach(row -> uses.put(row.ref(), of(row).clients()));
            return uses;
        }

        @Override
        public Duration longestSignIn() {
            return SIGN_IN;
        }
    }

    @RepeatedTest(200)
    @DisplayName("an identity is the same as if all recent sessions were read")
    void same(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Store store = new Store();
        List<UserId> users = IntStream.range(0, 8)
                .mapToObj(number -> new UserId("user-" + number))
                .toList();
        users.forEach(user -> IntStream.range(0, random.nextInt(25))
                .mapToObj(number -> session(random, user, number))
                .forEach(session -> {
                    store.add(session);
                    if (random.nextInt(6) == 0) {
                        store.over.add(session.ref());
                    }
                    if (random.nextInt(6) == 0) {
                        store.unclear.add(session.ref());
                    }
                }));
        assertThat(new IdentityReader(store).identities(users))
                .isEqualTo(users.stream()
                        .flatMap(user -> expected(store, user).stream())
                        .toList());
    }

    private static Session session(Random random, UserId user, int number) {
        long created = BEGIN + random.nextInt(1_000);
        long active = created + random.nextInt(1_000);
        // A sign-in ends a little later than the row says.
        long signIn = Math.max(created, active - random.nextInt(600) + random.nextInt((int) SIGN_IN.toSeconds()));
        SessionKind kind = random.nextInt(5) == 0 ? SessionKind.OFFLINE : SessionKind.ONLINE;
        RememberMe rememberMe = List.of(RememberMe.values()).get(random.nextInt(3));
        List<ClientUse> uses = IntStream.range(0, 3)
                .filter(client -> random.nextBoolean())
                .mapToObj(client -> new ClientUse(
                        "client-" + client,
                        Instant.ofEpochSecond(created + random.nextInt(400)),
                        Instant.ofEpochSecond(active - random.nextInt(10))))
                .sorted(ClientUse.LATEST_FIRST)
                .toList();
        SampleSession sample = SampleSession.of(new SessionId(created, kind, rememberMe, user.value() + number))
                .user(user.value())
                .lastActive(Instant.ofEpochSecond(active))
                .lastSignIn(Instant.ofEpochSecond(signIn))
                .uses(uses);
        return (random.nextInt(3) == 0 ? sample.broker("idp-" + random.nextInt(2), "") : sample).build();
    }

    /** By all sessions of the user that are looked at. */
    private static Optional<Identity> expected(Store store, UserId user) {
        List<Session> recent = store.recent(user, SessionCatalog.RECENT_SESSIONS)
                .filter(session -> !store.over.contains(session.ref()))
                .toList();
        if (recent.isEmpty()) {
            return Optional.empty();
        }
        List<Session> all = store.sessions.get(user);
        boolean complete = all.size() <= SessionCatalog.RECENT_SESSIONS;
        return Optional.of(new Identity(
                user,
                complete ? recent.size() : all.size(),
                (complete ? recent : all)
                        .stream().map(Session::started).min(Instant::compareTo).orElseThrow(),
                recent.stream().map(Session::lastSignIn).max(Instant::compareTo).orElseThrow(),
                recent.get(0).lastActive(),
                recent));
    }

    @Test
    @DisplayName("of many sessions the JSON of the latest is read, and where each application came first")
    void little() {
        Store store = new Store();
        for (int number = 0; number < 15; number++) {
            Instant begin = Instant.ofEpochSecond(BEGIN + number * 3_600L);
            store.add(SampleSession.of(new SessionId(
                            begin.getEpochSecond(), SessionKind.ONLINE, RememberMe.NO, "s" + (number + 10)))
                    .user(ANNA.value())
                    .lastActive(begin.plusSeconds(1_800))
                    .lastSignIn(begin)
                    .uses(List.of(
                            new ClientUse("mail", begin.plusSeconds(1), begin.plusSeconds(1_800)),
                            new ClientUse("wiki", begin.plusSeconds(2), begin.plusSeconds(1_700))))
                    .build());
        }
        Identity anna = new IdentityReader(store).identities(List.of(ANNA)).get(0);
        assertThat(anna.sessionsCount()).isEqualTo(15);
        assertThat(anna.clients())
                .containsExactly(
                        new ClientUse(
                                "mail",
                                Instant.ofEpochSecond(BEGIN + 1),
                                anna.latest().lastActive()),
                        new ClientUse(
                                "wiki",
                                Instant.ofEpochSecond(BEGIN + 2),
                                anna.latest().lastActive().minusSeconds(100)));
        assertThat(store.read).isOne();
        assertThat(store.usesRead).isOne();
    }

    @Test
    @DisplayName("for nobody nothing is read, and a user without a live session is no identity")
    void nobody() {
        Store store = new Store();
        assertThat(new IdentityReader(store).identities(List.of())).isEmpty();
        assertThat(new IdentityReader(store).identities(List.of(ANNA))).isEmpty();
        assertThat(store.read).isZero();
    }
}
