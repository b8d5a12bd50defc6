package dev.identities.session;

/**
 * The little that must be known of a session to end it. The session may be live, over but still have a row, or a ghost,
 * which has lost its row and lives on in a cache.
 *
 * @param hasRow false for a ghost; no list shows it
 */
public record KnownSession(SessionId id, UserId userId, boolean hasRow) {

    /** The reference by which the session can be ended. */
    public SessionRef ref() {
        return new SessionRef(id.sid(), id.kind(), userId);
    }
}
