package dev.identities.boot;

import dev.identities.api.Answer;
import dev.identities.api.Api;
import dev.identities.api.ApiResource;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/**
 * Puts an API under {@code /realms/{realm}/{id}}.
 *
 * @param malformedHost what the API answers to a request whose {@code Host} header makes no URL
 */
record ApiProvider(KeycloakSession session, Supplier<Api> api, Supplier<Answer> malformedHost)
        implements RealmResourceProvider {

    /** Keycloak commits what a request wrote when the request ends in a response, also in one of failure. */
    @Override
    public Object getResource() {
        return new ApiResource(api, () -> session.getTransactionManager().setRollbackOnly(), malformedHost);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
