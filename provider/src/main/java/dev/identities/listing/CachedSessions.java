package dev.identities.listing;

import dev.identities.session.KnownSession;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;

/**
 * What the caches of all nodes hold of one realm, in no order. Where sessions have rows, a cache may hold one whose row is
 * gone: no list shows it, and it works all the same until it is ended.
 */
public interface CachedSessions {

    /** Of a server where no cache holds sessions. */
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
