package dev.identities.session;

/**
 * A session of which no more is known than what it takes to end it. It may be live, or over and not cleared away yet, or
 * have lost its row and live on in a cache.
 *
 * @param hasRow false for one that only a cache holds: no list shows it
 */
public record KnownSession(SessionId id, UserId userId, boolean hasRow) {

    /** What it takes to end it. */
    public SessionRef ref() {
        return new SessionRef(id.sid(), id.kind(), userId);
    }
}
