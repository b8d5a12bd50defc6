package dev.identities.boot;

import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * The API of {@code /realms/{realm}/app} a second time, at {@code /admin/realms/{realm}/identities}: the host name, the
 * network and the CORS rules of the admin console are those of Keycloak's Admin REST API, and so is what it answers to
 * whoever has no valid token.
 */
public final class AdminResourceProviderFactory implements AdminRealmResourceProviderFactory {

    static final String ID = "identities";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new Mounted();
    }

    private static final class Mounted implements AdminRealmResourceProvider {

        /** Nothing, which Keycloak answers with 404, when the API is switched off. */
        @Override
        public Object getResource(
                KeycloakSession session,
                RealmModel realm,
                AdminPermissionEvaluator permissions,
                AdminEventBuilder adminEvent) {
            return session.getKeycloakSessionFactory()
                                    .getProviderFactory(RealmResourceProvider.class, AppResourceProviderFactory.ID)
                            instanceof AppResourceProviderFactory app
                    ? app.provider(session, Optional.of(permissions.adminAuth()))
                            .getResource()
                    : null;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    @Override
    public void init(Config.Scope config) {
        // What there is to set is set for the API itself.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // The API is looked up when it is asked for.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
