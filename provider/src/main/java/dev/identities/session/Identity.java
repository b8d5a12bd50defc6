package dev.identities.session;

import java.time.Instant;
import java.util.List;

/**
 * A user with at least one live session. When the last session ends the identity is gone until the next sign-in.
 *
 * @param userId Keycloak's id of the user
 * @param sessionsCount live sessions, online and offline
 * @param firstStarted start of the oldest live session
 * @param lastSignIn latest sign-in
 * @param lastActive latest activity of any session
 * @param recent the most recently active sessions, latest first; at least one, and bounded (see the catalog)
 */
public record Identity(
        UserId userId,
        long sessionsCount,
        Instant firstStarted,
        Instant lastSignIn,
        Instant lastActive,
        List<Session> recent) {

    /** The most recently active session: the one that speaks for the person's identity provider. */
    public Session latest() {
        return recent.get(0);
    }
}
