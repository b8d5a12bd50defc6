package dev.identities.keycloak.sessions;

import dev.identities.session.SessionKind;
import java.util.Set;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.models.sessions.infinispan.InfinispanUserSessionProvider;
import org.keycloak.models.sessions.infinispan.PersistentUserSessionProvider;
import org.keycloak.models.sessions.infinispan.remote.RemoteUserSessionProvider;

/**
 * Where this server keeps its sessions. The provider in use decides and not the features, because another extension may
 * have replaced Keycloak's provider.
 */
public enum SessionHome {
    /** All sessions are rows of Keycloak's table, and caches hold copies. Keycloak's default. */
    DATABASE,
    /** Online sessions are in Keycloak's own caches only; offline sessions are rows. */
    MEMORY,
    /** All sessions are in an Infinispan outside of Keycloak. */
    REMOTE,
    /** Another extension keeps them in a place that we do not know. */
    ELSEWHERE;

    public static SessionHome of(UserSessionProvider provider) {
        if (provider instanceof PersistentUserSessionProvider) {
            return DATABASE;
        }
        if (provider instanceof InfinispanUserSessionProvider) {
            return MEMORY;
        }
        return provider instanceof RemoteUserSessionProvider ? REMOTE : ELSEWHERE;
    }

    /** Whether sessions of this kind are rows of Keycloak's table. */
    public boolean hasRows(SessionKind kind) {
        return kindsWithRows().contains(kind);
    }

    /** The kinds whose sessions are rows. */
    public Set<SessionKind> kindsWithRows() {
        return switch (this) {
            case DATABASE -> Set.of(SessionKind.values());
            case MEMORY -> Set.of(SessionKind.OFFLINE);
            case REMOTE, ELSEWHERE -> Set.of();
        };
    }
}
