package dev.identities.wellknown;

import java.util.Comparator;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.wellknown.WellKnownProvider;
import org.keycloak.wellknown.WellKnownProviderFactory;

/** Adds a member to a document of the realm's metadata: on top of another provider's document, before it in rank. */
public abstract class OtherDiscoveryFactory implements WellKnownProviderFactory {

    private final String name;
    private final String alias;
    private final String member;
    private final int priority;

    private OtherDiscoveryFactory(String name, String alias, String member, int priority) {
        this.name = name;
        this.alias = alias;
        this.member = member;
        this.priority = priority;
    }

    /** In the usual way, on top of Keycloak's own. */
    public static final class OpenId extends OtherDiscoveryFactory {
        public OpenId() {
            super("acme", "openid-configuration", "acme_status_endpoint", 1);
        }
    }

    /** The same for the other document. */
    public static final class OAuth extends OtherDiscoveryFactory {
        public OAuth() {
            super("acme", "oauth-authorization-server", "acme_status_endpoint", 1);
        }
    }

    /** Extends the document of the first other factory in rank. That one may ask this factory in turn. */
    public static final class Curious extends OtherDiscoveryFactory {
        public Curious() {
            super("curious", "openid-configuration", "curious_endpoint", 0);
        }

        @Override
        String base(KeycloakSession session) {
            return session.getKeycloakSessionFactory()
                    .getProviderFactoriesStream(WellKnownProvider.class)
                    .map(WellKnownProviderFactory.class::cast)
                    .filter(other -> other != this && other.getAlias().equals(getAlias()))
                    .min(Comparator.comparingInt(WellKnownProviderFactory::getPriority))
                    .orElseThrow()
                    .getId();
        }
    }

    /** Id of the provider of the document to add to. */
    String base(KeycloakSession session) {
        return alias;
    }

    @Override
    public final String getId() {
        return name + "-" + alias;
    }

    @Override
    public final String getAlias() {
        return alias;
    }

    @Override
    public final int getPriority() {
        return priority;
    }

    @Override
    public final WellKnownProvider create(KeycloakSession session) {
        return new WellKnownProvider() {
            @Override
            public Object getConfig() {
                OIDCConfigurationRepresentation document =
                        (OIDCConfigurationRepresentation) session.getProvider(WellKnownProvider.class, base(session))
                                .getConfig();
                document.setOtherClaims(member, "https://" + name + ".example/" + alias);
                return document;
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }

    @Override
    public final void init(Config.Scope config) {
        // Nothing to set.
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // Needs nobody.
    }

    @Override
    public final void close() {
        // Holds nothing.
    }
}
