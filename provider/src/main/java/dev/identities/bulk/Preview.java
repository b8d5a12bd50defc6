package dev.identities.bulk;

import dev.identities.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a dry run.
 *
 * @param sessions how many the caller may end, at most {@link BulkRevocation#MAX_SESSIONS}; the caller's own is among them
 * @param users how many people have them
 * @param applications how many applications they reached
 * @param identityProviders how many came through each identity provider, by its alias; the empty one stands for the
 *     realm's own accounts
 * @param sample the newest of them, newest first, at most twenty
 * @param forbidden how many more the caller may see but not end
 * @param more whether the dry run stopped looking because there are more than it may hold
 * @param includesCaller whether the caller's own session is among them
 * @param asOf the second that the filter took for now
 * @param ticket for the call that ends them; empty for a dry run by ids, which needs none
 */
public record Preview(
        int sessions,
        long users,
        long applications,
        Map<String, Long> identityProviders,
        List<Session> sample,
        long forbidden,
        boolean more,
        boolean includesCaller,
        Instant asOf,
        Optional<IssuedTicket> ticket) {

    /**
     * A ticket as its caller gets it.
     *
     * @param text under seal
     * @param expires the second in which it stops working
     */
    public record IssuedTicket(String text, Instant expires) {}
}
