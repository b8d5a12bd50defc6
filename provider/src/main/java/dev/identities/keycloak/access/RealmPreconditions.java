package dev.identities.keycloak.access;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The checks that Keycloak's own endpoints make first, and that a realm resource provider must make itself. */
final class RealmPreconditions {

    private RealmPreconditions() {}

    /** Refuses disabled realms, and plain HTTP where the realm requires TLS for this address. */
    static void check(KeycloakSession session, RealmModel realm) throws AccessDeniedException {
        boolean https =
                "https".equals(session.getContext().getUri().getBaseUri().getScheme());
        if (!https && realm.getSslRequired().isRequired(session.getContext().getConnection())) {
            throw new AccessDeniedException(Reason.HTTPS_REQUIRED);
        }
        if (!realm.isEnabled()) {
            throw new AccessDeniedException(Reason.REALM_DISABLED);
        }
    }
}
