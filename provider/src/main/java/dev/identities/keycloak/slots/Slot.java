package dev.identities.keycloak.slots;

import dev.identities.session.SessionKind;
import org.keycloak.models.sessions.infinispan.entities.EmbeddedClientSessionKey;

/**
 * The name of a slot, the same on every node: of a user session, or of one of its client sessions.
 *
 * <p>The kind is a letter in front, because an online and an offline session may have one id.
 */
final class Slot {

    /** Neither in Keycloak's session ids nor in the ids of clients. */
    private static final char SEPARATOR = '/';

    private Slot() {}

    static String ofUserSession(SessionKind kind, String sid) {
        return letter(kind) + sid;
    }

    static String ofClientSession(SessionKind kind, EmbeddedClientSessionKey key) {
        return letter(kind) + key.userSessionId() + SEPARATOR + key.clientId();
    }

    private static String letter(SessionKind kind) {
        return kind == SessionKind.OFFLINE ? "f" : "n";
    }
}
