package dev.identities.notify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/**
 * Runs the tasks of parties on a few threads, and shares the threads fairly, because slow realms and parties must not
 * keep the others waiting.
 *
 * <p>A realm starts a task only while it holds fewer threads than are free. So one realm alone gets at most half of the
 * threads, a second realm half of the rest, and a free thread is left for the next. A party gets its first thread as
 * soon as its realm may have one. It gets further ones, up to a limit, only while its realm may still take more than
 * half of all threads. Realms take turns, and so do the parties of a realm.
 */
final class FairExecutor {

    private static final Logger LOG = Logger.getLogger(FairExecutor.class);

    private final Executor executor;
    private final int threads;
    private final int threadsForOne;

    /** The realms with a task that runs or waits, by name and in the order of their turns. */
    private final Map<String, Realm> realms = new LinkedHashMap<>();

    private int running;

    /**
     * A fair executor over another executor.
     *
     * @param threads tasks at a time; the executor must have as many threads
     * @param threadsForOne tasks of one party at a time
     */
    FairExecutor(Executor executor, int threads, int threadsForOne) {
        this.executor = executor;
        this.threads = threads;
        this.threadsForOne = threadsForOne;
    }

    private static final class Realm {
        private final Map<Party, Lane> lanes = new LinkedHashMap<>();
        private int running;
    }

    private static final class Lane {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    /** A task that is to run now, and its party. */
    private record Turn(Party party, Runnable task) {}

    /**
     * Runs the task when it is its turn.
     *
     * @throws RejectedExecutionException when the executor takes no more tasks
     */
    synchronized void execute(Party party, Runnable task) {
        Lane lane = realms.computeIfAbsent(party.realm(), unused -> new Realm())
                .lanes
                .computeIfAbsent(party, unused -> new Lane());
        lane.waiting.add(task);
        try {
            startAll();
        } catch (RejectedExecutionException stopping) {
            lane.waiting.remove(task);
            forgetIfIdle(party);
            throw stopping;
        }
    }

    private void startAll() {
        for (Turn turn = pick(); turn != null; turn = pick()) {
            Turn picked = turn;
            try {
                executor.execute(() -> work(picked));
            } catch (RejectedExecutionException stopping) {
                lane(picked.party()).waiting.addFirst(picked.task());
                release(picked.party());
                throw stopping;
            }
        }
    }

    private void work(Turn first) {
        for (Turn turn = first; turn != null; turn = next(turn)) {
            run(turn.task());
        }
    }

    /** A task that fails gives its thread back like any other: else its party would have one less for good. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A task failed", e);
        }
    }

    /** The task that this thread runs next. When the server stops, only threads that run already go on. */
    private synchronized Turn next(Turn done) {
        release(done.party());
        forgetIfIdle(done.party());
        Turn mine = pick();
        try {
            startAll();
        } catch (RejectedExecutionException stopping) {
            return mine;
        }
        return mine;
    }

    /** Takes the task whose turn it is. Null when no realm and party with waiting tasks may have another thread. */
    private Turn pick() {
        int free = threads - running;
        for (Realm realm : realms.values()) {
            int left = free - realm.running;
            if (left <= 0) {
                continue;
            }
            int most = left > threads / 2 ? threadsForOne : 1;
            for (Map.Entry<Party, Lane> entry : realm.lanes.entrySet()) {
                Lane lane = entry.getValue();
                if (!lane.waiting.isEmpty() && lane.running < most) {
                    return take(entry.getKey(), realm, lane);
                }
            }
        }
        return null;
    }

    /** Takes the first task of the lane, and puts its realm and party behind the others. */
    private Turn take(Party party, Realm realm, Lane lane) {
        realm.lanes.remove(party);
        realm.lanes.put(party, lane);
        realms.remove(party.realm());
        realms.put(party.realm(), realm);
        running++;
        realm.running++;
        lane.running++;
        return new Turn(party, lane.waiting.remove());
    }

    private void release(Party party) {
        running--;
        realms.get(party.realm()).running--;
        lane(party).running--;
    }

    private void forgetIfIdle(Party party) {
        Realm realm = realms.get(party.realm());
        Lane lane = realm.lanes.get(party);
        if (lane.running == 0 && lane.waiting.isEmpty()) {
            realm.lanes.remove(party);
        }
        if (realm.lanes.isEmpty()) {
            realms.remove(party.realm());
        }
    }

    private Lane lane(Party party) {
        return realms.get(party.realm()).lanes.get(party);
    }
}
