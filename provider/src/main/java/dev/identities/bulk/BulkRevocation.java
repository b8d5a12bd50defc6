package dev.identities.bulk;

import dev.identities.access.AdminCaller;
import dev.identities.ending.BulkEnded;
import dev.identities.ending.Cause;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.Revocations;
import dev.identities.listing.SessionCatalog;
import dev.identities.session.KnownSession;
import dev.identities.session.NamedSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionRef;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ends many sessions of one realm. Several calls may run at a time, on one node or several: a session that two of them
 * want ends once, and the other call reports it as gone. Calls of one node share the threads of {@code Revoker}.
 */
public final class BulkRevocation {

    /**
     * The most sessions of a call by filter. Ending them takes some fifteen seconds, so that a client that waits for the
     * answer does not give up; and a ticket for them fits well into a body.
     */
    public static final int MAX_SESSIONS = 10_000;

    /** The most sessions of a call by ids: each of them is looked up by itself. */
    public static final int MAX_IDS = 500;

    /**
     * Sessions between two reports of progress. A call that is to stop ends so many more at most, which takes less than a
     * second. Each batch waits a moment for the answers of applications, so small batches would make a call slow.
     */
    static final int BATCH = 250;

    /**
     * How many matching sessions are looked at for a call with a ticket. It is more than a ticket holds, because sessions
     * that are newer than the ticket come first.
     */
    static final int MAX_LOOKED_AT = 2 * MAX_SESSIONS;

    private final SessionCatalog catalog;
    private final Revocations revocations;
    private final Tickets tickets;
    private final int reasonThreshold;
    private final InstantSource clock;

    /**
     * How sessions are to be ended.
     *
     * @param reason the caller's words, possibly empty; untrusted
     * @param includeSelf whether the caller's own session ends as well
     */
    public record CallOptions(String reason, boolean includeSelf) {}

    /**
     * Bulk calls in one realm.
     *
     * @param reasonThreshold a call that is to end more sessions than this must give a reason
     */
    public BulkRevocation(SessionCatalog catalog, Revocations revocations, TicketOffice office, int reasonThreshold) {
        this(catalog, revocations, office, reasonThreshold, InstantSource.system());
    }

    BulkRevocation(
            SessionCatalog catalog,
            Revocations revocations,
            TicketOffice office,
            int reasonThreshold,
            InstantSource clock) {
        this.catalog = catalog;
        this.revocations = revocations;
        this.tickets = new Tickets(office, clock);
        this.reasonThreshold = reasonThreshold;
        this.clock = clock;
    }

    /** Looks what a call by this filter would end, and ends nothing. */
    public Preview preview(BulkFilter filter, AdminCaller caller) {
        Instant asOf = now();
        Sifted sifted = new Sifted(caller);
        filter.newest(asOf, caller::mayView, MAX_SESSIONS + 1, sifted::take);
        Ticket ticket = tickets.issue(caller, filter, asOf, sifted.entries());
        return sifted.preview(asOf, Optional.of(new Preview.IssuedTicket(tickets.sealed(ticket), ticket.expires())));
    }

