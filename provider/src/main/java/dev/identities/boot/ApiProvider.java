package dev.identities.boot;

import dev.identities.api.Api;
import dev.identities.api.ApiRequest;
import dev.identities.api.ApiResource;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Puts an API under {@code /realms/{realm}/{id}}. */
final class ApiProvider implements RealmResourceProvider {

    private final KeycloakSession session;
    private final Supplier<Api> api;

    ApiProvider(KeycloakSession session, Supplier<Api> api) {
        this.session = session;
        this.api = api;
    }

    @Override
    public Object getResource() {
        return new ApiResource(this::handle);
    }

    private Response handle(String method, InputStream body) {
        URI uri = session.getContext().getHttpRequest().getUri().getRequestUri();
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        Response response = api.get()
                .handle(new ApiRequest(
                        method,
                        ApiRequest.pathBelowProvider(uri.getRawPath()),
                        uri.getRawQuery(),
                        name -> Objects.requireNonNullElse(headers.getRequestHeader(name), List.of()),
                        body));
        if (response.getStatus() >= Response.Status.BAD_REQUEST.getStatusCode()) {
            // Keycloak commits whatever a request wrote when it ends in a response, also in one of failure.
            session.getTransactionManager().setRollbackOnly();
        }
        return response;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
