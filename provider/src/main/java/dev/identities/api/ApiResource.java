package dev.identities.api;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
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

    private record Parts(Supplier<Api> api, Consumer<Response> finish, Supplier<Answer> malformedHost) {}

    /** Null once a stream has begun. */
    private Parts parts;

    /**
     * The face of an API.
     *
     * @param api made when the request has been read, once per request
     * @param finish hears of each answer before it goes out
     * @param malformedHost the answer to a request whose {@code Host} header makes no URL
     */
    public ApiResource(Supplier<Api> api, Consumer<Response> finish, Supplier<Answer> malformedHost) {
        this.parts = new Parts(api, finish, malformedHost);
    }

    /** Answers GET, and by JAX-RS's rule HEAD. */
    @GET
    @Path("{path:.*}")
    public Response get(@Context UriInfo uri, @Context HttpHeaders headers) {
        return withoutBody("GET", uri, headers);
    }

    /**
     * Answers GET of a stream of events. JAX-RS knows by the parameters alone that the answer goes on, so this path needs
     * a method of its own. Whether there is a stream at the path is still for the API to say.
     */
    @GET
    @Path("events")
    public void events(
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @Context Request request,
            @Context SseEventSink sink,
            @Context Sse sse) {
        Response response = withoutBody("GET", uri, headers);
        if (!(response.getEntity() instanceof EventStream stream)) {
            // JAX-RS sends a response with an entity as it is. A method with a sink cannot return one.
            throw new WebApplicationException(response);
        }
        // JAX-RS keeps this object as long as the stream is open, and the parts hold Keycloak's session.
        parts = null;
        EventSink events = new JaxRsEventSink(sink, sse);
        if (request.getMethod().equals("HEAD")) {
            events.close();
        } else {
            stream.start(events);
        }
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
            return finished(parts.malformedHost().get());
        }
        ApiRequest request = new ApiRequest(
                method,
                ApiRequest.pathBelowProvider(uri.getRawPath()),
                uri.getRawQuery(),
                name -> Objects.requireNonNullElse(headers.getRequestHeader(name), List.of()),
                body);
        return finished(parts.api().get().handle(request));
    }

    private Response finished(Answer answer) {
        parts.finish().accept(answer.response());
        return answer.response();
    }
}
