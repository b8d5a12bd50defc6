package dev.identities.listing;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets few long scans of the session table run at a time on a node, because each keeps a core of the database busy, and
 * sign-ins need the database too.
 */
public final class LongScans {

    /** How many run at a time. */
    static final int AT_A_TIME = 2;

    /** How long another one waits: a little longer than a page may take. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What a client that was told to come back should wait. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(3);

    private final Semaphore permits;
    private final Duration patience;

    /** The limit of a node. */
    public LongScans() {
        this(AT_A_TIME, PATIENCE);
    }

    LongScans(int atATime, Duration patience) {
        // Fair, so that a client that pages without a pause does not keep another one out.
        this.permits = new Semaphore(atATime, true);
        this.patience = patience;
    }

    /** Too many scans are under way, and this one waited in vain. */
    public static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BusyException() {
            super("too many long scans of the session table at a time", null, false, false);
        }
    }

    /** A scan that must be whole took longer than it may. */
    public static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("the session table could not be searched in time", null, false, false);
        }
    }

    /** A scan under way; closing it lets the next one in. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a place.
     *
     * @throws BusyException when none became free in time
     */
    Permit enter() {
        try {
            if (permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return permits::release;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BusyException();
    }
}
