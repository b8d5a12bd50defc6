package dev.identities.feed;

import dev.identities.access.AdminCaller;
import dev.identities.listing.FakeDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Feeds of a realm where everybody may watch. */
public final class FakeFeeds implements Feeds {

    private final FeedHub hub = new FeedHub(
            (realmId, round) ->
                    round.accept(watcher -> Optional.of(new Viewer(((Caller) watcher).caller(), new FakeDirectory()))),
            (realmId, begun) -> List.of(),
            new NoPeers(),
            Executors.newSingleThreadScheduledExecutor(),
            Clock.systemUTC());

    private record Caller(AdminCaller caller) implements Watcher {
        @Override
        public String account() {
            return caller.id();
        }
    }

    private record NoPeers() implements Peers {
        @Override
        public boolean isWatched(String realmId) {
            return false;
        }

        @Override
        public void watch(String realmId, Duration time) {
            // There are none.
        }

        @Override
        public void send(SessionEvent event) {
            // There are none.
        }
    }

    @Override
    public String realmId() {
        return "acme";
    }

    @Override
    public Watcher watcher(AdminCaller caller) {
        return new Caller(caller);
    }

    @Override
    public FeedHub hub() {
        return hub;
    }
}
