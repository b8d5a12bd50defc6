package dev.identities.revocation;

import dev.identities.session.SessionRef;
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
 * which. Calling again finishes the rest.
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
        for (int from = 0; from < targets.size(); from += CHUNK) {
            for (SessionStore.Ended one : end(targets.subList(from, Math.min(targets.size(), from + CHUNK)), failed)) {
                ended.put(one.session(), send(one, round));
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

    private List<SessionStore.Ended> end(List<SessionRef> chunk, Set<SessionRef> failed) {
        try {
            return store.end(chunk);
        } catch (RuntimeException e) {
            if (chunk.size() > 1) {
                return chunk.stream()
                        .flatMap(one -> end(List.of(one), failed).stream())
                        .toList();
            }
            LOG.errorf(e, "Session of user %s could not be ended", chunk.get(0).userId());
            failed.addAll(chunk);
            return List.of();
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
