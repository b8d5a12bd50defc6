package dev.identities.listing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much may be read for one answer. It ends by time, because the cost of a row differs a thousandfold (a place, a
 * browser never seen before), and by rows, so that a fast database is not kept busy for nothing.
 *
 * @param nanoTime the clock
 * @param until when the time is over, by that clock
 * @param rows the most rows
 */
record Budget(LongSupplier nanoTime, long until, int rows) {

    /** What a page may take, because a person waits for it. */
    static final Duration PAGE_TIME = Duration.ofSeconds(1);

    /** The most rows read for a page with a filter. */
    static final int PAGE_ROWS = 200_000;

    /**
     * What a look for everything that matches may take. It keeps a connection and a core of the database busy, and a
     * sweep of ten million sessions takes about ten seconds.
     */
    static final Duration LOOK_TIME = Duration.ofSeconds(60);

    /** What a total may take besides its page. */
    static final Duration TOTAL_TIME = Duration.ofSeconds(1);

    /** A budget that begins now. */
    static Budget of(Duration time, int rows) {
        return new Budget(System::nanoTime, System.nanoTime() + time.toNanos(), rows);
    }

    /** Whether it is used up after so many rows. */
    boolean isUsed(int rowsRead) {
        return rowsRead >= rows || nanoTime.getAsLong() - until >= 0;
    }
}
