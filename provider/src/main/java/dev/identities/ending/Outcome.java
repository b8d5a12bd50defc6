package dev.identities.ending;

import dev.identities.notify.Delivery;
import dev.identities.session.SessionRef;
import java.util.List;

/**
 * What happened to one session.
 *
 * @param deliveries who was told; empty unless it was revoked
 */
public record Outcome(SessionRef session, Status status, List<Delivery> deliveries) {

    /** What happened. */
    public enum Status {
        /** It was there and is gone, on every node. */
        REVOKED,
        /** It was not there any more. */
        ALREADY_GONE,
        /** It may still be there: the store failed. */
        FAILED
    }
}