    /** Looks what a call by these ids would end, and ends nothing. Only live sessions count. */
    public Preview preview(Collection<NamedSession> named, AdminCaller caller) {
        Sifted sifted = new Sifted(caller);
        Set<SessionRef> seen = new HashSet<>();
        for (NamedSession one : named) {
            known(one, caller)
                    .filter(known -> seen.add(known.ref()))
                    .flatMap(known ->
                            catalog.findAnywhere(known.id().sid(), known.id().kind()))
                    .ifPresent(sifted::take);
        }
        return sifted.preview(now(), Optional.empty());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether a call that is to end so many sessions must give a reason. */
    public boolean needsReason(int sessions) {
        return sessions > reasonThreshold;
    }

    /**
     * The plan of the call with a ticket: the sessions of the ticket that match now. The ticket is used up if there is a
     * plan, and stays good if the look fails.
     *
     * @param ticket from outside, untrusted
     */
    public Plan plan(BulkFilter filter, String ticket, CallOptions options, AdminCaller caller)
            throws BulkRefusedException {
        Ticket opened = tickets.open(ticket, caller, filter);
        requireReason(opened.sessions().size(), options);
        Plan plan = new Look(opened, caller, options.includeSelf()).plan(filter, revocations::existing);
        tickets.use(opened);
        return plan;
    }

    private void requireReason(int sessions, CallOptions options) throws BulkRefusedException {
        if (options.reason().isBlank() && needsReason(sessions)) {
            throw new BulkRefusedException(BulkRefusedException.Reason.NO_REASON);
        }
    }

    /** The plan of a call by ids. An id that names no session that the caller may see counts as gone. */
    public Plan plan(Collection<NamedSession> named, CallOptions options, AdminCaller caller)
            throws BulkRefusedException {
        Map<SessionRef, SessionId> targets = new LinkedHashMap<>();
        Set<SessionRef> forbidden = new HashSet<>();
        long gone = 0;
        boolean leftOut = false;
        for (NamedSession one : named) {
            Optional<KnownSession> known = known(one, caller);
            if (known.isEmpty()) {
                gone++;
            } else if (!caller.mayManage(known.get().userId())) {
                forbidden.add(known.get().ref());
            } else if (!options.includeSelf()
                    && caller.isHereBy(known.get().id().sid())) {
                leftOut = true;
            } else {
                targets.put(known.get().ref(), known.get().id());
            }
        }
        requireReason(targets.size(), options);
        return new Plan(targets, gone, 0, 0, forbidden.size(), leftOut, false, Optional.empty(), Optional.empty());
    }

    /** The session of that name, if the caller may see it. It may be over and still have a row, or be a ghost. */
    private Optional<KnownSession> known(NamedSession named, AdminCaller caller) {
        return catalog.known(named.sid()).stream()
                .filter(known -> named.names(known.id()))
                .filter(known -> caller.mayView(known.userId()))
                .findFirst();
    }

    /**
     * Does what was planned, in batches. Each batch is committed before its progress is told. The call goes on when single
     * sessions fail. It stops when a batch ends nothing because the store does not answer; the rest is reported as failed.
     */
    public BulkReport end(Plan plan, Cause cause, Progress progress) {
        List<SessionRef> targets = List.copyOf(plan.targets().keySet());
        RevocationReport report = RevocationReport.NOTHING;
        int done = 0;
        boolean answers = true;
        try {
            while (progress.goOn(done, targets.size()) && done < targets.size() && answers) {
                List<SessionRef> batch = targets.subList(done, Math.min(targets.size(), done + BATCH));
                RevocationReport part = revocations.sessions(batch, cause);
                report = report.plus(part);
                done += batch.size();
                answers = part.count(Outcome.Status.FAILED) < part.outcomes().size();
            }
        } finally {
            BulkReport soFar = summed(plan, targets.subList(0, done), report);
            revocations.bulkEnded(new BulkEnded(cause, plan.filter(), plan.ticket(), soFar.counts()));
        }
        return summed(plan, targets.subList(0, done), report);
    }

    private static BulkReport summed(Plan plan, List<SessionRef> tried, RevocationReport report) {
        Map<SessionRef, SessionId> untried = new LinkedHashMap<>(plan.targets());
        tried.forEach(untried::remove);
        List<BulkReport.Failure> failures = new ArrayList<>();
        long ended = 0;
        long gone = plan.alreadyGone();
        for (Outcome outcome : report.outcomes()) {
            Optional<SessionId> target = Optional.ofNullable(plan.targets().get(outcome.session()));
            switch (outcome.status()) {
                case REVOKED -> ended += target.isPresent() ? 1 : 0;
                case ALREADY_GONE -> gone += target.isPresent() ? 1 : 0;
                case FAILED ->
                    failures.add(new BulkReport.Failure(
                            target.map(SessionId::toString)
                                    .orElse(outcome.session().sid()),
                            true));
            }
        }
        untried.values().forEach(id -> failures.add(new BulkReport.Failure(id.toString(), false)));
        return new BulkReport(
                new BulkEnded.Counts(
                        ended,
                        gone,
                        plan.noLongerMatching(),
                        plan.newlyMatching(),
                        plan.forbidden(),
                        failures.size(),
                        untried.size(),
                        plan.callerLeftOut(),
                        plan.more()),
                List.copyOf(failures),
                report);
    }
}
