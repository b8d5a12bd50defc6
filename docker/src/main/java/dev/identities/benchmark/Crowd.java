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

    private final Duration duration;

    Crowd(Duration duration) {
        this.duration = duration;
    }

    Load run(Runnable read, Runnable signIn) {
        Samples pages = new Samples();
        Samples signIns = new Samples();
        AtomicInteger failures = new AtomicInteger();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        ExecutorService people = Executors.newFixedThreadPool(READERS + DOORS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < READERS + DOORS; i++) {
            boolean reads = i < READERS;
            all.add(people.submit(() -> repeat(reads ? read : signIn, end, reads ? pages : signIns, failures)));
        }
        for (Future<?> one : all) {
            await(one);
        }
        people.shutdown();
        return new Load(
                READERS, (System.nanoTime() - start) / 1e9, Figure.of(pages), Figure.of(signIns), failures.get());
    }

    private static void repeat(Runnable request, long end, Samples samples, AtomicInteger failures) {
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
