package dev.identities.benchmark;

import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many readers at once, while people sign in. */
final class Crowd {

    private static final int READERS = 16;
    private static final int DOORS = 2;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Runnable read;
    private final Runnable signIn;
    private final Samples pages = new Samples();
    private final Samples signIns = new Samples();
    private final AtomicInteger failures = new AtomicInteger();
    private long nanos;

    Crowd(Runnable read, Runnable signIn) {
        this.read = read;
        this.signIn = signIn;
    }

    /** Runs for this long. Requests that have begun by then are finished, and count. */
    void run(Duration duration) {
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        ExecutorService people = Executors.newFixedThreadPool(READERS + DOORS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < READERS + DOORS; i++) {
            boolean reads = i < READERS;
            all.add(people.submit(() -> repeat(reads ? read : signIn, end, reads ? pages : signIns)));
        }
        for (Future<?> one : all) {
            await(one);
        }
        people.shutdown();
        nanos += System.nanoTime() - start;
    }

    Load load() {
        return new Load(READERS, nanos / NANOS_PER_SECOND, Figure.of(pages), Figure.of(signIns), failures.get());
    }

    private void repeat(Runnable request, long end, Samples samples) {
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            try {
                request.run();
                samples.add(System.nanoTime() - start);
            } catch (RuntimeException e) {
                failures.incrementAndGet();
            }
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
