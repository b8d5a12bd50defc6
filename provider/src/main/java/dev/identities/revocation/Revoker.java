package dev.identities.revocation;

import dev.identities.session.SessionRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Ends sessions: first the sessions go and that is committed, then applications are told.
 *
 * <p>Small transactions: a failure in the middle leaves every session either as it was or gone, and the report says
 * which. Calling again finishes the rest. A session that cannot be ended does not keep the others; a store that does not
 * answer at all is not asked for each of them.
 */
public final class Revoker {

    /** Sessions per transaction: large enough to share its cost, small enough to lose little when one fails. */
    static final int CHUNK = 20;

    private static final Logger LOG = Logger.getLogger(Revoker.class);

    private final SessionStore store;
    private final Deliveries deliveries;
    private final Tally tally;

    public Revoker(SessionStore store, Deliveries deliveries, Tally tally) {
        this.store = store;
        this.deliveries = deliveries;
        this.tally = tally;
    }

    /**
     * Ends these sessions. Never throws for a failure of the store: the report has it. Applications are told of every
     * session whose removal was committed.
     */
    public RevocationReport revoke(List<SessionRef> sessions) {
        List<SessionRef> targets = List.copyOf(new LinkedHashSet<>(sessions));
        Map<SessionRef, List<Supplier<Delivery>>> ended = new HashMap<>();
        Set<SessionRef> failed = new HashSet<>();
        Deliveries.Round round = deliveries.round();
        Deque<List<SessionRef>> chunks = chunks(targets);
        while (!chunks.isEmpty()) {
            List<SessionRef> chunk = chunks.poll();
            try {
                store.end(chunk).forEach(one -> ended.put(one.session(), send(one, round)));
            } catch (RuntimeException e) {
                if (!answers(chunk)) {
                    // Each attempt may take seconds: with a thousand sessions, nobody would wait for the answer.
                    LOG.error("The store does not answer: sessions that are left are not tried", e);
                    failed.addAll(chunk);
                    chunks.forEach(failed::addAll);
                    chunks.clear();
                } else if (chunk.size() > 1) {
                    chunk.forEach(one -> chunks.addFirst(List.of(one)));
                } else {
                    LOG.errorf(
                            e,
                            "Session of user %s could not be ended",
                            chunk.get(0).userId());
                    failed.addAll(chunk);
                }
            }
        }
        round.await();
        failed.addAll(stillThere(
                targets.stream().filter(target -> !failed.contains(target)).toList()));
        List<Outcome> outcomes = targets.stream()
                .map(target -> outcome(target, ended.get(target), failed.contains(target)))
                .toList();
        outcomes.forEach(outcome -> tally.session(outcome.status()));
        return new RevocationReport(outcomes);
    }

    private static Deque<List<SessionRef>> chunks(List<SessionRef> targets) {
        Deque<List<SessionRef>> chunks = new ArrayDeque<>();
        for (int from = 0; from < targets.size(); from += CHUNK) {
            chunks.add(targets.subList(from, Math.min(targets.size(), from + CHUNK)));
        }
        return chunks;
    }

    /** Whether the store failed with these sessions only. */
    private boolean answers(List<SessionRef> sessions) {
        try {
            List<SessionRef> unused = store.stillThere(sessions);
            return true;
        } catch (RuntimeException e) {
            LOG.debug("The store could not be asked for sessions that it failed to end", e);
            return false;
        }
    }

    private static List<Supplier<Delivery>> send(SessionStore.Ended ended, Deliveries.Round round) {
        return ended.messages().stream()
                .flatMap(message -> round.send(message).stream())
                .toList();
    }

    /**
     * Trusts nothing but a second look, as late as possible: a session that is still there, or cannot be looked for, was
     * not ended.
     */
    private List<SessionRef> stillThere(List<SessionRef> sessions) {
        try {
            return store.stillThere(sessions);
        } catch (RuntimeException e) {
            LOG.error("Sessions were ended, but the store could not be asked whether they are gone", e);
            return sessions;
        }
    }

    private static Outcome outcome(SessionRef target, List<Supplier<Delivery>> told, boolean failed) {
        if (failed) {
            return new Outcome(target, Outcome.Status.FAILED, List.of());
        }
        if (told == null) {
            return new Outcome(target, Outcome.Status.ALREADY_GONE, List.of());
        }
        return new Outcome(
                target, Outcome.Status.REVOKED, told.stream().map(Supplier::get).toList());
    }
}
