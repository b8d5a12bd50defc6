package dev.identities.api.pingfederate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Delays empty answers to whole steps of time, so that their time does not tell whether a user was found.
 *
 * <p>The delay hides only the time of work done before it. So it must come last: after the audit, after the answer is
 * rendered, and after the request's transaction.
 */
public final class EmptyAnswerDelay {

    /** An empty answer takes a multiple of this. It is more than the differences between look-ups in a local store. */
    static final Duration STEP = Duration.ofMillis(20);

    private final LongSupplier nanoTime;
    private final LongConsumer waitNanos;
    private final Consumer<Runnable> atTheEnd;

    /**
     * A delay for one request.
     *
     * @param atTheEnd runs its argument when everything else for a successful request is done
     */
    public EmptyAnswerDelay(Consumer<Runnable> atTheEnd) {
        this(System::nanoTime, LockSupport::parkNanos, atTheEnd);
    }

    EmptyAnswerDelay(LongSupplier nanoTime, LongConsumer waitNanos, Consumer<Runnable> atTheEnd) {
        this.nanoTime = nanoTime;
        this.waitNanos = waitNanos;
        this.atTheEnd = atTheEnd;
    }

    /** Now, as {@link #untilNextStep} takes it. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** Has the request end a whole number of steps after its start. */
    void untilNextStep(long start) {
        atTheEnd.accept(() -> {
            long step = STEP.toNanos();
            long end = start + (now() - start) / step * step + step;
            // A thread may be woken before its time.
            for (long left = end - now(); left > 0; left = end - now()) {
                waitNanos.accept(left);
            }
        });
    }
}
