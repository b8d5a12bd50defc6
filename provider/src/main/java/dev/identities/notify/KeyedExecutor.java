package dev.identities.notify;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks of many keys by one executor, of each key a few at a time: a key whose tasks take for ever holds only its
 * own up, however many there are of them.
 */
final class KeyedExecutor {

    private final Executor executor;
    private final int width;
    private final Map<Object, Lane> lanes = new HashMap<>();

    /**
     * One over an executor.
     *
     * @param width tasks of one key at a time
     */
    KeyedExecutor(Executor executor, int width) {
        this.executor = executor;
        this.width = width;
    }

    private static final class Lane {
        private final Queue<Runnable> queue = new ArrayDeque<>();
        private int running;
    }

    /**
     * Runs the task when its lane and a thread are free.
     *
     * @throws RejectedExecutionException when the executor takes no more tasks
     */
    synchronized void execute(Object key, Runnable task) {
        Lane lane = lanes.computeIfAbsent(key, unused -> new Lane());
        if (lane.running < width) {
            executor.execute(() -> run(key, lane, task));
            lane.running++;
        } else {
            lane.queue.add(task);
        }
    }

    private void run(Object key, Lane lane, Runnable first) {
        for (Runnable task = first; task != null; task = next(key, lane)) {
            task.run();
        }
    }

    /** What this thread is to run now: nothing when the lane is empty, or when another thread takes over. */
    private synchronized Runnable next(Object key, Lane lane) {
        Runnable next = lane.queue.poll();
        if (next == null) {
            lane.running--;
            if (lane.running == 0) {
                lanes.remove(key);
            }
            return null;
        }
        try {
            // Behind what waits for a thread: a long lane must not keep one from the others.
            executor.execute(() -> run(key, lane, next));
            return null;
        } catch (RejectedExecutionException stopping) {
            return next;
        }
    }
}
