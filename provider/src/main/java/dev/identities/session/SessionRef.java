package dev.identities.session;

/**
 * The reference by which a session is ended. An id alone is not enough: the same id may be online and offline, and a
 * session is only ended for the user it was looked up for.
 *
 * @param sid Keycloak's user session id
 * @param userId whose it is
 */
public record SessionRef(String sid, SessionKind kind, UserId userId) {

    /** The session of the other kind that may go by the same id. */
    public SessionRef twin() {
        return new SessionRef(sid, kind == SessionKind.ONLINE ? SessionKind.OFFLINE : SessionKind.ONLINE, userId);
    }
}
