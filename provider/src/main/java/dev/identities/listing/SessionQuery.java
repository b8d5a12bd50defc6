package dev.identities.listing;

import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.util.Optional;

/**
 * The query of a list of sessions, newest first. It goes unchanged from the API down to the store.
 *
 * @param user only the sessions of this user; empty for those of the realm
 * @param from only sessions after this id in the list; the session of the id may be gone
 * @param limit the most sessions on the page, at least 1
 */
public record SessionQuery(Optional<UserId> user, Optional<SessionId> from, int limit) {

    /**
     * Whether the query asks for a session. This decides, also after a store has filtered: a store may read too many
     * sessions, never too few.
     */
    public boolean matches(Session session) {
        return user.isEmpty() || user.get().equals(session.userId());
    }
}
