package dev.identities.api.pingfederate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RateLimitTest {

    private final AtomicLong nanos = new AtomicLong();
    private final RateLimit limit = new RateLimit(nanos::get);

    @Test
    @DisplayName("a minute's requests may come at once; the next has to wait for its share of a minute")
    void burst() {
        assertPass("a", 3, 3);
        assertThat(take("a", 3)).isEqualTo(Duration.ofSeconds(20));
        assertThat(take("a", 3)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("the count goes back evenly, by parts of a request")
    void fractions() {
        assertPass("a", 3, 3);
        later(Duration.ofSeconds(5));
        assertThat(take("a", 3)).isEqualTo(Duration.ofSeconds(15));
        later(Duration.ofSeconds(25));
        assertPass("a", 3, 1);
        assertThat(take("a", 3)).isEqualTo(Duration.ofSeconds(10));
        later(Duration.ofSeconds(10));
        assertPass("a", 3, 1);
        assertThat(take("a", 3)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("refused tries neither cost anything nor put the end of the waiting off")
    void refusedTries() {
        assertPass("a", 3, 3);
        for (int i = 1; i < 20; i++) {
            later(Duration.ofSeconds(1));
            assertThat(take("a", 3)).isBetween(Duration.ofSeconds(20 - i), Duration.ofSeconds(20 - i, 1_000));
        }
        later(Duration.ofSeconds(1).plusNanos(1_000));
        assertPass("a", 3, 1);
    }

    @Test
    @DisplayName("a caller who waited long has one minute's requests, not more")
    void idle() {
        assertPass("a", 3, 3);
        later(Duration.ofDays(30));
        assertPass("a", 3, 3);
        assertThat(take("a", 3)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    @DisplayName("one a minute: one, and the next not before a minute is over")
    void onePerMinute() {
        assertPass("a", 1, 1);
        assertThat(take("a", 1)).isEqualTo(Duration.ofMinutes(1));
        later(Duration.ofMinutes(1).minusMillis(1));
        assertThat(take("a", 1)).isPositive().isLessThanOrEqualTo(Duration.ofMillis(2));
        later(Duration.ofMillis(2));
        assertPass("a", 1, 1);
        assertThat(take("a", 1)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("at every rate, to wait as long as told is enough, and a moment less is not")
    void waitingAsTold() {
        for (int perMinute = 1; perMinute <= 1_000; perMinute++) {
            String caller = "c" + perMinute;
            assertPass(caller, perMinute, perMinute);
            Duration wait = take(caller, perMinute);
            later(wait.minusNanos(2));
            assertThat(take(caller, perMinute)).as("%d", perMinute).isPositive();
            later(Duration.ofNanos(4));
            assertThat(take(caller, perMinute)).as("%d", perMinute).isZero();
        }
    }

    @Test
    @DisplayName("each caller has a count of its own")
    void callers() {
        assertPass("a", 1, 1);
        assertPass("b", 1, 1);
        assertThat(take("a", 1)).isPositive();
        assertThat(take("b", 1)).isPositive();
    }

    @Test
    @DisplayName(
            "a limit that is changed holds at once: a lower one takes away what was left, a higher one gives it back")
    void changed() {
        assertPass("a", 100, 1);
        assertPass("a", 2, 2);
        assertThat(take("a", 2)).isEqualTo(Duration.ofSeconds(30));
        assertThat(take("a", 600)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    @DisplayName("the clock may start anywhere, below zero, and wrap around")
    void clock() {
        nanos.set(Long.MAX_VALUE);
        assertPass("a", 2, 2);
        nanos.set(Long.MIN_VALUE + Duration.ofSeconds(10).toNanos() - 1);
        assertThat(take("a", 2)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(20, 2));
        later(Duration.ofSeconds(20, 2));
        assertPass("a", 2, 1);
    }

    @Test
    @DisplayName("callers remembered are bounded: the one that did not call for longest is forgotten first")
    void bounded() {
        assertPass("first", 1, 1);
        assertPass("second", 1, 1);
        for (int i = 2; i < RateLimit.MAX_CALLERS; i++) {
            assertPass("c" + i, 1, 1);
        }
        assertThat(take("first", 1)).isPositive();
        assertPass("one more", 1, 1);
        assertThat(take("first", 1)).isPositive();
        assertPass("second", 1, 1);
    }

    @Test
    @Timeout(60)
    @DisplayName("callers at the same time do not get more than one after the other")
    void concurrent() throws InterruptedException, ExecutionException {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Integer>> passed = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                passed.add(pool.submit(() -> {
                    start.await();
                    int passes = 0;
                    for (int j = 0; j < 5_000; j++) {
                        passes += take("a", 20_000).isZero() ? 1 : 0;
                    }
                    return passes;
                }));
            }
            start.countDown();
            int sum = 0;
            for (Future<Integer> each : passed) {
                sum += each.get();
            }
            assertThat(sum).isEqualTo(20_000);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @DisplayName("a realm and a client are told from another pair that is spelled alike when joined")
    void slashes() {
        assertThat(limit.take(new RateLimit.Caller("a/b", "c"), 1)).isZero();
        assertThat(limit.take(new RateLimit.Caller("a", "b/c"), 1)).isZero();
        assertThat(limit.take(new RateLimit.Caller("a", "b/c"), 1)).isPositive();
    }

    private Duration take(String clientId, int perMinute) {
        return limit.take(new RateLimit.Caller("acme", clientId), perMinute);
    }

    private void assertPass(String caller, int perMinute, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(take(caller, perMinute)).as(caller).isZero();
        }
    }

    private void later(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
