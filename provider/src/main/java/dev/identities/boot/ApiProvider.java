package dev.identities.boot;

import dev.identities.api.Answer;
import dev.identities.api.Api;
import dev.identities.api.ApiResource;
import dev.identities.api.EventStream;
import dev.identities.keycloak.feed.RequestScope;
import dev.identities.text.LogText;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/**
 * Puts an API under {@code /realms/{realm}/{id}}.
 *
 * @param malformedHost the API's answer to a request whose {@code Host} header makes no URL
 */
record ApiProvider(KeycloakSession session, Supplier<Api> api, Supplier<Answer> malformedHost)
        implements RealmResourceProvider {

    private static final Logger LOG = Logger.getLogger(ApiProvider.class);

    @Override
    public Object getResource() {
        return new ApiResource(api, this::finish, this::refusedHost);
    }

    private Answer refusedHost() {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        LOG.warnf(
                "A request was refused because its Host header makes no URL: \"%s\"",
                LogText.clean(headers.getHeaderString(HttpHeaders.HOST)));
        return malformedHost.get();
    }

    private void finish(Response response) {
        if (!response.hasEntity()) {
            // Keycloak turns a 200 without a type into a 500, unless it is told that there is none.
            session.getProvider(SecurityHeadersProvider.class).options().allowEmptyContentType();
        }
        int status = response.getStatus();
        if (status >= Response.Status.BAD_REQUEST.getStatusCode() || status == Answer.MULTI_STATUS) {
            // Keycloak commits the writes of a request that ends in a response, also if the response is an
            // error. A call that failed in part has committed what it ended and the use of its ticket. The
            // database may be gone by then, and a commit that fails would take the place of the report.
            session.getTransactionManager().setRollbackOnly();
        }
        if (response.getEntity() instanceof EventStream) {
            detach(response);
        }
    }

    /**
     * Ends Keycloak's session before a stream of events begins. Otherwise Keycloak would end it with the answer, and the
     * stream would hold it and a database connection as long as a client listens. JAX-RS sends none of our headers with
     * a stream, so they are set here.
     */
    private void detach(Response response) {
        response.getStringHeaders()
                .forEach((name, values) -> values.forEach(
                        value -> session.getContext().getHttpResponse().setHeader(name, value)));
        RequestScope.drop(session);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
