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
 * Ends sessions: first the sessions go and that is committed, then applications are told.
 *
 * <p>Small transactions: a failure in the middle leaves every session either as it was or gone, and the report says
 * which. Where the answer to a commit got lost nobody can say; such a session counts as not ended, and calling again
 * finishes the rest. A session that cannot be ended does not keep the others; a store that does not answer at all is not
 * asked for each of them.
 */
public final class Revoker {

    /** Sessions per transaction: large enough to share its cost, small enough to lose little when one fails. */
    static final int CHUNK = 20;

    /**
     * Transactions of one call at a time. Most of what one takes is waiting for the database; more of them would take
     * connections from those who sign in.
     */
    static final int AT_ONCE = 4;

    /**
     * A call that gets nowhere for so long answers, before whoever waits for it, or a proxy, gives up. It is looked at
     * after each attempt, and an attempt takes ten seconds when somebody else holds a session locked.
     */
    private static final Duration MAX_STANDSTILL = Duration.ofSeconds(25);

    private static final Logger LOG = Logger.getLogger(Revoker.class);

    private final SessionStore store;
    private final List<EndingListener> listeners;
    private final ParallelRunner hands;
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
        this.hands = new ParallelRunner(helpers, AT_ONCE);
        this.maxStandstill = maxStandstill;
    }

    /**
     * Ends these sessions. Never throws for a failure of the store or of a listener: the report has the former, the log
     * the latter. Applications are told of every session whose removal was committed.
     *
     * @param twinsToo whether nobody may make a session of the other kind of them any more
     */
    public RevocationReport revoke(List<SessionRef> sessions, boolean twinsToo, Cause cause) {
        List<SessionRef> targets = List.copyOf(new LinkedHashSet<>(sessions));
        Call call = new Call(twinsToo);
        hands.each(chunks(targets), call::end);
        hands.each(List.copyOf(call.held), call::endPatiently);
        hear(EndingListener::awaitAnswers);
        hands.each(chunks(targets.stream().filter(call.settled::contains).toList()), call::look);
        RevocationReport report =
                new RevocationReport(targets.stream().map(call::outcome).toList());
        SessionsEnded event = new SessionsEnded(cause, report);
        hear(listener -> listener.ended(event));
        return report;
    }

    /** The sessions are gone, whatever a listener does. */
    private void hear(Consumer<EndingListener> what) {
        for (EndingListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s could not do its part after the end of sessions", listener.getClass());
            }
        }
    }

    /** What goes by these ids by now. A code exchange under way may have made an offline session of one that was ended. */
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

        /** Those that are ended, or were before. */
        private final Set<SessionRef> settled = ConcurrentHashMap.newKeySet();

        private final Map<SessionRef, List<Supplier<Delivery>>> ended = new ConcurrentHashMap<>();

        /** Of the settled, those that were looked for and not found. */
        private final Set<SessionRef> gone = ConcurrentHashMap.newKeySet();

        /** Those that somebody else holds, to be waited for at the end; each with its twin. */
        private final Queue<List<SessionRef>> held = new ConcurrentLinkedQueue<>();

        private volatile long lastProgressNanos = System.nanoTime();
        private volatile boolean storeDown;
        private volatile boolean unverifiable;

        Call(boolean twinsToo) {
            this.twinsToo = twinsToo;
        }

        /** What neither it nor {@link #endPatiently} settles has failed. */
        void end(List<SessionRef> chunk) {
            try {
                tryToEnd(chunk, false);
            } catch (SessionStore.HeldException e) {
                List<List<SessionRef>> parts = byId(chunk);
                if (parts.size() == 1) {
                    // Others first: whoever waits keeps them.
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
                    // Each attempt may take seconds: with a thousand sessions, nobody would wait for the answer.
                    LOG.error("The store does not answer, or takes too long: sessions that are left are not tried", e);
                    storeDown = true;
                } else if (byId(chunk).size() > 1) {
                    // What is not there was perhaps ended, and the answer got lost.
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

        /** Nothing when the store does not answer. */
        private Optional<List<SessionRef>> stillThere(List<SessionRef> sessions) {
            try {
                return Optional.of(store.stillThere(sessions));
            } catch (RuntimeException e) {
                LOG.error("The store could not be asked for sessions that it was to end", e);
                return Optional.empty();
            }
        }

        /**
         * Trusts nothing but a second look, as late as possible: a session that is still there, or cannot be looked for,
         * was not ended.
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
