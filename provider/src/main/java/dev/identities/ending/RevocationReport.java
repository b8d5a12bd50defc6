package dev.identities.ending;

import java.util.List;
import java.util.stream.Stream;

/**
 * The outcome of a call to revoke, session by session.
 *
 * @param outcomes one per session asked for and per twin that went with it
 */
public record RevocationReport(List<Outcome> outcomes) {

    /** The report of a call that had no session to end. */
    public static final RevocationReport NOTHING = new RevocationReport(List.of());

    /** How many sessions ended this way. */
    public long count(Outcome.Status status) {
        return outcomes.stream().filter(outcome -> outcome.status() == status).count();
    }

    /** The outcomes for the audit: all but {@code ALREADY_GONE}, because this call did nothing to those sessions. */
    public List<Outcome> auditable() {
        return outcomes.stream()
                .filter(outcome -> outcome.status() != Outcome.Status.ALREADY_GONE)
                .toList();
    }

    /** Both reports as one. */
    public RevocationReport plus(RevocationReport more) {
        return new RevocationReport(
                Stream.concat(outcomes.stream(), more.outcomes.stream()).toList());
    }

    /** Whether at least one session may still be there. */
    public boolean anyFailed() {
        return count(Outcome.Status.FAILED) > 0;
    }
}
