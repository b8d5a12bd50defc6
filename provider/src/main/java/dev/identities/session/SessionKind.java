package dev.identities.session;

/** The two stores in which Keycloak keeps user sessions. The same Keycloak session id may live in both at once. */
public enum SessionKind {
    /** A browser's single sign-on session, or one made by a direct grant. */
    ONLINE,
    /** Keeps offline tokens ({@code offline_access}) alive, usually for much longer. */
    OFFLINE
}
