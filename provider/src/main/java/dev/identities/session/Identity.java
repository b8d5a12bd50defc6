package dev.identities.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user with at least one live session. When the last session ends the identity is gone until the next sign-in.
 *
 * <p>Identity providers and applications are those of the most recently active sessions, whose number is bounded (see
 * the catalog).
 *
 * @param userId Keycloak's id of the user
 * @param sessionsCount live sessions, online and offline
 * @param firstStarted start of the oldest live session
 * @param lastSignIn latest sign-in
 * @param lastActive latest activity of any session
 * @param latest the most recently active session: the one that speaks for the person's identity provider
 * @param through aliases of the identity providers, that of {@code latest} first, each once; empty for a local sign-in
 * @param clients the applications, each once, most recently used first
 */
public record Identity(
        UserId userId,
        long sessionsCount,
        Instant firstStarted,
        Instant lastSignIn,
        Instant lastActive,
        Session latest,
        List<Optional<String>> through,
        List<ClientUse> clients) {

    /**
     * An identity whose recent sessions are all known.
     *
     * @param recent the most recently active sessions, latest first; at least one
     */
    public Identity(
            UserId userId,
            long sessionsCount,
            Instant firstStarted,
            Instant lastSignIn,
            Instant lastActive,
            List<Session> recent) {
        this(
                userId,
                sessionsCount,
                firstStarted,
                lastSignIn,
                lastActive,
                recent.get(0),
                recent.stream()
                        .map(session -> session.broker().map(Broker::alias))
                        .distinct()
                        .toList(),
                ClientUse.merged(recent.stream().flatMap(session -> session.clients().stream())));
    }

    /** Whether one of the recent sessions came through the identity provider of that alias. */
    public boolean cameThrough(String alias) {
        return through.contains(Optional.of(alias));
    }
}
