package dev.identities.listing;

import dev.identities.session.KnownSession;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of one realm in the caches of all nodes, in no order. A cache may hold a ghost: a session whose row is
 * gone. No list shows it, but requests can use it until a call ends it.
 */
public interface CachedSessions {

    /** For a server whose sessions are in no cache: always empty. */
    CachedSessions NONE = new CachedSessions() {
        @Override
        public List<KnownSession> of(UserId user) {
            return List.of();
        }

        @Override
        public List<KnownSession> of(String sid) {
            return List.of();
        }

        @Override
        public Optional<Session> find(String sid, SessionKind kind) {
            return Optional.empty();
        }
    };

    /** A user's sessions. Looks through the caches: about ten thousand entries a node, as Keycloak is configured. */
    List<KnownSession> of(UserId user);

    /** The sessions of an id, one of each kind at most. */
    List<KnownSession> of(String sid);

    /** A session that is in a cache, as the cache has it. */
    Optional<Session> find(String sid, SessionKind kind);
}
