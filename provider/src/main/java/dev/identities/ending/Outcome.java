package dev.identities.ending;

import dev.identities.notify.Delivery;
import dev.identities.session.SessionRef;
import java.util.List;

/**
 * The outcome of a call for one session.
 *
 * @param deliveries one per party that was told; empty unless the session was revoked
 */
public record Outcome(SessionRef session, Status status, List<Delivery> deliveries) {

    /** The outcome in a word. */
    public enum Status {
        /** This call ended the session, on every node. */
        REVOKED,
        /** The session had ended before this call came to it. */
        ALREADY_GONE,
        /** The session may still be there, because the store failed. */
        FAILED
    }
}
