package dev.identities.ending;

/**
 * One call that was to end sessions is over. One event for all sessions of a call, because a call may end thousands and a
 * listener that writes should not need a transaction for each.
 *
 * @param report what became of each session, in the order asked for; without outcomes when there was nothing to end
 */
public record SessionsEnded(Cause cause, RevocationReport report) {}
