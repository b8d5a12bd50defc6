package dev.identities.ending;

import dev.identities.notify.Delivery;
import dev.identities.session.SessionRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Ends sessions. First it removes the sessions and commits, then it tells applications.
 *
 * <p>It works in small transactions. A failure in the middle leaves each session either as it was or gone, and the
 * report says which. When the answer to a commit got lost, the outcome is unknown: the session then counts as not
 * ended, and another call finishes the rest. One session that cannot be ended does not stop the others. When the store
 * does not answer at all, the remaining sessions are not tried.
 */
public final class Revoker {

    /** Sessions per transaction: large enough to share its cost, small enough to lose little when one fails. */
    static final int CHUNK = 20;

    /**
     * Transactions of one call at a time. A transaction spends most of its time waiting for the database, so several
     * help. More than these would take database connections away from sign-ins.
     */
    static final int AT_ONCE = 4;

    /**
     * A call without progress answers after this time, so that it answers before a client or a proxy gives up. The time
     * is checked after each attempt. An attempt takes ten seconds when another transaction holds a session.
     */
    private static final Duration MAX_STANDSTILL = Duration.ofSeconds(25);

    private static final Logger LOG = Logger.getLogger(Revoker.class);

    private final SessionStore store;
    private final List<EndingListener> listeners;
    private final ParallelRunner runner;
    private final Duration maxStandstill;

    /**
     * Ends sessions of one store.
     *
     * @param listeners in the order in which they hear of an end
     * @param helpers threads that large calls are shared with; may refuse
     */
    public Revoker(SessionStore store, List<EndingListener> listeners, Executor helpers) {
        this(store, listeners, helpers, MAX_STANDSTILL);
    }

    Revoker(SessionStore store, List<EndingListener> listeners, Executor helpers, Duration maxStandstill) {
        this.store = store;
        this.listeners = List.copyOf(listeners);
        this.runner = new ParallelRunner(helpers, AT_ONCE);
        this.maxStandstill = maxStandstill;
    }

    /**
     * Ends these sessions. It does not throw when the store or a listener fails: the report has the failures of the
     * store, the log those of listeners. Applications are told of every session whose removal was committed.
     *
     * @param twinsToo whether requests under way are also kept from making the twins of these sessions
     */
    public RevocationReport revoke(List<SessionRef> sessions, boolean twinsToo, Cause cause) {
        List<SessionRef> targets = List.copyOf(new LinkedHashSet<>(sessions));
        Call call = new Call(twinsToo);
        runner.each(chunks(targets), call::end);
        runner.each(List.copyOf(call.held), call::endPatiently);
        hear(EndingListener::awaitAnswers);
        runner.each(chunks(targets.stream().filter(call.settled::contains).toList()), call::look);
        RevocationReport report =
                new RevocationReport(targets.stream().map(call::outcome).toList());
        SessionsEnded event = new SessionsEnded(cause, report);
        hear(listener -> listener.ended(event));
        return report;
    }

    void bulkEnded(BulkEnded event) {
        hear(listener -> listener.bulkEnded(event));
    }

