package dev.identities.listing;

import dev.identities.session.RememberMe;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.util.List;

/**
 * One of the six parts of which the list of sessions is merged: Keycloak's index has kind and remember-me before the
 * time of creation.
 */
public record Branch(SessionKind kind, RememberMe rememberMe) {

    /**
     * All branches in the order in which sessions of the same second stand in the list. Part of the public id: never to
     * be reordered.
     */
    public static final List<Branch> ALL = List.of(
            new Branch(SessionKind.ONLINE, RememberMe.NO),
            new Branch(SessionKind.ONLINE, RememberMe.YES),
            new Branch(SessionKind.ONLINE, RememberMe.UNKNOWN),
            new Branch(SessionKind.OFFLINE, RememberMe.NO),
            new Branch(SessionKind.OFFLINE, RememberMe.YES),
            new Branch(SessionKind.OFFLINE, RememberMe.UNKNOWN));

    /** Position among {@link #ALL}. */
    public int position() {
        return ALL.indexOf(this);
    }

    char letter() {
        return SessionId.letter(kind, rememberMe);
    }

    /** The branch in which a session stands. */
    public static Branch of(SessionId id) {
        return new Branch(id.kind(), id.rememberMe());
    }

    /** The branch of a letter from {@code a} to {@code f}. */
    static Branch of(char letter) {
        return ALL.stream()
                .filter(branch -> branch.letter() == letter)
                .findFirst()
                .orElseThrow();
    }
}
