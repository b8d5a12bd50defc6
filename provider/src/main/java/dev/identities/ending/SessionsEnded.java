package dev.identities.ending;

/**
 * One call that was to end sessions is over. There is one event for all sessions of a call, because a call may end
 * thousands, and a listener that writes should not need a transaction for each.
 *
 * @param report the outcome for each session, in the order asked for; empty when there was no session to end
 */
public record SessionsEnded(Cause cause, RevocationReport report) {}
