package dev.identities.listing;

/** The caller may see so few of the realm's users that a bounded search found none of them. */
public final class TooManyHiddenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyHiddenException(int scanned) {
        super("none of " + scanned + " entries may be viewed by the caller");
    }
}
