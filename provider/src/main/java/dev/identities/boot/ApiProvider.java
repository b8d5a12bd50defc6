package dev.identities.boot;

import dev.identities.api.Api;
import dev.identities.api.ApiResource;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Puts an API under {@code /realms/{realm}/{id}}. */
record ApiProvider(KeycloakSession session, Supplier<Api> api) implements RealmResourceProvider {

    /** Keycloak commits what a request wrote when the request ends in a response, also in one of failure. */
    @Override
    public Object getResource() {
        return new ApiResource(api, () -> session.getTransactionManager().setRollbackOnly());
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
