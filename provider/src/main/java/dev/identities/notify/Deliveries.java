package dev.identities.notify;

import dev.identities.text.LogText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tells parties in the background, so that a party that hangs costs the caller no time.
 *
 * <p>A message is tried three times. Parties and realms share the threads fairly, so a party that hangs delays only its
 * own messages. A message is logged and given up if it does not fit into the queue, or if the server stops first. The
 * session has ended in any case.
 */
public final class Deliveries implements AutoCloseable {

    /** Messages that may wait. Each holds one session's notes, some kilobytes: tens of megabytes at the most. */
    static final int MAX_WAITING = 10_000;

    /** Waiting messages for one party. The limit leaves room for the others when one party hangs. */
    static final int MAX_WAITING_FOR_ONE = MAX_WAITING / 4;

    /** How long a call waits for answers. Healthy applications answer within it, and a help desk does not notice it. */
    static final Duration PATIENCE = Duration.ofMillis(400);

    /** Threads of all parties. A party that hangs holds a thread until the attempt's time limit, some seconds. */
    static final int THREADS = 32;

    /** Threads of one party. They are enough for the messages that a large call sends to a healthy party. */
    static final int THREADS_FOR_ONE = 4;

    /** A thread without work ends after this time. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

    private static final String STOPPED = "the server stopped before it was delivered";

    /** A documented category, not the name of this class, because operators filter the log by it. */
    private static final Logger LOG = Logger.getLogger("dev.identities.revocation.Deliveries");

    /** The pauses before the second and the third attempt. */
    private final Duration[] pauses;

    private final ScheduledThreadPoolExecutor executor;
    private final FairExecutor turns;

    /**
     * Messages by party. Its lock is held while an outcome is logged, so that a server that stops waits until the line
     * is written.
     */
    private final Map<Party, Set<Message>> waiting = new HashMap<>();

    private int waitingForAll;
    private boolean closed;

    private final DeliveryMetrics metrics;

