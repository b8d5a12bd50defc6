package dev.identities.feed;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The feeds of one realm on this node. */
final class RealmFeeds {

    private final Memory memory;
    private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile Instant listened = Instant.MIN;

    RealmFeeds(Memory memory) {
        this.memory = memory;
    }

    Memory memory() {
        return memory;
    }

    Set<Feed> feeds() {
        return feeds;
    }

    /** The feeds whose client is still there. The others are dropped. */
    List<Feed> open() {
        feeds.removeIf(Feed::isClosed);
        return List.copyOf(feeds);
    }

    /** Whether a delivery must be scheduled; false while one is scheduled already. */
    boolean wake() {
        return woken.compareAndSet(false, true);
    }

    /** The scheduled delivery begins; what comes from now on needs another one. */
    void awake() {
        woken.set(false);
    }

    void listened(Instant now) {
        listened = now;
    }

    boolean isListenedAfter(Instant moment) {
        return listened.isAfter(moment);
    }
}
