package dev.identities.keycloak;

import dev.identities.session.SessionRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.models.UserSessionModel;

/**
 * Makes sessions invalid where they are, and valid again. Keycloak takes no session for valid that came through an
 * identity provider which is not there any more, on any path: single sign-on, refresh, introspection, userinfo.
 */
final class Invalidation {

    /** Keycloak lets no identity provider have an alias with a slash in it. */
    private static final String NO_IDENTITY_PROVIDER = "identities/revoked";

    private final Map<SessionRef, Optional<String>> originals = new HashMap<>();

    /** Null stands for a session that is there, but of which Keycloak gives no model. */
    void apply(SessionRef ref, UserSessionModel session) {
        if (session == null) {
            originals.put(ref, Optional.empty());
            return;
        }
        originals.put(ref, Optional.ofNullable(session.getNote(Details.IDENTITY_PROVIDER)));
        session.setNote(Details.IDENTITY_PROVIDER, NO_IDENTITY_PROVIDER);
    }

    /** Whether the session was there when it was to be made invalid. */
    boolean found(SessionRef ref) {
        return originals.containsKey(ref);
    }

    void undo(SessionRef ref, UserSessionModel session) {
        if (NO_IDENTITY_PROVIDER.equals(session.getNote(Details.IDENTITY_PROVIDER))) {
            originals
                    .getOrDefault(ref, Optional.empty())
                    .ifPresentOrElse(
                            alias -> session.setNote(Details.IDENTITY_PROVIDER, alias),
                            () -> session.removeNote(Details.IDENTITY_PROVIDER));
        }
    }
}
