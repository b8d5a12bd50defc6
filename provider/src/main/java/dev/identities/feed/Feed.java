package dev.identities.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One open feed. It has a place in the memory and no queue of its own: a reader who is slow falls behind, and gets an
 * event {@code feed.gap} when the memory has forgotten what comes next.
 */
final class Feed {

    /** Sent at once at the most; the next ones follow when these have left the server. */
    static final int MAX_BATCH = 100;

    /** A reader who has taken nothing for so long is dropped, because its unsent batch takes memory. */
    static final Duration MAX_STALL = Duration.ofSeconds(30);

    /** The type of the event that says that events are missing. */
    static final String GAP = "feed.gap";

    /** The type of the last event of a feed that the server ends. */
    static final String END = "feed.end";

    private final Subscription subscription;
    private final FeedOutput output;
    private final String node;
    private long place;
    private Instant checked;
    private Optional<Instant> sendingSince = Optional.empty();

    /**
     * A feed at a place.
     *
     * @param node names this node in the places that the client gets
     */
    Feed(Subscription subscription, FeedOutput output, String node, long place, Instant now) {
        this.subscription = subscription;
        this.output = output;
        this.node = node;
        this.place = place;
        this.checked = now;
    }

    Subscription subscription() {
        return subscription;
    }

    boolean isClosed() {
        return output.isClosed();
    }

    /** Whether there is something to send and the last batch has left. */
    synchronized boolean isDue(Memory memory) {
        return sendingSince.isEmpty() && memory.hasNews(place);
    }

    synchronized boolean isStalled(Instant now) {
        return sendingSince.filter(since -> since.plus(MAX_STALL).isBefore(now)).isPresent();
    }

    /** Whether the rights were looked up after this moment. */
    synchronized boolean isCheckedAfter(Instant moment) {
        return checked.isAfter(moment);
    }

    /**
     * Sends the next events, or a line that keeps the connection alive when there are none.
     *
     * @param json writes an event; empty for one that the reader may not see
     * @param wanted which events the reader asked for
     * @param done runs when the batch has left and there may be more to send
     */
    synchronized void advance(
            Memory memory,
            Function<SessionEvent, Optional<String>> json,
            Predicate<SessionEvent> wanted,
            Instant now,
            boolean keepAlive,
            Runnable done) {
        checked = now;
        if (sendingSince.isPresent()) {
            return;
        }
        List<CompletionStage<?>> sent = new ArrayList<>();
        // Events that this reader does not get send nothing, so nothing would ask for the next batch.
        do {
            sendNext(memory, json, wanted, sent);
        } while (sent.isEmpty() && memory.hasNews(place));
        if (sent.isEmpty() && keepAlive) {
            sent.add(output.comment(new Cursor(node, place), "keep-alive"));
        }
        if (!sent.isEmpty()) {
            sendingSince = Optional.of(now);
            CompletableFuture<?>[] all =
                    sent.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
            CompletableFuture<Void> unused =
                    CompletableFuture.allOf(all).whenComplete((result, failure) -> left(failure, done));
        }
    }

    private void sendNext(
            Memory memory,
            Function<SessionEvent, Optional<String>> json,
            Predicate<SessionEvent> wanted,
            List<CompletionStage<?>> sent) {
        Memory.Slice slice = memory.after(place, MAX_BATCH);
        if (slice.gap()) {
            sent.add(output.event(new Cursor(node, place), GAP, "{\"type\":\"" + GAP + "\"}"));
        }
        for (Memory.Entry entry : slice.entries()) {
            SessionEvent event = entry.event();
            json.apply(event)
                    .filter(text -> wanted.test(event))
                    .ifPresent(text -> sent.add(output.event(
                            new Cursor(node, entry.stamp()), event.type().wireName(), text)));
        }
        place = slice.upTo();
    }

    private void left(Throwable failure, Runnable done) {
        if (failure != null) {
            output.close();
            return;
        }
        synchronized (this) {
            sendingSince = Optional.empty();
        }
        done.run();
    }

    /**
     * Ends the feed.
     *
     * @param reason a word for programs
     */
    synchronized void end(String reason) {
        if (!output.isClosed()) {
            CompletionStage<?> unused = output.event(
                    new Cursor(node, place), END, "{\"type\":\"" + END + "\",\"reason\":\"" + reason + "\"}");
        }
        output.close();
    }
}