    public Deliveries(DeliveryMetrics metrics) {
        this(metrics, Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    public Deliveries(DeliveryMetrics metrics, Duration... pauses) {
        this.metrics = metrics;
        this.pauses = pauses;
        this.executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "identities-backchannel-logout");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        this.turns = new FairExecutor(executor, THREADS, THREADS_FOR_ONE);
    }

    /** The messages of one call. */
    public DeliveryBatch batch() {
        return new DeliveryBatch();
    }

    /**
     * The deliveries of one call. Several threads send messages while further sessions end, and the call waits once for
     * the answers. A batch keeps the outcome of each message, not the message.
     */
    public final class DeliveryBatch {
        private final List<CompletableFuture<Delivery.Status>> answers = new ArrayList<>();
        private final Set<List<String>> seen = new HashSet<>();

        /**
         * Starts delivering.
         *
         * @return gives the state of the delivery at the time it is asked. Empty when the party was told of this
         *     session already, because twins have the same id and parties
         */
        public synchronized Optional<Supplier<Delivery>> send(Message message) {
            String party = message.party();
            if (!seen.add(List.of(party, message.sid()))) {
                return Optional.empty();
            }
            if (!message.tellable()) {
                metrics.message(Delivery.Status.CANNOT_TELL);
                return Optional.of(() -> new Delivery(party, Delivery.Status.CANNOT_TELL));
            }
            CompletableFuture<Delivery.Status> answer = new CompletableFuture<>();
            answers.add(answer);
            submit(message, answer::complete);
            return Optional.of(() -> new Delivery(party, answer.getNow(Delivery.Status.PENDING)));
        }

        /** Waits a moment for quick answers. */
        public void await() {
            try {
                all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException goesOnInTheBackground) {
                LOG.debug("Some deliveries go on in the background");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized CompletableFuture<Void> all() {
            return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
        }
    }

    private void submit(Message message, FirstAnswer firstAnswer) {
        if (!admit(message)) {
            settled(message, Delivery.Status.FAILED, "too many deliveries are waiting, or the server is stopping");
            firstAnswer.is(Delivery.Status.FAILED);
            return;
        }
        try {
            turns.execute(Party.of(message), () -> attempt(message, 1, firstAnswer));
        } catch (RejectedExecutionException stopping) {
            finished(message, Delivery.Status.FAILED, "the server is stopping");
            firstAnswer.is(Delivery.Status.FAILED);
        }
    }

    private boolean admit(Message message) {
        synchronized (waiting) {
            Party party = Party.of(message);
            if (closed
                    || waitingForAll >= MAX_WAITING
                    || waiting.getOrDefault(party, Set.of()).size() >= MAX_WAITING_FOR_ONE) {
                return false;
            }
            if (waiting.computeIfAbsent(party, unused -> new HashSet<>()).add(message)) {
                waitingForAll++;
            }
            return true;
        }
    }

    /** Takes the message off the waiting ones. False when it was not waiting any more. */
    private boolean dismiss(Message message) {
        Party party = Party.of(message);
        Set<Message> forOne = waiting.getOrDefault(party, Set.of());
        if (!forOne.contains(message)) {
            return false;
        }
        forOne.remove(message);
        waitingForAll--;
        if (forOne.isEmpty()) {
            waiting.remove(party);
        }
        return true;
    }

    private void attempt(Message message, int number, FirstAnswer firstAnswer) {
        Message.Result result = Message.Result.NOT_CONFIRMED;
        try {
            result = message.attempt();
        } catch (RuntimeException | Error e) {
            // Code of other extensions runs here. Its failures must not lose the message, so they count as not
            // confirmed.
            LOG.debugf(e, "Telling %s failed", message.party());
        }
        boolean retry = result == Message.Result.NOT_CONFIRMED && number <= pauses.length;
        if (retry && !executor.isShutdown()) {
            try {
                // The attempt logs its outcome itself.
                Future<?> unused = executor.schedule(
                        () -> again(message, number + 1), pauses[number - 1].toMillis(), TimeUnit.MILLISECONDS);
                firstAnswer.is(Delivery.Status.PENDING);
                return;
            } catch (RejectedExecutionException stopping) {
                LOG.debug("No further attempt, the server is stopping");
            }
        }
        Delivery.Status status =
                switch (result) {
                    case CONFIRMED -> Delivery.Status.CONFIRMED;
                    case NOT_CONFIRMED -> Delivery.Status.FAILED;
                    case NOTHING_SENT -> Delivery.Status.CANNOT_TELL;
                };
        finished(message, status, retry ? STOPPED : "attempt " + number);
        firstAnswer.is(status);
    }

    private void again(Message message, int number) {
        Runnable attempt = () -> attempt(message, number, ignored -> {});
        try {
            turns.execute(Party.of(message), attempt);
        } catch (RejectedExecutionException stopping) {
            attempt.run();
        }
    }

    private void finished(Message message, Delivery.Status status, String how) {
        // The last attempt and the stopping server may both come here. The first one settles the message.
        synchronized (waiting) {
            if (dismiss(message)) {
                settled(message, status, how);
            }
        }
    }

    private void settled(Message message, Delivery.Status status, String how) {
        metrics.message(status);
        Logger.Level level = status == Delivery.Status.FAILED ? Logger.Level.WARN : Logger.Level.INFO;
        LOG.logf(
                level,
                "BACKCHANNEL_LOGOUT outcome=%s realm=\"%s\" party=\"%s\" session=%s (%s)",
                status,
                LogText.clean(message.realm()),
                LogText.clean(message.party()),
                LogText.clean(message.sid()),
                how);
    }

    /** Gives deliveries under way a moment, then logs the messages that are left. */
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
        synchronized (waiting) {
            // Messages that wait behind a hanging party get no thread any more. Their loss must be in the log.
            closed = true;
            for (Message message :
                    waiting.values().stream().flatMap(Set::stream).toList()) {
                finished(message, Delivery.Status.FAILED, STOPPED);
            }
        }
    }

    private interface FirstAnswer {
        void is(Delivery.Status status);
    }
}
