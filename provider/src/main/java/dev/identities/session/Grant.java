package dev.identities.session;

/** How a session began if no browser signed in: by which request Keycloak made it. */
public enum Grant {
    /** A program's own (RFC 6749, section 4.4): a service account, with refresh tokens. */
    CLIENT_CREDENTIALS("Client Credentials"),
    /** A program had the person's name and password (RFC 6749, section 4.3), Keycloak's direct access grant. */
    PASSWORD("Password"),
    /** A program had a token of an identity provider (RFC 8693). */
    TOKEN_EXCHANGE("Token Exchange"),
    /** An administrator acts as the person; or a program does, by token exchange. */
    IMPERSONATION("Impersonation");

    private final String displayName;

    Grant(String displayName) {
        this.displayName = displayName;
    }

    /** Its name in English. */
    public String displayName() {
        return displayName;
    }
}
