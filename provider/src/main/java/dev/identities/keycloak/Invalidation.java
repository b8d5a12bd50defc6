package dev.identities.keycloak;

import dev.identities.revocation.Message;
import dev.identities.session.SessionRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Map<SessionRef, List<Message>> messages = new HashMap<>();
    private final Set<SessionRef> spared = new HashSet<>();

    /** A session that is there, but of which Keycloak gives no model. */
    void unresolved(SessionRef ref) {
        originals.put(ref, Optional.empty());
    }

    /** A session that is there and is to stay valid until it is removed. */
    void spare(SessionRef ref) {
        spared.add(ref);
    }

    boolean isSpared(SessionRef ref) {
        return spared.contains(ref);
    }

    /**
     * Makes it invalid.
     *
     * @param told what is to be said of its end, of the session as it was
     */
    void apply(SessionRef ref, UserSessionModel session, List<Message> told) {
        messages.put(ref, told);
        Optional<String> alias = Optional.ofNullable(session.getNote(Details.IDENTITY_PROVIDER));
        // Keycloak's cache keeps the notes of an online session and of its offline twin as one.
        boolean isTwins = alias.filter(Invalidation::isMark).isPresent() && isApplied(ref.twin());
        originals.put(ref, isTwins ? originals.get(ref.twin()) : alias);
        session.setNote(Details.IDENTITY_PROVIDER, NO_IDENTITY_PROVIDER);
    }

    /** Whether any may have been made invalid. */
    boolean hasBegun() {
        return !messages.isEmpty();
    }

    /** Whether an alias is no identity provider's, but says that the session is being ended. */
    static boolean isMark(String alias) {
        return NO_IDENTITY_PROVIDER.equals(alias);
    }

    private boolean isApplied(SessionRef ref) {
        return messages.containsKey(ref);
    }

    /** Whether the session was there when it was to be made invalid. */
    boolean found(SessionRef ref) {
        return originals.containsKey(ref) || isSpared(ref);
    }

    /** Nothing of a session that could not be looked at. */
    Optional<List<Message>> messages(SessionRef ref) {
        return Optional.ofNullable(messages.get(ref));
    }

    /**
     * Writes what was there, if it was made invalid here and nowhere else: a mark that was there already is for another
     * call to take away. Also where that is to be read already: then the twin's was undone.
     */
    void undo(SessionRef ref, UserSessionModel session) {
        Optional<String> original = originals.getOrDefault(ref, Optional.empty());
        if (isApplied(ref) && original.filter(Invalidation::isMark).isEmpty()) {
            original.ifPresentOrElse(
                    alias -> session.setNote(Details.IDENTITY_PROVIDER, alias),
                    () -> session.removeNote(Details.IDENTITY_PROVIDER));
        }
    }
}
