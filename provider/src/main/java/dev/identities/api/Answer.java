package dev.identities.api;

import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * The answer of an API to a request.
 *
 * @param response for the client
 * @param list the list that the request's route reads a page of; empty for all other routes, and where the request was
 *     refused
 */
public record Answer(Response response, Optional<PagedList> list) {

    /** The status of a report in which something failed; the body has the outcome of each part (RFC 4918, 11.1). */
    public static final int MULTI_STATUS = 207;

    /** An answer that is no page of a list. */
    public static Answer of(Response response) {
        return new Answer(response, Optional.empty());
    }

    /** The same answer with one header more. */
    public Answer with(String header, String value) {
        return new Answer(Response.fromResponse(response).header(header, value).build(), list);
    }
}
