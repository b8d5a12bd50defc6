package dev.identities.http;

/** A part of a request that cannot be decoded: bad percent-encoding, bad UTF-8, or a control character. */
public final class BadRequestPart extends Exception {
    private static final long serialVersionUID = 1L;

    BadRequestPart(String message) {
        super(message);
    }
}
