package dev.identities.benchmark;

import java.util.Arrays;

/** How long one kind of request took, again and again. */
final class Samples {

    private static final double NANOS_PER_MILLI = 1e6;

    private double[] millis = new double[64];
    private int count;

    synchronized void add(long nanos) {
        if (count == millis.length) {
            millis = Arrays.copyOf(millis, 2 * count);
        }
        millis[count++] = nanos / NANOS_PER_MILLI;
    }

    synchronized int count() {
        return count;
    }

    double median() {
        return quantile(0.5);
    }

    double p95() {
        return quantile(0.95);
    }

    private synchronized double quantile(double share) {
        if (count == 0) {
            throw new IllegalStateException("Nothing was measured");
        }
        double[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * count) - 1];
    }
}
