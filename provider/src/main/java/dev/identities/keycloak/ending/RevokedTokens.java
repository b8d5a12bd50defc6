package dev.identities.keycloak.ending;

import java.util.Arrays;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RevokedTokenProvider;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Keycloak's store of revoked tokens: in most modes a part of the store of single-use objects, which keeps them in a
 * table and in a cache for all nodes.
 */
final class RevokedTokens {

    /** The only store that Keycloak 26.5 and 26.6 have. */
    private static final boolean HAS_STORE_OF_ITS_OWN = Arrays.stream(KeycloakSession.class.getMethods())
            .anyMatch(method -> method.getName().equals("revokedTokens"));

    /** For a server without caches: there the store is the table itself. */
    private static final String TABLE_ONLY = "jpa";

    private RevokedTokens() {}

    /**
     * Keeps the id for this time from now on. An id that was there before is prolonged, but not on a server without
     * caches. Keycloak's newer interface is not used, because it never prolongs, and because its cache has the id even
     * if the transaction fails.
     */
    static void put(KeycloakSession session, String id, long seconds) {
        if (HAS_STORE_OF_ITS_OWN && isTableOnly(session)) {
            boolean unused = session.revokedTokens().put(id, seconds);
        } else {
            session.singleUseObjects().put(id + SingleUseObjectProvider.REVOKED_KEY, seconds, Map.of());
        }
    }

    static boolean contains(KeycloakSession session, String id) {
        return HAS_STORE_OF_ITS_OWN
                ? session.revokedTokens().contains(id)
                : session.singleUseObjects().contains(id + SingleUseObjectProvider.REVOKED_KEY);
    }

    private static boolean isTableOnly(KeycloakSession session) {
        return session.getKeycloakSessionFactory()
                .getProviderFactory(RevokedTokenProvider.class)
                .getId()
                .equals(TABLE_ONLY);
    }
}
