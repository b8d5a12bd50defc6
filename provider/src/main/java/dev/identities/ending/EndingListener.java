package dev.identities.ending;

import dev.identities.notify.Delivery;
import java.util.List;
import java.util.function.Supplier;

/**
 * Hears of the end of sessions. Each output is a listener: the audit, the meters, back-channel logout. The listeners of a
 * request are put together in {@code boot.RequestServices}.
 *
 * <p>A listener comes after the commit and cannot undo it. What must be true at the very moment of the end, like the
 * revocation list, is written by the commit itself and is no listener. An exception is logged; neither the other listeners
 * nor the answer suffer from it.
 */
public interface EndingListener {

    /**
     * The end of one session is committed, while others of the call are still to end. For a listener whose work is a part
     * of the outcome. Several threads call at a time, and the call must return at once, because the next session waits for
     * it.
     *
     * @return who is told of the end: how far each delivery got, whenever asked
     */
    default List<Supplier<Delivery>> committed(SessionStore.Ended session) {
        return List.of();
    }

    /** Every session of the call has been tried: waits a moment for those who answer quickly. */
    default void awaitAnswers() {
        // Nobody was told.
    }

    /**
     * A call is over, with success or not. Once per call, by the thread of the request and before its answer. Calls that
     * find nothing to end are heard of as well.
     */
    default void ended(SessionsEnded event) {
        // Its work was done at the commit.
    }
}
