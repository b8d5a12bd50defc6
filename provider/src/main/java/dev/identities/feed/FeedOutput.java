package dev.identities.feed;

import java.util.concurrent.CompletionStage;

/** The connection of one feed. All methods return at once, on any thread. */
public interface FeedOutput {

    /** Sends an event; see {@link #comment} for what is returned. */
    CompletionStage<?> event(Cursor place, String type, String json);

    /**
     * Sends a line that clients ignore, and the place that the client has reached.
     *
     * @return done when it has left this server; failed when the connection is gone
     */
    CompletionStage<?> comment(Cursor place, String text);

    /** Whether the client has gone. */
    boolean isClosed();

    /** Ends the connection. A second call does nothing. */
    void close();
}
