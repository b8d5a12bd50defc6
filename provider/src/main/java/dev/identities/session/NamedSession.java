package dev.identities.session;

import java.util.Optional;

/**
 * A session as a caller names it.
 *
 * @param sid Keycloak's id of it
 * @param id its public id, if the caller gave that one; it names one kind of session, and not a later one of that
 *     {@code sid}
 */
public record NamedSession(String sid, Optional<SessionId> id) {

    /**
     * Reads a public id, or Keycloak's own.
     *
     * @return empty when the text is neither
     */
    public static Optional<NamedSession> parse(String text) {
        Optional<SessionId> id = SessionId.parse(text);
        if (id.isPresent()) {
            return Optional.of(new NamedSession(id.get().sid(), id));
        }
        return SessionId.isSid(text) && !text.startsWith("usr_")
                ? Optional.of(new NamedSession(text, Optional.empty()))
                : Optional.empty();
    }

    /** Whether it is the name of this session. */
    public boolean names(SessionId session) {
        return id.isEmpty() || (id.get().kind() == session.kind() && id.get().createdOn() == session.createdOn());
    }
}
