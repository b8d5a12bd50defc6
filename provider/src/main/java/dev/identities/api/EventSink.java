package dev.identities.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The connection of one {@link EventStream}. All methods return at once, on whatever thread they are called. */
public interface EventSink {

    /**
     * A message in the form of the HTML standard, section 9.2.
     *
     * @param id becomes the client's {@code Last-Event-ID}
     * @param type name of the event; empty for a message that is no event
     * @param data one line of text; empty for a message that is no event
     * @param comment one line that clients ignore
     */
    record Message(Optional<String> id, Optional<String> type, Optional<String> data, Optional<String> comment) {

        /** An event. */
        public static Message event(String id, String type, String data) {
            return new Message(Optional.of(id), Optional.of(type), Optional.of(data), Optional.empty());
        }

        /** A comment that moves the client's {@code Last-Event-ID}. */
        public static Message comment(String id, String text) {
            return new Message(Optional.of(id), Optional.empty(), Optional.empty(), Optional.of(text));
        }
    }

    /**
     * Sends a message.
     *
     * @return done when the message has left this server; failed when the connection is gone
     */
    CompletionStage<?> send(Message message);

    /** Whether the client has gone, or {@link #close} was called. */
    boolean isClosed();

    /** Ends the answer. A second call does nothing. */
    void close();
}
