package dev.identities.api;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jboss.resteasy.mock.MockDispatcherFactory;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.spi.Dispatcher;

/** Runs an API behind JAX-RS, mounted as Keycloak mounts it: by a locator below {@code /realms/{realm}}. */
public final class ApiServer {

    /** An answer as a client gets it; header names in lower case. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {

        /** The only value of a header; null when there is none. */
        public String header(String name) {
            List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            if (values.size() > 1) {
                throw new AssertionError(name + " is there more than once: " + values);
            }
            return values.isEmpty() ? null : values.get(0);
        }
    }

    /** Stands in for Keycloak's RealmsResource. */
    @Path("realms")
    public static final class Realms {

        private final Supplier<Api> api;
        private final List<ApiRequest> requests = new ArrayList<>();
        private int failures;

        Realms(Supplier<Api> api) {
            this.api = api;
        }

        /** As Keycloak's resolveRealmExtension, and our ApiProvider behind it. */
        @Path("{realm}/{extension}")
        public Object extension() {
            return new ApiResource(
                    () -> request -> {
                        requests.add(request);
                        return api.get().handle(request);
                    },
                    response -> {
                        if (response.getStatus() >= 400) {
                            failures++;
                        }
                    },
                    () -> dev.identities.api.Answer.of(Response.status(400).build()));
        }
    }

    private final Dispatcher dispatcher = MockDispatcherFactory.createDispatcher();
    private final Realms realms;
    private final Supplier<Api> api;

    public ApiServer(Supplier<Api> api) {
        this.api = api;
        realms = new Realms(api);
        dispatcher.getRegistry().addSingletonResource(realms);
    }

    /** The requests that reached the API. */
    List<ApiRequest> requests() {
        return realms.requests;
    }

    /** How many of them were answered with a failure, by the resource's word. */
    int failures() {
        return realms.failures;
    }

    /** Hands over a request that JAX-RS would not let through: badly encoded, for example. */
    public Answer raw(String method, String rawPath, String rawQuery, Map<String, String> headers) {
        Response response = api.get()
                .handle(new ApiRequest(
                        method,
                        rawPath,
                        rawQuery,
                        name -> headers.entrySet().stream()
                                .filter(header -> header.getKey().equalsIgnoreCase(name))
                                .map(Map.Entry::getValue)
                                .toList(),
                        InputStream.nullInputStream()))
                .response();
        Map<String, List<String>> answered = new TreeMap<>();
        response.getStringHeaders().forEach((name, values) -> answered.put(name.toLowerCase(Locale.ROOT), values));
        return new Answer(response.getStatus(), answered, Objects.toString(response.getEntity(), ""));
    }

    /** Calls a path below {@code https://sso.example.com}; headers as name, value, name, value... */
    public Answer call(String method, String pathAndQuery, String... headers) {
        return call(method, pathAndQuery, null, headers);
    }

    /** The same with a body. */
    public Answer call(String method, String pathAndQuery, byte[] body, String... headers) {
        MockHttpRequest request;
        try {
            request = MockHttpRequest.create(method, "https://sso.example.com" + pathAndQuery);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (body != null) {
            request.content(body).header("Content-Length", Integer.toString(body.length));
        }
        MockHttpResponse response = new MockHttpResponse();
        dispatcher.invoke(request, response);
        Map<String, List<String>> answered = new TreeMap<>();
        response.getOutputHeaders()
                .forEach((name, values) -> answered.put(
                        name.toLowerCase(Locale.ROOT),
                        values.stream().map(Object::toString).toList()));
        try {
            return new Answer(response.getStatus(), answered, response.getContentAsString());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
