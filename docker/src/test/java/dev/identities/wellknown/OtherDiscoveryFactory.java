package dev.identities.wellknown;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.wellknown.WellKnownProvider;
import org.keycloak.wellknown.WellKnownProviderFactory;

/** Adds a member to OpenID Connect discovery in the usual way: on top of Keycloak's document, before it in rank. */
public final class OtherDiscoveryFactory implements WellKnownProviderFactory {

    /** The member that it adds. */
    public static final String MEMBER = "acme_status_endpoint";

    private static final String ALIAS = "openid-configuration";

    @Override
    public String getId() {
        return "acme-discovery";
    }

    @Override
    public String getAlias() {
        return ALIAS;
    }

    @Override
    public int getPriority() {
        return 1;
    }

    @Override
    public WellKnownProvider create(KeycloakSession session) {
        return new WellKnownProvider() {
            @Override
            public Object getConfig() {
                OIDCConfigurationRepresentation document = (OIDCConfigurationRepresentation)
                        session.getProvider(WellKnownProvider.class, ALIAS).getConfig();
                document.setOtherClaims(MEMBER, "https://acme.example/status");
                return document;
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to set.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Needs nobody.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
