package dev.identities.bulk;

import dev.identities.access.AdminCaller;
import dev.identities.session.Broker;
import dev.identities.session.ClientUse;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sessions that a dry run comes across, told apart by what its caller may do with them. What is kept of a session is
 * its id for the ticket, and what it adds to the numbers.
 */
final class Sifted {

    /** How many sessions a dry run shows: enough to see whether the filter is the one that was meant. */
    static final int SAMPLE = 20;

    private final AdminCaller caller;
    private final Set<SessionId> entries = new LinkedHashSet<>();
    private final Set<UserId> users = new HashSet<>();
    private final Set<String> applications = new HashSet<>();
    private final Map<String, Long> identityProviders = new TreeMap<>();
    private final List<Session> sample = new ArrayList<>();
    private int allowed;
    private long forbidden;
    private boolean more;
    private boolean includesCaller;

    /** Nothing yet. */
    Sifted(AdminCaller caller) {
        this.caller = caller;
    }

    /** Takes this session if there is room. Forbidden ones take room too. */
    void take(Session session) {
        if (allowed + forbidden >= BulkRevocation.MAX_SESSIONS) {
            more = true;
        } else if (caller.mayManage(session.userId())) {
            allow(session);
        } else {
            forbidden++;
        }
    }

    private void allow(Session session) {
        allowed++;
        entries.add(Ticket.entry(session.id()));
        users.add(session.userId());
        session.clients().stream().map(ClientUse::clientUuid).forEach(applications::add);
        identityProviders.merge(session.broker().map(Broker::alias).orElse(""), 1L, Long::sum);
        if (sample.size() < SAMPLE) {
            sample.add(session);
        }
        includesCaller |= caller.isHereBy(session.id().sid());
    }

    /** Those that the caller may end, as a ticket has them. */
    Set<SessionId> entries() {
        return entries;
    }

    Preview preview(Instant asOf, Optional<Preview.IssuedTicket> ticket) {
        return new Preview(
                allowed,
                users.size(),
                applications.size(),
                identityProviders,
                List.copyOf(sample),
                forbidden,
                more,
                includesCaller,
                asOf,
                ticket);
    }
}
