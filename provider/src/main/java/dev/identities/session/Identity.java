package dev.identities.session;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** Whether one of the recent sessions came through the identity provider of that alias. */
    public boolean cameThrough(String alias) {
        return recent.stream().anyMatch(session -> session.cameThrough(alias));
    }

    /** The applications of the recent sessions, each once, most recently used first. */
    public List<ClientUse> clients() {
        Map<String, ClientUse> uses = new HashMap<>();
        recent.forEach(session -> session.clients().forEach(use -> uses.merge(use.clientUuid(), use, ClientUse::and)));
        return uses.values().stream().sorted(ClientUse.LATEST_FIRST).toList();
    }
}
