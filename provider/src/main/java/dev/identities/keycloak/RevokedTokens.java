package dev.identities.keycloak;

import java.util.Arrays;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/** Keycloak's store of revoked tokens. Keycloak 26.5 and 26.6 have it as a part of the store of single-use objects. */
final class RevokedTokens {

    private static final boolean STORE_OF_ITS_OWN = Arrays.stream(KeycloakSession.class.getMethods())
            .anyMatch(method -> method.getName().equals("revokedTokens"));

    private RevokedTokens() {}

    /** Whether it was not there before. */
    static boolean put(KeycloakSession session, String id, long seconds) {
        if (STORE_OF_ITS_OWN) {
            return session.revokedTokens().put(id, seconds);
        }
        boolean added = !contains(session, id);
        session.singleUseObjects().put(id + SingleUseObjectProvider.REVOKED_KEY, seconds, Map.of());
        return added;
    }

    static boolean contains(KeycloakSession session, String id) {
        return STORE_OF_ITS_OWN
                ? session.revokedTokens().contains(id)
                : session.singleUseObjects().contains(id + SingleUseObjectProvider.REVOKED_KEY);
    }
}
