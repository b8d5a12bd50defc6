package dev.identities.ending;

/** The API through which an actor asked for the end of sessions. */
public enum Channel {
    /** {@code /realms/{realm}/app}, and the page of the admin console. */
    APP,
    /** {@code /realms/{realm}/pf-ws}. */
    PF_WS,
    /** {@code /realms/{realm}/app/global-token-revocation}. */
    GLOBAL_REVOCATION
}
