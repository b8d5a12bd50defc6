package dev.identities.session;

/**
 * Why Keycloak refuses a session that has not ended: its tokens and single sign-on do not work now. They work again
 * when the reason goes away, so such a session is still listed and can still be ended.
 */
public enum Suspension {
    /** The account is switched off, or the organization that manages it. */
    ACCOUNT_DISABLED,
    /** The account is gone, or its user store cannot say. */
    ACCOUNT_UNKNOWN,
    /** The realm or the account refuses all tokens from before a time (not-before), and the session's are older. */
    NOT_BEFORE
}
