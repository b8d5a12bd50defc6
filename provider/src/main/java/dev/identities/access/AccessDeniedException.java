package dev.identities.access;

import java.util.Locale;

/** The caller could not be authenticated, or may not use the API at all. It never holds the caller's credential. */
public final class AccessDeniedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, in words that both APIs can map to their own codes. */
    public enum Reason {
        NO_CREDENTIALS,
        UNSUPPORTED_SCHEME,
        /** More than one {@code Authorization} header. Two readers might take different ones, so neither counts. */
        REPEATED_CREDENTIALS,
        MALFORMED_CREDENTIALS,
        /** An API key with a line break or another control character in it. */
        CONTROL_CHARACTER_IN_KEY,
        /** An API key with a percent sign that begins no percent-encoding. */
        PERCENT_SIGN_IN_KEY,
        INVALID_CREDENTIALS,
        /** As {@link #INVALID_CREDENTIALS}, of an API key with characters that mean something else when decoded. */
        INVALID_OR_UNENCODED_KEY,
        /** A bearer token where a client must authenticate itself. */
        BEARER_TOKEN,
        /** Authenticated, but without the permission or the switch that the API asks for. */
        NOT_ALLOWED,
        /** Authenticated, but a client policy of the realm refuses the call. */
        CLIENT_POLICY,
        /** Authenticated, but the client's tokens are bound to a key or a certificate, and the call proves neither. */
        NO_PROOF_OF_POSSESSION,
        REALM_DISABLED,
        HTTPS_REQUIRED
    }

    private final Reason reason;
    private final String code;
    private final String detail;

    public AccessDeniedException(Reason reason) {
        this(reason, "");
    }

    /** A denial that says more than its reason. */
    public AccessDeniedException(Reason reason, String detail) {
        this(reason, reason.name().toLowerCase(Locale.ROOT), detail);
    }

    /**
     * A denial that an audit can tell from others of the same reason.
     *
     * @param code a word of ours, in lower case
     */
    public AccessDeniedException(Reason reason, String code, String detail) {
        super(detail.isEmpty() ? reason.name() : reason.name() + ": " + detail);
        this.reason = reason;
        this.code = code;
        this.detail = detail;
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong, as a word for the audit, for example {@code expired}. It may say more than the caller may know. */
    public String code() {
        return code;
    }

    /** What is wrong, as a sentence for the caller. Empty when the reason says all that the caller may know. */
    public String detail() {
        return detail;
    }
}
