package dev.identities.api;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The JAX-RS face of an API: every method on every path goes to the API. Matching by JAX-RS would answer unknown paths,
 * methods and media types itself, in Keycloak's shape and, for browsers, with a login-theme page.
 *
 * <p>No path, producer or consumer on the class: Keycloak indexes provider jars, and a class-level path would be served
 * at the server's root.
 */
public final class ApiResource {

    private final Supplier<Api> api;
    private final Consumer<Response> finish;
    private final Supplier<Answer> malformedHost;

    /**
     * The face of an API.
     *
     * @param api made when the request has been read, once per request
     * @param finish hears of each answer before it goes out
     * @param malformedHost the answer to a request whose {@code Host} header makes no URL
     */
    public ApiResource(Supplier<Api> api, Consumer<Response> finish, Supplier<Answer> malformedHost) {
        this.api = api;
        this.finish = finish;
        this.malformedHost = malformedHost;
    }

    /** Answers GET, and by JAX-RS's rule HEAD. */
    @GET
    @Path("{path:.*}")
    public Response get(@Context UriInfo uri, @Context HttpHeaders headers) {
        return withoutBody("GET", uri, headers);
    }

    /** Answers POST. */
    @POST
    @Path("{path:.*}")
    public Response post(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        return answer("POST", uri, headers, body);
    }

    /** Answers PUT. */
    @PUT
    @Path("{path:.*}")
    public Response put(@Context UriInfo uri, @Context HttpHeaders headers) {
        return withoutBody("PUT", uri, headers);
    }

    /** Answers DELETE. */
    @DELETE
    @Path("{path:.*}")
    public Response delete(@Context UriInfo uri, @Context HttpHeaders headers) {
        return withoutBody("DELETE", uri, headers);
    }

    /** Answers PATCH. */
    @PATCH
    @Path("{path:.*}")
    public Response patch(@Context UriInfo uri, @Context HttpHeaders headers) {
        return withoutBody("PATCH", uri, headers);
    }

    /** Answers OPTIONS: no preflight is granted, both APIs are for servers and not for pages of other origins. */
    @OPTIONS
    @Path("{path:.*}")
    public Response options(@Context UriInfo uri, @Context HttpHeaders headers) {
        return withoutBody("OPTIONS", uri, headers);
    }

    private Response withoutBody(String method, UriInfo uri, HttpHeaders headers) {
        return answer(method, uri, headers, InputStream.nullInputStream());
    }

    private Response answer(String method, UriInfo info, HttpHeaders headers, InputStream body) {
        URI uri;
        try {
            uri = info.getRequestUri();
        } catch (RuntimeException notAUrl) {
            return finished(malformedHost.get());
        }
        ApiRequest request = new ApiRequest(
                method,
                ApiRequest.pathBelowProvider(uri.getRawPath()),
                uri.getRawQuery(),
                name -> Objects.requireNonNullElse(headers.getRequestHeader(name), List.of()),
                body);
        return finished(api.get().handle(request));
    }

    private Response finished(Answer answer) {
        finish.accept(answer.response());
        return answer.response();
    }
}
