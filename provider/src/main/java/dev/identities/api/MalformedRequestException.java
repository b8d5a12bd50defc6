package dev.identities.api;

/** A part of a request that cannot be decoded: bad percent-encoding, bad UTF-8, or a control character. */
public final class MalformedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRequestException(String message) {
        super(message);
    }
}
