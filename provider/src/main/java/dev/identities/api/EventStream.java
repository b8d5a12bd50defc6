package dev.identities.api;

/**
 * The entity of an answer that goes on after its request: a stream of server-sent events. The answer must have the
 * status 200. {@link ApiResource} starts the stream when the request's own work is done and committed.
 */
@FunctionalInterface
public interface EventStream {

    /** Begins to send. Called once, on the thread of the request, and must return at once. */
    void start(EventSink sink);
}
