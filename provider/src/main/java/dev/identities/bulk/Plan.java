package dev.identities.bulk;

import dev.identities.session.SessionId;
import dev.identities.session.SessionRef;
import java.util.Map;
import java.util.Optional;

/**
 * What a call is about to do. Nothing has ended yet.
 *
 * @param targets the sessions to end in this order, with their public ids
 * @param alreadyGone how many of those that the caller asked for are gone
 * @param noLongerMatching how many of them are there, but do not match the filter any more
 * @param newlyMatching how many match now and are not in the ticket; they stay
 * @param forbidden how many the caller may see but not end; they stay
 * @param callerLeftOut whether the caller's own session was asked for, and stays
 * @param more whether the look stopped because more match than it may hold
 * @param filter the filter; empty for a call by ids
 * @param ticket the id of the ticket; empty for a call by ids
 */
public record Plan(
        Map<SessionRef, SessionId> targets,
        long alreadyGone,
        long noLongerMatching,
        long newlyMatching,
        long forbidden,
        boolean callerLeftOut,
        boolean more,
        Optional<String> filter,
        Optional<String> ticket) {}
