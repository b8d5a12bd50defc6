package dev.identities.ending;

import dev.identities.notify.Delivery;
import java.util.List;
import java.util.function.Supplier;

/**
 * Hears of the end of sessions. Each output is a listener: the audit, the meters, back-channel logout. The listeners of a
 * request are put together in {@code boot.RequestServices}.
 *
 * <p>A listener runs after the commit and cannot undo it. The revocation list is no listener: the commit itself writes
 * it, because a gateway must never find an ended session that is not on the list. When a listener throws, the caller
 * logs the exception and goes on with the other listeners and the answer.
 */
public interface EndingListener {

    /**
     * The end of one session is committed; other sessions of the call may still be waiting for theirs. This method is
     * for a listener whose work is a part of the outcome. Several threads call it at a time. It must return at once,
     * because the next session waits for it.
     *
     * @return one supplier for each party that is told; it gives the state of the delivery at the time it is asked
     */
    default List<Supplier<Delivery>> committed(SessionStore.Ended session) {
        return List.of();
    }

    /** The call has tried all its sessions. A listener that told parties waits a moment here for quick answers. */
    default void awaitAnswers() {
        // This listener told no party.
    }

    /**
     * A call is over, with success or not. The thread of the request calls this once per call, before it answers. It
     * does so also for a call that found no session to end. A call that works in batches is a call per batch here.
     */
    default void ended(SessionsEnded event) {
        // This listener did its work at the commit.
    }

    /**
     * A call that ended many sessions in batches is over, with success or not. {@link #ended} was called for each batch.
     * This is for a listener that sums up.
     */
    default void bulkEnded(BulkEnded event) {
        // This listener heard of each batch.
    }
}
