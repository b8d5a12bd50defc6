package dev.identities.feed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The latest events of one realm in the order in which they came to this node, each under a stamp. Stamps are
 * milliseconds and rise: no two events have the same one, and no event gets one that a reader has passed already.
 */
final class Memory {

    /** Some megabytes at the most, and minutes of a large realm. */
    static final int MAX_EVENTS = 1000;

    /** Longer than a client or a proxy takes to connect again, shorter than personal data may lie about unasked for. */
    static final Duration MAX_AGE = Duration.ofMinutes(5);

    /**
     * An event with its stamp.
     *
     * @param stamp milliseconds since the epoch
     */
    record Entry(long stamp, SessionEvent event) {}

    /**
     * The events after a place.
     *
     * @param gap whether events after the place may be forgotten already
     * @param upTo the place of a reader who has these events
     */
    record Slice(boolean gap, List<Entry> entries, long upTo) {}

    private final InstantSource clock;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Set<String> said = new HashSet<>();
    private long last;

    /** All events after this stamp are here. */
    private long completeAfter;

    Memory(InstantSource clock) {
        this.clock = clock;
        this.completeAfter = now();
    }

    /** The place behind all events so far. */
    synchronized long now() {
        last = Math.max(last, clock.millis());
        return last;
    }

    /**
     * Remembers an event.
     *
     * @return false for one that tells the same as one that is here
     */
    synchronized boolean add(SessionEvent event) {
        forget();
        if (!said.add(event.sameness())) {
            return false;
        }
        event.opposite().ifPresent(said::remove);
        last = Math.max(last + 1, clock.millis());
        entries.addLast(new Entry(last, event));
        if (entries.size() > MAX_EVENTS) {
            drop();
        }
        return true;
    }

    /** Whether a reader at a place has something to hear: events, or that some are forgotten. */
    synchronized boolean hasNews(long stamp) {
        return isForgotten(stamp) || (!entries.isEmpty() && entries.getLast().stamp() > stamp);
    }

    /** Whether events after a place may be missing. A place in the future counts, because the clock was set back. */
    private boolean isForgotten(long stamp) {
        return stamp < completeAfter || stamp > now();
    }

    /**
     * The next events after a place.
     *
     * @param stamp a place of this memory
     * @param max so many at the most
     */
    synchronized Slice after(long stamp, int max) {
        forget();
        long now = now();
        boolean gap = isForgotten(stamp);
        long from = stamp > now ? completeAfter : stamp;
        List<Entry> next = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.stamp() > from) {
                if (next.size() == max) {
                    return new Slice(gap, next, next.get(max - 1).stamp());
                }
                next.add(entry);
            }
        }
        return new Slice(gap, next, now);
    }

    private void forget() {
        long oldest = clock.millis() - MAX_AGE.toMillis();
        while (!entries.isEmpty() && entries.getFirst().stamp() < oldest) {
            drop();
        }
    }

    private void drop() {
        Entry dropped = entries.removeFirst();
        said.remove(dropped.event().sameness());
        completeAfter = dropped.stamp();
    }
}
