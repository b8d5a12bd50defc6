package dev.identities.revocation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells applications and identity providers in the background, so that one that hangs costs the caller nothing.
 *
 * <p>A message is tried {@value #ATTEMPTS} times. What is still undelivered when the server stops, or does not fit into
 * the queue, is logged and given up: the session itself is gone in any case.
 */
public final class Deliveries implements AutoCloseable {

    /** The first attempt and two more, after the pauses below. */
    static final int ATTEMPTS = 3;

    /** Messages that may wait. Each holds one session's notes, some kilobytes: tens of megabytes at the most. */
    static final int MAX_WAITING = 10_000;

    /** How long a call waits for answers: healthy applications answer within it, a help desk does not notice it. */
    static final Duration PATIENCE = Duration.ofMillis(400);

    /** Each thread can be held by a hanging application for the HTTP client's time-out of five seconds. */
    private static final int THREADS = 8;

    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(Deliveries.class);

    private final Duration[] pauses;
    private final ScheduledThreadPoolExecutor executor;
    private final Set<Message> waiting = ConcurrentHashMap.newKeySet();

    public Deliveries() {
        this(Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    Deliveries(Duration... pauses) {
        this.pauses = pauses;
        this.executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "identities-backchannel-logout");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts delivering, waits a moment for quick answers, and says how far each message got. */
    Map<Message, Delivery> send(List<Message> messages) {
        Map<Message, Delivery> results = new ConcurrentHashMap<>();
        List<Message> tellable = messages.stream().filter(Message::tellable).toList();
        CountDownLatch answered = new CountDownLatch(tellable.size());
        messages.forEach(message -> results.put(message, new Delivery(message.party(), Delivery.Status.CANNOT_TELL)));
        for (Message message : tellable) {
            results.put(message, new Delivery(message.party(), Delivery.Status.PENDING));
            submit(message, status -> {
                results.put(message, new Delivery(message.party(), status));
                answered.countDown();
            });
        }
        try {
            if (!answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debugf("%d deliveries go on in the background", answered.getCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new HashMap<>(results);
    }

    private void submit(Message message, FirstAnswer firstAnswer) {
        if (waiting.size() >= MAX_WAITING) {
            finished(message, Delivery.Status.FAILED, "too many deliveries are waiting");
            firstAnswer.is(Delivery.Status.FAILED);
            return;
        }
        waiting.add(message);
        try {
            executor.execute(() -> attempt(message, 1, firstAnswer));
        } catch (RejectedExecutionException stopping) {
            finished(message, Delivery.Status.FAILED, "the server is stopping");
            firstAnswer.is(Delivery.Status.FAILED);
        }
    }

    private void attempt(Message message, int number, FirstAnswer firstAnswer) {
        boolean confirmed = false;
        try {
            confirmed = message.attempt();
        } catch (RuntimeException e) {
            LOG.debugf(e, "Telling %s failed", message.party());
        }
        if (!confirmed && number < ATTEMPTS && !executor.isShutdown()) {
            try {
                // Its outcome is logged by the attempt itself.
                Future<?> unused = executor.schedule(
                        () -> attempt(message, number + 1, ignored -> {}),
                        pauses[number - 1].toMillis(),
                        TimeUnit.MILLISECONDS);
                firstAnswer.is(Delivery.Status.PENDING);
                return;
            } catch (RejectedExecutionException stopping) {
                LOG.debug("No further attempt, the server is stopping");
            }
        }
        Delivery.Status status = confirmed ? Delivery.Status.CONFIRMED : Delivery.Status.FAILED;
        finished(message, status, "attempt " + number);
        firstAnswer.is(status);
    }

    private void finished(Message message, Delivery.Status status, String how) {
        waiting.remove(message);
        Logger.Level level = status == Delivery.Status.FAILED ? Logger.Level.WARN : Logger.Level.INFO;
        LOG.logf(
                level,
                "BACKCHANNEL_LOGOUT outcome=%s party=\"%s\" session=%s (%s)",
                status,
                LogText.clean(message.party()),
                LogText.clean(message.sid()),
                how);
    }

    /** Gives deliveries under way a moment, then names what is left. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(SHUTDOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        for (Message message : List.copyOf(waiting)) {
            finished(message, Delivery.Status.FAILED, "the server stopped before it was delivered");
        }
    }

    private interface FirstAnswer {
        void is(Delivery.Status status);
    }
}
