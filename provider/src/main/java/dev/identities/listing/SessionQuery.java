package dev.identities.listing;

import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;

/**
 * The query of a list of sessions, newest first. It goes unchanged from the API down to the store.
 *
 * @param user only the sessions of this user; empty for those of the realm
 * @param from only sessions after this id in the list; the session of the id may be gone
 * @param limit the most sessions on the page, at least 1
 * @param filter only the sessions that it asks for
 */
public record SessionQuery(
        Optional<UserId> user, Optional<SessionId> from, int limit, Optional<ListFilter<Session>> filter) {

    /** A query without a filter. */
    public SessionQuery(Optional<UserId> user, Optional<SessionId> from, int limit) {
        this(user, from, limit, Optional.empty());
    }

    /**
     * Whether the query asks for a session. This decides, also after a store has filtered: a store may read too many
     * sessions, never too few.
     */
    public boolean matches(Session session) {
        return (user.isEmpty() || user.get().equals(session.userId()))
                && (filter.isEmpty() || filter.get().asksFor().test(session));
    }

    /** Those of these sessions that the query asks for, in their order. What is costly is read for all of them. */
    List<Session> asked(List<Session> sessions) {
        List<Session> ofUser = user.isEmpty()
                ? sessions
                : sessions.stream()
                        .filter(session -> user.get().equals(session.userId()))
                        .toList();
        return filter.isEmpty() ? ofUser : filter.get().asked(ofUser);
    }

    /** Present if much is read to decide about a session, so that it is done by {@link #asked} for some at a time. */
    Optional<ListFilter.Costly<Session>> costly() {
        return filter.flatMap(ListFilter::costly);
    }
}
