package dev.identities.listing;

import dev.identities.session.ClientUse;
import dev.identities.session.Session;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The most recently active sessions of people as {@link IdentityReader} needs them. The columns of a row are cheap. All
 * else is in Keycloak's JSON, which is costly to read.
 */
public interface RecentRows {

    /**
     * One of a user's most recently active rows. Expired rows are left out as far as SQL can tell.
     *
     * @param through the identity provider; empty when the columns do not tell it, or when the provider may be gone
     * @param sessions how many live rows the user has, as far as SQL can tell
     * @param oldest second since the epoch in which the oldest of them was created
     */
    record Recent(SessionRows.Row row, Optional<Through> through, long sessions, long oldest) {}

    /**
     * How a session came about.
     *
     * @param alias of the identity provider; empty for a local sign-in
     */
    record Through(Optional<String> alias) {}

    /** The use of an application in one session, by the columns alone. */
    record Visit(SessionRows.Row row, String clientUuid, Instant lastActive) {}

    /**
     * Rows of these users, user by user, most recently active first.
     *
     * @param users not more than a few hundred
     * @param max the most rows of each
     */
    List<Recent> recent(List<UserId> users, int max);

    /** The live sessions among the rows, complete with clients. */
    List<Session> sessions(List<SessionRows.Row> rows);

    /** The applications of these rows. */
    List<Visit> visits(List<SessionRows.Row> rows);

    /** The applications of these rows, with the time at which each was first reached. */
    Map<SessionRef, List<ClientUse>> uses(List<SessionRows.Row> rows);

    /**
     * The longest time between a person's return to a session, which the row's activity has, and the end of that
     * sign-in, which only the JSON has: people may have to prove themselves anew.
     */
    Duration longestSignIn();
}
