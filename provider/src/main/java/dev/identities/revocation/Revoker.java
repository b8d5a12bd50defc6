package dev.identities.revocation;

import dev.identities.session.SessionRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    public Revoker(SessionStore store, Deliveries deliveries) {
        this.store = store;
        this.deliveries = deliveries;
    }

    /** Ends these sessions. Never throws for a failure of the store: the report has it. */
    public RevocationReport revoke(List<SessionRef> sessions) {
        List<SessionRef> targets = List.copyOf(new LinkedHashSet<>(sessions));
        Map<SessionRef, SessionStore.Ended> ended = new HashMap<>();
        Set<SessionRef> failed = new HashSet<>();
        for (int from = 0; from < targets.size(); from += CHUNK) {
            end(targets.subList(from, Math.min(targets.size(), from + CHUNK)), ended, failed);
        }
        Map<Message, Delivery> told = deliveries.send(
                ended.values().stream().flatMap(e -> e.messages().stream()).toList());
        return new RevocationReport(targets.stream()
                .map(target -> outcome(target, ended.get(target), failed.contains(target), told::get))
                .toList());
    }

    private void end(List<SessionRef> chunk, Map<SessionRef, SessionStore.Ended> ended, Set<SessionRef> failed) {
        try {
            record(store.end(chunk), ended);
        } catch (RuntimeException e) {
            if (chunk.size() > 1) {
                chunk.forEach(one -> end(List.of(one), ended, failed));
                return;
            }
            LOG.errorf(e, "Session of user %s could not be ended", chunk.get(0).userId());
            failed.addAll(chunk);
            return;
        }
        failed.addAll(stillThere(chunk));
    }

    private static void record(List<SessionStore.Ended> news, Map<SessionRef, SessionStore.Ended> ended) {
        ended.putAll(news.stream().collect(Collectors.toMap(SessionStore.Ended::session, Function.identity())));
    }

    /** Trusts nothing but a second look: a session that is still there, or cannot be looked for, was not ended. */
    private List<SessionRef> stillThere(List<SessionRef> chunk) {
        try {
            return store.stillThere(chunk);
        } catch (RuntimeException e) {
            LOG.error("Sessions were ended, but the store could not be asked whether they are gone", e);
            return chunk;
        }
    }

    private static Outcome outcome(
            SessionRef target, SessionStore.Ended ended, boolean failed, Function<Message, Delivery> told) {
        if (failed) {
            return new Outcome(target, Outcome.Status.FAILED, List.of());
        }
        if (ended == null) {
            return new Outcome(target, Outcome.Status.ALREADY_GONE, List.of());
        }
        List<Delivery> deliveries = new ArrayList<>();
        ended.messages().forEach(message -> deliveries.add(told.apply(message)));
        return new Outcome(target, Outcome.Status.REVOKED, deliveries);
    }
}
