package dev.identities.ending;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a call to revoke did, session by session.
 *
 * @param outcomes one per session asked for and per twin that went with it
 */
public record RevocationReport(List<Outcome> outcomes) {

    /** Of a call that had no session to end. */
    public static final RevocationReport NOTHING = new RevocationReport(List.of());

    /** How many sessions ended this way. */
    public long count(Outcome.Status status) {
        return outcomes.stream().filter(outcome -> outcome.status() == status).count();
    }

    /** What is worth a record: what ended, and what should have. A session that was gone already is nobody's deed. */
    public List<Outcome> auditable() {
        return outcomes.stream()
                .filter(outcome -> outcome.status() != Outcome.Status.ALREADY_GONE)
                .toList();
    }

    RevocationReport plus(RevocationReport more) {
        return new RevocationReport(
                Stream.concat(outcomes.stream(), more.outcomes.stream()).toList());
    }

    /** Whether any session may still be there although it should not. */
    public boolean anyFailed() {
        return count(Outcome.Status.FAILED) > 0;
    }
}
