package dev.identities.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.signal.Evidence;
import dev.identities.signal.Signal;
import dev.identities.signal.SignalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FeedHubTest {

    private static final String REALM = "acme";

    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private final Set<String> outcasts = new HashSet<>();
    private final List<SessionEvent> sent = new ArrayList<>();
    private final List<String> compared = new ArrayList<>();
    private final Map<String, List<Signal>> unusual = new HashMap<>();
    private boolean storeFails;
    private int rounds;
    private final FeedHub hub = hub();

    private FeedHub hub() {
        return new FeedHub(
                (realmId, round) -> {
                    rounds++;
                    if (storeFails) {
                        throw new IllegalStateException("no database");
                    }
                    round.accept(watcher -> outcasts.contains(watcher.account())
                            ? Optional.empty()
                            : Optional.of(new Viewer(null, null)));
                },
                (realmId, begun) -> {
                    compared.add(begun.id().sid());
                    return unusual.getOrDefault(begun.id().sid(), List.of());
                },
                new Peers() {
                    @Override
                    public boolean isWatched(String realmId) {
                        return false;
                    }

                    @Override
                    public void watch(String realmId, Duration time) {
                        // Nobody else is there.
                    }

                    @Override
                    public void send(SessionEvent event) {
                        sent.add(event);
                    }
                },
                new InlineExecutor(),
                () -> now);
    }

    private record Account(String account) implements Watcher {}

    /** A client: what it got, as {@code type id}. Comments are {@code :text}. */
    private static final class Client implements FeedOutput {
        final List<String> got = new ArrayList<>();
        Cursor place;
        boolean closed;
        CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);
        Runnable heard = () -> {};

        @Override
        public CompletionStage<?> event(Cursor at, String type, String json) {
            place = at;
            got.add(type + " " + json);
            return taken;
        }

        @Override
        public CompletionStage<?> comment(Cursor at, String text) {
            place = at;
            got.add(":" + text);
            heard.run();
            return taken;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Client open(String account, Optional<Cursor> from) {
        return open(new Client(), account, from);
    }

    private Client open(Client client, String account, Optional<Cursor> from) {
        hub.open(
                new Subscription(
                        REALM,
                        new Account(account),
                        from,
                        (viewer, event) -> !event.ref().sid().startsWith("filtered"),
                        (viewer, event) -> event.ref().sid().startsWith("hidden")
                                ? Optional.empty()
                                : Optional.of(event.ref().sid()
                                        + event.raised()
                                                .map(raised -> " " + raised.code())
                                                .orElse(""))),
                client);
        return client;
    }

    private Client open() {
        return open("siem", Optional.empty());
    }

    private void start(String sid) {
        hub.publish(event(SessionEvent.Type.STARTED, sid));
    }

    private SessionEvent event(SessionEvent.Type type, String sid) {
        Session session = SampleSession.of(sid).build();
        return new SessionEvent(
                "evt_" + sid + type,
                type,
                now,
                REALM,
                session.ref(),
                Optional.of(session),
                Optional.empty(),
                Optional.empty());
    }

    private void after(Duration time) {
        now = now.plus(time);
        hub.rounds();
    }

    @Test
    @DisplayName("a feed gets the events from its opening on that it asks for and may see, once each, and in order")
    void events() {
        assertThat(hub.isWatched(REALM)).isFalse();
        Client client = open();
        assertThat(hub.isWatched(REALM)).isTrue();
        start("a");
        start("a");
        start("filtered");
        start("hidden");
        hub.publish(event(SessionEvent.Type.ENDED, "a"));
        hub.receive(event(SessionEvent.Type.STARTED, "of another node"));
        assertThat(client.got)
                .containsExactly(":open", "session.started a", "session.ended a", "session.started of another node");
        assertThat(sent).extracting(event -> event.ref().sid()).doesNotContain("of another node");
    }

    private static List<Signal> signals(SignalCode... codes) {
        return Stream.of(codes).map(code -> new Signal(code, Evidence.NONE)).toList();
    }

    @Test
    @DisplayName("a feed gets an event for each signal of a session that begins, after its beginning and once")
    void signals() {
        unusual.put("a", signals(SignalCode.NEW_COUNTRY, SignalCode.NEW_DEVICE));
        unusual.put("filtered", signals(SignalCode.NEW_COUNTRY));
        unusual.put("hidden", signals(SignalCode.NEW_COUNTRY));
        unusual.put("of another node", signals(SignalCode.IMPERSONATED));
        Client client = open();
        for (String sid : List.of("a", "a", "filtered", "hidden", "usual")) {
            start(sid);
        }
        hub.receive(event(SessionEvent.Type.STARTED, "of another node"));
        hub.publish(event(SessionEvent.Type.ENDED, "a"));
        assertThat(client.got)
                .containsExactly(
                        ":open",
                        "session.started a",
                        "signal.raised a NEW_COUNTRY",
                        "signal.raised a NEW_DEVICE",
                        "session.started usual",
                        "session.started of another node",
                        "signal.raised of another node IMPERSONATED",
                        "session.ended a");
        // Each node works out its own, so they are not sent.
        assertThat(sent).extracting(SessionEvent::type).doesNotContain(SessionEvent.Type.SIGNAL_RAISED);
        assertThat(compared).containsExactly("a", "filtered", "hidden", "usual", "of another node");
    }

    @Test
    @DisplayName("an event for a signal has one id on all nodes, and each signal of a session has its own")
    void signalIds() {
        SessionEvent started = event(SessionEvent.Type.STARTED, "a");
        List<Signal> found = signals(SignalCode.NEW_COUNTRY, SignalCode.NEW_DEVICE);
        SessionEvent country = started.raise(SignalCode.NEW_COUNTRY, found);
        assertThat(country.id())
                .startsWith("evt_")
                .isEqualTo(event(SessionEvent.Type.STARTED, "a")
                        .raise(SignalCode.NEW_COUNTRY, found)
                        .id())
                .isNotEqualTo(started.raise(SignalCode.NEW_DEVICE, found).id())
                .isNotEqualTo(event(SessionEvent.Type.STARTED, "b")
                        .raise(SignalCode.NEW_COUNTRY, found)
                        .id());
        assertThat(country.raised().orElseThrow().all()).isEqualTo(found);
        assertThat(country.time()).isEqualTo(started.time());
    }

    @Test
    @DisplayName("a client that connects again gets the signals that it missed")
    void resumeOverSignals() {
        unusual.put("a", signals(SignalCode.NEW_COUNTRY, SignalCode.NEW_DEVICE));
        Client first = open();
        Cursor before = first.place;
        first.close();
        start("a");
        Client again = open("siem", Optional.of(before));
        assertThat(again.got)
                .containsExactly(
                        ":open", "session.started a", "signal.raised a NEW_COUNTRY", "signal.raised a NEW_DEVICE");
    }

    @Test
    @DisplayName("where nobody listens, and where nobody has lately, no sessions are compared")
    void signalsOfUnwatched() {
        unusual.put("a", signals(SignalCode.NEW_COUNTRY));
        start("a");
        hub.receive(event(SessionEvent.Type.STARTED, "b"));
        assertThat(compared).isEmpty();

        Client client = open();
        client.close();
        after(Memory.MAX_AGE.plusSeconds(1));
        after(Duration.ofSeconds(1));
        start("c");
        assertThat(compared).isEmpty();
    }

    @Test
    @DisplayName("a client goes on after the last id that it got, also when that was one of a comment")
    void resume() {
        Client first = open();
        start("a");
        Cursor afterA = first.place;
        start("hidden");
        after(FeedHub.ROUND);
        Cursor afterComment = first.place;
        assertThat(afterComment.stamp()).isGreaterThan(afterA.stamp());
        first.close();
        start("b");
        assertThat(open("siem", Optional.of(afterA)).got).containsExactly(":open", "session.started b");
        assertThat(open("siem", Optional.of(afterComment)).got).containsExactly(":open", "session.started b");
    }

    @Test
    @DisplayName("a client that comes from another node gets the last seconds again, because clocks differ")
    void fromAnotherNode() {
        open();
        start("a");
        now = now.plus(FeedHub.OVERLAP.minusSeconds(1));
        start("b");
        Client moved = open("siem", Optional.of(new Cursor("deadbeef", now.toEpochMilli())));
        assertThat(moved.got).endsWith("session.started a", "session.started b");
    }

    @Test
    @DisplayName("a client is told when the memory does not reach back, by number or by age")
    void gap() {
        Client early = open();
        start("a");
        Cursor afterA = early.place;
        for (int i = 0; i < Memory.MAX_EVENTS; i++) {
            start("hidden" + i);
        }
        assertThat(open("siem", Optional.of(afterA)).got).containsExactly(":open");
        start("one more");
        assertThat(open("siem", Optional.of(afterA)).got)
                .containsExactly(":open", "feed.gap {\"type\":\"feed.gap\"}", "session.started one more");

        Cursor lately = early.place;
        start("another");
        now = now.plus(Memory.MAX_AGE.plusSeconds(10));
        assertThat(open("siem", Optional.of(lately)).got).containsExactly(":open", "feed.gap {\"type\":\"feed.gap\"}");
        // A clock that was set back, or a made-up id.
        Cursor future = new Cursor(lately.node(), now.plusSeconds(60).toEpochMilli());
        assertThat(open("siem", Optional.of(future)).got).contains("feed.gap {\"type\":\"feed.gap\"}");
    }

    @Test
    @DisplayName(
            "a slow reader holds no queue: it gets the rest when it reads again, or a gap, and is dropped when it stalls")
    void slow() {
        Client slow = open();
        slow.taken = new CompletableFuture<>();
        start("a");
        start("b");
        assertThat(slow.got).containsExactly(":open", "session.started a");
        CompletableFuture<Void> left = slow.taken;
        slow.taken = CompletableFuture.completedFuture(null);
        left.complete(null);
        assertThat(slow.got).endsWith("session.started a", "session.started b");

        slow.taken = new CompletableFuture<>();
        start("c");
        for (int i = 0; i <= Memory.MAX_EVENTS; i++) {
            start("d" + i);
        }
        assertThat(slow.got).endsWith("session.started c");
        left = slow.taken;
        slow.taken = CompletableFuture.completedFuture(null);
        left.complete(null);
        assertThat(slow.got).contains("feed.gap {\"type\":\"feed.gap\"}").endsWith("session.started d1000");

        slow.taken = new CompletableFuture<>();
        start("e");
        after(Feed.MAX_STALL.minusSeconds(1));
        assertThat(slow.closed).isFalse();
        after(Duration.ofSeconds(2));
        assertThat(slow.closed).isTrue();
        assertThat(slow.got).last().asString().contains("slow");
    }

    @Test
    @DisplayName("a reader who takes nothing holds up no other reader, not even one by the same credential")
    void slowAmongOthers() {
        Client slow = open();
        slow.taken = new CompletableFuture<>();
        Client same = open();
        Client other = open("other", Optional.empty());
        start("a");
        start("b");
        assertThat(slow.got).containsExactly(":open", "session.started a");
        for (Client reader : List.of(same, other)) {
            assertThat(reader.got).containsExactly(":open", "session.started a", "session.started b");
        }
    }

    @Test
    @DisplayName("a caller who lost the permission is cut off in the next round, before any further event")
    void lostPermission() {
        Client client = open();
        Client other = open("other", Optional.empty());
        outcasts.add("siem");
        start("a");
        assertThat(client.closed).isTrue();
        assertThat(client.got).last().asString().contains("access_lost");
        assertThat(other.got).endsWith("session.started a");
        outcasts.add("other");
        after(FeedHub.ROUND);
        assertThat(other.closed).isTrue();
    }

    @Test
    @DisplayName("a feed whose rights cannot be looked up gets nothing, and is closed before half a minute is over")
    void outage() {
        Client client = open();
        storeFails = true;
        start("a");
        after(FeedHub.ROUND);
        after(FeedHub.ROUND);
        assertThat(client.closed).isFalse();
        assertThat(client.got).containsExactly(":open");
        after(FeedHub.ROUND);
        assertThat(client.closed).isTrue();
        assertThat(FeedHub.MAX_UNCHECKED.plus(FeedHub.ROUND.dividedBy(2))).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("a feed that fails over an event ends, and does not keep the others from their events")
    void failing() {
        Client failing = new Client();
        hub.open(
                new Subscription(
                        REALM,
                        new Account("siem"),
                        Optional.empty(),
                        (viewer, event) -> {
                            throw new IllegalStateException("cannot be judged");
                        },
                        (viewer, event) -> Optional.of(event.ref().sid())),
                failing);
        Client other = open("other", Optional.empty());
        start("a");
        start("b");
        assertThat(failing.closed).isTrue();
        assertThat(failing.got).last().asString().contains("unavailable");
        assertThat(other.got).containsExactly(":open", "session.started a", "session.started b");
    }

    @Test
    @DisplayName("many feeds of one caller cost one look-up of rights for an event")
    void oneRound() {
        for (int i = 0; i < FeedHub.MAX_PER_ACCOUNT; i++) {
            open();
        }
        rounds = 0;
        start("a");
        assertThat(rounds).isEqualTo(1);
    }

    @Test
    @DisplayName("an account has so many feeds and no more, until one is closed")
    void cap() {
        Client first = open();
        for (int i = 1; i < FeedHub.MAX_PER_ACCOUNT; i++) {
            assertThat(hub.hasRoom(new Account("siem"))).isTrue();
            open();
        }
        assertThat(hub.hasRoom(new Account("siem"))).isFalse();
        assertThat(hub.hasRoom(new Account("other"))).isTrue();
        first.close();
        assertThat(hub.hasRoom(new Account("siem"))).isTrue();
    }

    @Test
    @DisplayName("a feed counts as soon as its client has heard from it")
    void counts() {
        for (int i = 1; i < FeedHub.MAX_PER_ACCOUNT; i++) {
            open();
        }
        CompletableFuture<Boolean> room = new CompletableFuture<>();
        Client last = new Client();
        // Long enough for an answer that does not wait for the feed to be entered.
        last.heard = () -> CompletableFuture.runAsync(() -> room.complete(hub.hasRoom(new Account("siem"))))
                .completeOnTimeout(null, 200, TimeUnit.MILLISECONDS)
                .join();
        open(last, "siem", Optional.empty());

        assertThat(room.join()).isFalse();
    }

    @Test
    @DisplayName("of two feeds that were admitted when there was room for one, the second is closed")
    void lastRoom() {
        for (int i = 1; i < FeedHub.MAX_PER_ACCOUNT; i++) {
            open();
        }
        Client first = open();
        Client second = open();
        assertThat(first.closed).isFalse();
        assertThat(second.closed).isTrue();
        assertThat(second.got).isEmpty();
    }

    @Test
    @DisplayName("a node has so many feeds and no more")
    void capOfNode() {
        for (int i = 0; i < FeedHub.MAX_PER_NODE; i++) {
            open("account" + i, Optional.empty());
        }
        assertThat(hub.hasRoom(new Account("one more"))).isFalse();
    }

    @Test
    @DisplayName("a realm is forgotten some minutes after its last feed")
    void forgotten() {
        Client client = open();
        after(FeedHub.ROUND);
        client.close();
        after(Memory.MAX_AGE.minusSeconds(1));
        assertThat(hub.isWatched(REALM)).isTrue();
        after(Duration.ofSeconds(2));
        assertThat(hub.isWatched(REALM)).isFalse();
        start("unheard");
    }

    @Test
    @DisplayName("a server that stops ends its feeds with a word")
    void stop() {
        Client client = open();
        hub.close();
        assertThat(client.closed).isTrue();
        assertThat(client.got).last().asString().contains("stopping");
    }

    @Test
    @DisplayName("a place reads as it is written, and other text is none")
    void cursor() {
        Cursor cursor = new Cursor("0a1b2c3d", 1_764_324_000_000L);
        assertThat(Cursor.parse(cursor.toString())).contains(cursor);
        assertThat(List.of("", "x", "0a1b2c3d", "0a1b2c3d-", "0a1b2c3d-x", "0a1b2c3d-9999999999999999", "evt_1"))
                .allSatisfy(text -> assertThat(Cursor.parse(text)).isEmpty());
    }
}
