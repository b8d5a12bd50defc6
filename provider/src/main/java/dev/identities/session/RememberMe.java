package dev.identities.session;

/**
 * The value of "remember me" in a session's row. It is a part of the session's place in a list, because it is a column
 * of the index along which lists are read.
 */
public enum RememberMe {
    NO,
    YES,
    /** Written by a Keycloak before 26.5, and not yet filled in by Keycloak's own clean-up job. */
    UNKNOWN
}
