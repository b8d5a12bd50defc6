package dev.identities.api.pingfederate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the requests of each caller on this server node only, because a count for the whole cluster would cost a round
 * trip per request. Each caller has a bucket of one minute's requests that fills up evenly. A short burst passes, and a
 * loop does not.
 */
public final class RateLimit {

    /** The most callers remembered. The one whose last call is the oldest is forgotten first. Few clients may call. */
    static final int MAX_CALLERS = 10_000;

    private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;

    /** Buckets by caller, in the order of the latest calls. */
    private final Map<Caller, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** A client of a realm. Both names may hold any character. */
    record Caller(String realm, String clientId) {}

    /** The requests that a caller has left at a moment. */
    private record Bucket(double left, long at) {}

    /** Limits by the machine's monotonic clock. */
    public RateLimit() {
        this(System::nanoTime);
    }

    RateLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Takes one request of a caller.
     *
     * @return zero when it may go on, else how long to wait before the next try
     */
    synchronized Duration take(Caller caller, int perMinute) {
        long now = nanoTime.getAsLong();
        double left = left(buckets.get(caller), perMinute, now);
        if (left < 1) {
            buckets.put(caller, new Bucket(left, now));
            return Duration.ofNanos((long) Math.ceil((1 - left) * NANOS_PER_MINUTE / perMinute));
        }
        buckets.put(caller, new Bucket(left - 1, now));
        if (buckets.size() > MAX_CALLERS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return Duration.ZERO;
    }

    private static double left(Bucket bucket, int perMinute, long now) {
        return bucket == null
                ? perMinute
                : Math.min(perMinute, bucket.left() + (now - bucket.at()) / NANOS_PER_MINUTE * perMinute);
    }
}
