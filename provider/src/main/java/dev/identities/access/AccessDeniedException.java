package dev.identities.access;

/** The caller could not be authenticated, or may not use the API at all. Never holds what the caller presented. */
public final class AccessDeniedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, in words that both APIs can map to their own codes. */
    public enum Reason {
        NO_CREDENTIALS,
        UNSUPPORTED_SCHEME,
        MALFORMED_CREDENTIALS,
        INVALID_CREDENTIALS,
        /** A bearer token where a client must authenticate itself. */
        BEARER_TOKEN,
        /** Authenticated, but without the permission or the switch that the API asks for. */
        NOT_ALLOWED,
        /** Authenticated, but a client policy of the realm refuses the call. */
        CLIENT_POLICY,
        REALM_DISABLED,
        HTTPS_REQUIRED
    }

    private final Reason reason;

    public AccessDeniedException(Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
