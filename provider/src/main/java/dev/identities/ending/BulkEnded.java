package dev.identities.ending;

import java.util.Optional;

/**
 * A call that was to end many sessions is over. It tried them in batches, and listeners had a {@link SessionsEnded} for
 * each batch.
 *
 * @param filter what the sessions had to match, at most some thousand characters; untrusted. Empty for a call by ids
 * @param ticket the id of the ticket of the call; empty for a call by ids
 */
public record BulkEnded(Cause cause, Optional<String> filter, Optional<String> ticket, Counts counts) {

    /**
     * What became of the sessions that were asked for.
     *
     * @param ended by this call
     * @param alreadyGone ended before this call came to them
     * @param noLongerMatching live, and spared because they changed after the dry run
     * @param newlyMatching live, and spared because the dry run did not have them
     * @param forbidden spared because the caller may not end them
     * @param failed maybe still there
     * @param untried of those, how many the call did not come to
     * @param callerLeftOut whether the caller's own session was spared
     * @param more whether more sessions match than one call looks at
     */
    public record Counts(
            long ended,
            long alreadyGone,
            long noLongerMatching,
            long newlyMatching,
            long forbidden,
            long failed,
            long untried,
            boolean callerLeftOut,
            boolean more) {}
}
