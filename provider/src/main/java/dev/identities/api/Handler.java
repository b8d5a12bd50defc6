package dev.identities.api;

import jakarta.ws.rs.core.Response;

/**
 * Answers the requests of a route.
 *
 * @param <C> the type of callers
 * @param <E> how the API refuses a request
 */
@FunctionalInterface
public interface Handler<C, E extends Exception> {

    /** The answer. */
    Response.ResponseBuilder answer(Call<C> call) throws E, MalformedRequestException;
}