    /** A failure of a listener is only logged, because the sessions are gone already. */
    private void hear(Consumer<EndingListener> what) {
        for (EndingListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s could not do its part after the end of sessions", listener.getClass());
            }
        }
    }

    /** The sessions of both kinds that have these ids now; late twins are among them. */
    List<SessionRef> existing(Collection<String> sids) {
        return store.existing(sids);
    }

    /** Sessions of one id stay together: Keycloak keeps the notes of an online session and of its offline twin as one. */
    private static List<List<SessionRef>> chunks(List<SessionRef> targets) {
        List<List<SessionRef>> chunks = new ArrayList<>();
        List<SessionRef> chunk = List.of();
        for (List<SessionRef> twins : byId(targets)) {
            if (chunk.isEmpty() || chunk.size() + twins.size() > CHUNK) {
                chunk = new ArrayList<>();
                chunks.add(chunk);
            }
            chunk.addAll(twins);
        }
        return chunks;
    }

    private static List<List<SessionRef>> byId(List<SessionRef> sessions) {
        return List.copyOf(sessions.stream()
                .collect(Collectors.groupingBy(SessionRef::sid, LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    /** How far one call got. Several threads work on it. */
    private final class Call {

        private final boolean twinsToo;

        /** The settled sessions; see the package for the term. */
        private final Set<SessionRef> settled = ConcurrentHashMap.newKeySet();

        private final Map<SessionRef, List<Supplier<Delivery>>> ended = new ConcurrentHashMap<>();

        /** Of the settled sessions, those that the last look did not find. */
        private final Set<SessionRef> gone = ConcurrentHashMap.newKeySet();

        /** Sessions that other transactions hold, each with its twin. The call waits for them at the end. */
        private final Queue<List<SessionRef>> held = new ConcurrentLinkedQueue<>();

        private volatile long lastProgressNanos = System.nanoTime();
        private volatile boolean storeDown;
        private volatile boolean unverifiable;

        Call(boolean twinsToo) {
            this.twinsToo = twinsToo;
        }

        /** A session that neither this method nor {@link #endPatiently} settles has failed. */
        void end(List<SessionRef> chunk) {
            try {
                tryToEnd(chunk, false);
            } catch (SessionStore.HeldException e) {
                List<List<SessionRef>> parts = byId(chunk);
                if (parts.size() == 1) {
                    // Held sessions wait until the end, because waiting for them now would delay the others.
                    held.add(chunk);
                } else {
                    parts.forEach(this::end);
                }
            }
        }

        void endPatiently(List<SessionRef> twins) {
            tryToEnd(twins, true);
        }

        private void tryToEnd(List<SessionRef> chunk, boolean patient) {
            if (storeDown) {
                return;
            }
            try {
                store.end(chunk, twinsToo, patient).forEach(one -> ended.put(one.session(), tell(one)));
                settled.addAll(chunk);
                lastProgressNanos = System.nanoTime();
            } catch (SessionStore.HeldException e) {
                throw e;
            } catch (RuntimeException e) {
                Optional<List<SessionRef>> there = stillThere(chunk);
                if (there.isEmpty() || System.nanoTime() - lastProgressNanos > maxStandstill.toNanos()) {
                    // Each attempt may take seconds, and with a thousand sessions the client would give up first.
                    LOG.error("The store does not answer, or takes too long: sessions that are left are not tried", e);
                    storeDown = true;
                } else if (byId(chunk).size() > 1) {
                    // A session that is missing was perhaps ended by the commit whose answer got lost.
                    byId(there.get()).forEach(this::end);
                } else {
                    LOG.errorf(
                            e,
                            "Session of user %s could not be ended",
                            chunk.get(0).userId());
                }
            }
        }

        private List<Supplier<Delivery>> tell(SessionStore.Ended one) {
            List<Supplier<Delivery>> told = new ArrayList<>();
            hear(listener -> told.addAll(listener.committed(one)));
            return told;
        }

        /** Empty when the store does not answer. */
        private Optional<List<SessionRef>> stillThere(List<SessionRef> sessions) {
            try {
                return Optional.of(store.stillThere(sessions));
            } catch (RuntimeException e) {
                LOG.error("The store could not be asked for sessions that it was to end", e);
                return Optional.empty();
            }
        }

        /**
         * Looks for the sessions once more, as late as possible. A session counts as not ended if it is still there, or
         * if the store cannot look for it.
         */
        void look(List<SessionRef> chunk) {
            Optional<List<SessionRef>> there = unverifiable ? Optional.empty() : stillThere(chunk);
            if (there.isEmpty()) {
                unverifiable = true;
            } else {
                gone.addAll(chunk);
                there.get().forEach(gone::remove);
            }
        }

        Outcome outcome(SessionRef target) {
            List<Supplier<Delivery>> told = ended.get(target);
            if (!gone.contains(target)) {
                return new Outcome(target, Outcome.Status.FAILED, List.of());
            }
            if (told == null) {
                return new Outcome(target, Outcome.Status.ALREADY_GONE, List.of());
            }
            return new Outcome(
                    target,
                    Outcome.Status.REVOKED,
                    told.stream().map(Supplier::get).toList());
        }
    }
}
