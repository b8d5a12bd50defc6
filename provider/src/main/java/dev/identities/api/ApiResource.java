package dev.identities.api;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.function.BiFunction;

/**
 * The JAX-RS face of an API: every method on every path goes to the one handler. Matching by JAX-RS would answer
 * unknown paths, methods and media types itself, in Keycloak's shape and, for browsers, with a login-theme page.
 *
 * <p>No path, producer or consumer on the class: Keycloak indexes provider jars, and a class-level path would be served
 * at the server's root.
 */
public final class ApiResource {

    private final BiFunction<String, InputStream, Response> handler;

    /** The handler gets the method's name and the request's body, empty where the API takes none. */
    public ApiResource(BiFunction<String, InputStream, Response> handler) {
        this.handler = handler;
    }

    /** Answers GET, and by JAX-RS's rule HEAD. */
    @GET
    @Path("{path:.*}")
    public Response get() {
        return withoutBody("GET");
    }

    /** Answers POST. */
    @POST
    @Path("{path:.*}")
    public Response post(InputStream body) {
        return handler.apply("POST", body);
    }

    /** Answers PUT. */
    @PUT
    @Path("{path:.*}")
    public Response put() {
        return withoutBody("PUT");
    }

    /** Answers DELETE. */
    @DELETE
    @Path("{path:.*}")
    public Response delete() {
        return withoutBody("DELETE");
    }

    /** Answers PATCH. */
    @PATCH
    @Path("{path:.*}")
    public Response patch() {
        return withoutBody("PATCH");
    }

    /** Answers OPTIONS: no preflight is granted, both APIs are for servers and not for pages of other origins. */
    @OPTIONS
    @Path("{path:.*}")
    public Response options() {
        return withoutBody("OPTIONS");
    }

    private Response withoutBody(String method) {
        return handler.apply(method, InputStream.nullInputStream());
    }
}
