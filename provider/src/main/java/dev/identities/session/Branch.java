package dev.identities.session;

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

    /** Later letters come first among sessions of the same second, so that ids fall while the list goes on. */
    private static final String LETTERS = "fedcba";

    /** Position among {@link #ALL}. */
    public int position() {
        return ALL.indexOf(this);
    }

    char letter() {
        return LETTERS.charAt(position());
    }

    static Branch of(char letter) {
        return ALL.get(LETTERS.indexOf(letter));
    }
}
