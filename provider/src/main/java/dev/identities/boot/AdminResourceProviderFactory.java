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
 * Mounts the API of {@code /realms/{realm}/app} a second time, at {@code /admin/realms/{realm}/identities}. There the
 * host name, the network, the CORS rules and the refusal of an invalid token are those of Keycloak's Admin REST API, as
 * the admin console expects.
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

        /** Null when the API is switched off; Keycloak then answers 404. */
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
        // The API at the other path has the settings.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Each request looks up the API.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
