package dev.identities.ending;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Runs the parts of a job a few at a time. The caller works along, so the job goes on also when no helper is free. */
final class ParallelRunner {

    private static final Logger LOG = Logger.getLogger(ParallelRunner.class);

    private final Executor helpers;
    private final int atOnce;

    /**
     * The runner of one call.
     *
     * @param helpers the other threads; may refuse a task
     * @param atOnce how many parts run at a time, the caller's included
     */
    ParallelRunner(Executor helpers, int atOnce) {
        this.helpers = helpers;
        this.atOnce = atOnce;
    }

    /**
     * Runs all parts and returns when each is done. A part that throws is logged and counts as done, and the others go
     * on. This method reports no results, so the work must keep its own.
     */
    <T> void each(List<T> parts, Consumer<T> work) {
        Queue<T> left = new ConcurrentLinkedQueue<>(parts);
        CountDownLatch undone = new CountDownLatch(parts.size());
        Runnable worker = () -> {
            for (T part = left.poll(); part != null; part = left.poll()) {
                try {
                    work.accept(part);
                } catch (RuntimeException | Error e) {
                    LOG.error("A part of a call's work failed", e);
                } finally {
                    undone.countDown();
                }
            }
        };
        for (int hand = 1; hand < Math.min(atOnce, parts.size()); hand++) {
            try {
                helpers.execute(worker);
            } catch (RejectedExecutionException stopping) {
                LOG.debug("No helpers, the server is stopping");
                break;
            }
        }
        worker.run();
        awaitAll(undone);
    }

    /** Goes on waiting when interrupted, because the results of the helpers are not known before they are done. */
    private static void awaitAll(CountDownLatch undone) {
        boolean interrupted = false;
        while (true) {
            try {
                undone.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
