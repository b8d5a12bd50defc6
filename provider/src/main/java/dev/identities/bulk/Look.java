package dev.identities.bulk;

import dev.identities.access.AdminCaller;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionRef;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The look that a call with a ticket takes: which sessions match now, and which of them are in the ticket. */
final class Look {

    private final Ticket ticket;
    private final AdminCaller caller;
    private final boolean includeSelf;
    private final Set<SessionId> missing;
    private final Map<SessionRef, SessionId> targets = new LinkedHashMap<>();
    private int lookedAt;
    private boolean more;
    private long newlyMatching;
    private long forbidden;
    private boolean callerLeftOut;

    /**
     * A look for one call.
     *
     * @param includeSelf whether the caller's own session is to end as well
     */
    Look(Ticket ticket, AdminCaller caller, boolean includeSelf) {
        this.ticket = ticket;
        this.caller = caller;
        this.includeSelf = includeSelf;
        this.missing = new HashSet<>(ticket.sessions());
    }

    /**
     * The plan of the call.
     *
     * @param existing gives the sessions that the store has by these ids, whether they match or not
     */
    Plan plan(BulkFilter filter, Function<Collection<String>, List<SessionRef>> existing) {
        filter.newest(ticket.asOf(), caller::mayView, BulkRevocation.MAX_LOOKED_AT + 1, this::take);
        Set<String> there = missing.isEmpty()
                ? Set.of()
                : existing.apply(missing.stream().map(SessionId::sid).toList()).stream()
                        .map(ref -> ref.kind() + ref.sid())
                        .collect(Collectors.toSet());
        long spared = missing.stream()
                .filter(id -> there.contains(id.kind() + id.sid()))
                .count();
        return new Plan(
                targets,
                missing.size() - spared,
                spared,
                newlyMatching,
                forbidden,
                callerLeftOut,
                more,
                Optional.of(filter.text()),
                Optional.of(ticket.id()));
    }

    private void take(Session session) {
        if (lookedAt == BulkRevocation.MAX_LOOKED_AT) {
            more = true;
            return;
        }
        lookedAt++;
        boolean known = missing.remove(Ticket.entry(session.id()));
        if (!caller.mayManage(session.userId())) {
            forbidden++;
        } else if (!known) {
            newlyMatching++;
        } else if (!includeSelf && caller.isHereBy(session.id().sid())) {
            callerLeftOut = true;
        } else {
            targets.put(session.ref(), session.id());
        }
    }
}
