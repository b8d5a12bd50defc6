package dev.identities.revocation;

import java.util.List;

/**
 * What a call to revoke did, session by session.
 *
 * @param outcomes one per session asked for and per twin that went with it
 */
public record RevocationReport(List<Outcome> outcomes) {

    /** How many sessions ended this way. */
    public long count(Outcome.Status status) {
        return outcomes.stream().filter(outcome -> outcome.status() == status).count();
    }

    /** Whether any session may still be there although it should not. */
    public boolean anyFailed() {
        return count(Outcome.Status.FAILED) > 0;
    }
}
