package dev.identities.api;

/**
 * A requirement of a request and its caller, for example a permission or a header.
 *
 * @param <C> the type of callers
 * @param <E> how the API refuses a request
 */
@FunctionalInterface
public interface Guard<C, E extends Exception> {

    /** Returns if the request may go on. */
    void check(C caller, ApiRequest request) throws E;

    /** Requires nothing. */
    static <C, E extends Exception> Guard<C, E> none() {
        return (caller, request) -> {};
    }
}
