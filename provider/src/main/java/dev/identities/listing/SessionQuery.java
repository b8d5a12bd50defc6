package dev.identities.listing;

import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.util.Optional;

/**
 * What a list of sessions is asked for; newest first. It goes as it is from the API down to the store.
 *
 * @param user only the sessions of this user; empty for those of the realm
 * @param from only what comes after that id in the list; the session itself need not exist any more
 * @param limit the most sessions on the page, at least 1
 */
public record SessionQuery(Optional<UserId> user, Optional<SessionId> from, int limit) {

    /**
     * Whether a session is asked for. Whatever a store has left out already, this decides: a store may read too much, never
     * too little.
     */
    public boolean matches(Session session) {
        return user.isEmpty() || user.get().equals(session.userId());
    }
}
