package dev.identities.feed;

import java.time.Duration;

/** The other nodes. All methods but {@link #watch} return at once. */
public interface Peers {

    /** Whether a node has had feeds of the realm lately. */
    boolean isWatched(String realmId);

    /** Lets all nodes know that a realm has feeds. They know when this returns. */
    void watch(String realmId, Duration time);

    /** Hands an event to the other nodes. A failure is logged and the event is lost for them. */
    void send(SessionEvent event);
}
