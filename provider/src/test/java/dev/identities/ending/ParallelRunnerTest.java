package dev.identities.ending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ParallelRunnerTest {

    private static final int AT_ONCE = 3;
    private static final int GENEROUS_SECONDS = 30;

    private final ExecutorService helpers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        helpers.shutdownNow();
    }

    private static List<Integer> parts(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    @DisplayName("as many parts as allowed are done at a time, and no more")
    void together() {
        CyclicBarrier all = new CyclicBarrier(AT_ONCE);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        new ParallelRunner(helpers, AT_ONCE).each(parts(3 * AT_ONCE), part -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            meet(all);
            running.decrementAndGet();
        });
        assertThat(most).hasValue(AT_ONCE);
    }

    private static void meet(CyclicBarrier all) {
        try {
            all.await(GENEROUS_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("they did not work at the same time", e);
        }
    }

    @Test
    @DisplayName("every part runs once, by the caller alone if no helper is free or the helpers refuse")
    void alone() {
        Set<Thread> workers = new HashSet<>();
        Set<Integer> done = new HashSet<>();
        new ParallelRunner(never -> {}, AT_ONCE).each(parts(10), part -> {
            workers.add(Thread.currentThread());
            assertThat(done.add(part)).isTrue();
        });
        new ParallelRunner(
                        refused -> {
                            throw new RejectedExecutionException();
                        },
                        AT_ONCE)
                .each(parts(20), part -> done.add(10 + part));
        assertThat(workers).isEqualTo(Collections.singleton(Thread.currentThread()));
        assertThat(done).hasSize(30);
    }

    @Test
    @DisplayName("it returns after the last part, also after one that throws in a helper, or an interruption")
    void waits() {
        CountDownLatch helping = new CountDownLatch(1);
        CountDownLatch calling = new CountDownLatch(1);
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        Thread caller = Thread.currentThread();
        new ParallelRunner(helpers, 2).each(parts(2), part -> {
            if (Thread.currentThread() == caller) {
                await(helping);
                calling.countDown();
            } else {
                helping.countDown();
                await(calling);
                caller.interrupt();
                done.add(part);
                throw new IllegalStateException("thrown in a helper, as it was to be");
            }
        });
        assertThat(done).as("the helper's part").hasSize(1);
        assertThat(Thread.interrupted()).as("the interruption is not lost").isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(GENEROUS_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("a part that throws, even an error, stops neither the other parts nor the caller")
    void failing() {
        Set<Integer> done = new HashSet<>();
        new ParallelRunner(never -> {}, AT_ONCE).each(parts(3), part -> {
            done.add(part);
            if (part == 0) {
                throw new LinkageError("of part " + part + ", as it was to be");
            }
        });
        assertThat(done).containsExactly(0, 1, 2);
    }
}
