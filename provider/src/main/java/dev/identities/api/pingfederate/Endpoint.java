package dev.identities.api.pingfederate;

import dev.identities.access.OAuthClientCaller;
import dev.identities.api.ApiRequest;
import dev.identities.api.MalformedRequestException;
import dev.identities.api.Query;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;

/** One of the three calls' families, below {@code /rest/sessionMgmt/}. */
interface Endpoint {

    /** The first segment of its paths. */
    String name();

    /** Whether the realm offers it; without it there is nothing at its paths. */
    boolean offered();

    /** An error for a client that is not switched on for it. */
    void requireAllowed(OAuthClientCaller client) throws PingError.Raised;

    /** Whether {@code X-XSRF-Header} has to be there whatever the realm says. */
    boolean alwaysRequiresXsrfHeader();

    /** The query parameters that it knows, besides credentials. */
    Set<String> parameters();

    /**
     * The answer of the endpoint itself.
     *
     * @param rest the decoded segments behind the endpoint's name
     * @param query of known parameters, each given once
     */
    Response.ResponseBuilder answer(ApiRequest request, OAuthClientCaller client, List<String> rest, Query query)
            throws PingError.Raised, MalformedRequestException;

    /** Refuses every method but this one. */
    static void requireMethod(ApiRequest request, String method) throws PingError.Raised {
        if (!request.method().equals(method)) {
            throw PingError.methodNotAllowed(method).raised();
        }
    }
}
