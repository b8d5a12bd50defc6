package dev.identities.session;

/**
 * What the session's row says about "remember me": the third column of the index that paging walks along, and so part
 * of a session's place in the list.
 */
public enum RememberMe {
    NO,
    YES,
    /** Written by a Keycloak before 26.5, and not yet filled in by Keycloak's own clean-up job. */
    UNKNOWN
}
