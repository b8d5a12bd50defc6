package dev.identities.keycloak.discovery;

import dev.identities.api.globalrevocation.RevocationMetadata;
import dev.identities.api.pingfederate.Discovery;
import dev.identities.settings.IdentityProviderSettings;
import dev.identities.settings.RealmSettings;
import jakarta.ws.rs.NotFoundException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;
import org.keycloak.wellknown.WellKnownProvider;
import org.keycloak.wellknown.WellKnownProviderFactory;

/**
 * Adds the endpoints of our APIs to a document of the realm's metadata. Of the factories with one alias,
 * Keycloak takes the one with the lowest priority. This one is lower than all others, and asks the next one for the
 * document.
 */
abstract class DiscoveryFactory implements WellKnownProviderFactory {

    private final String alias;
    private KeycloakSessionFactory factories;

    DiscoveryFactory(String alias) {
        this.alias = alias;
    }

    @Override
    public String getId() {
        return "identities-" + alias;
    }

    @Override
    public String getAlias() {
        return alias;
    }

    @Override
    public int getPriority() {
        return Integer.MIN_VALUE;
    }

    @Override
    public boolean isAvailableViaServerMetadata() {
        return others().findFirst()
                .map(WellKnownProviderFactory::isAvailableViaServerMetadata)
                .orElse(false);
    }

    @Override
    public void init(Config.Scope config) {
        // Everything is set per realm.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factories = factory;
    }

    @Override
    public WellKnownProvider create(KeycloakSession session) {
        return new Extended(session);
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    /** The factories of the alias in their order. Keycloak's own is the last, because it is made to be overridden. */
    private Stream<WellKnownProviderFactory> others() {
        return factories
                .getProviderFactoriesStream(WellKnownProvider.class)
                .map(WellKnownProviderFactory.class::cast)
                .filter(other -> other != this && alias.equals(other.getAlias()))
                .sorted(Comparator.comparingInt(WellKnownProviderFactory::getPriority));
    }

    /** The next one's document with our members. */
    private final class Extended implements WellKnownProvider {

        private final KeycloakSession session;

        Extended(KeycloakSession session) {
            this.session = session;
        }

        @Override
        public Object getConfig() {
            Object document = documentOfOthers();
            if (document instanceof OIDCConfigurationRepresentation openId) {
                members().forEach(openId::setOtherClaims);
                return openId;
            }
            if (document instanceof Map<?, ?> map) {
                Map<Object, Object> more = new LinkedHashMap<>(map);
                more.putAll(members());
                return more;
            }
            // A signed document, or one of an unknown kind, must not be changed.
            return document;
        }

        /** Another extension may ask the first factory as well, which is this one. Then it gets the one after it. */
        private Object documentOfOthers() {
            int asked = session.getAttributeOrDefault(getId(), 0);
            String id = others().skip(asked)
                    .findFirst()
                    .map(WellKnownProviderFactory::getId)
                    .orElseThrow(NotFoundException::new);
            session.setAttribute(getId(), asked + 1);
            try {
                return session.getProvider(WellKnownProvider.class, id).getConfig();
            } finally {
                session.setAttribute(getId(), asked);
            }
        }

        private Map<String, Object> members() {
            RealmModel realm = session.getContext().getRealm();
            String realmUrl = Urls.realmIssuer(
                    session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName());
            Map<String, Object> members =
                    new TreeMap<>(Discovery.members(realmUrl, RealmSettings.of(realm::getAttribute)));
            if (isAnyProviderSwitchedOn()) {
                members.putAll(RevocationMetadata.members(realmUrl + "/app"));
            }
            return members;
        }

        /**
         * Whether an identity provider may call Global Token Revocation. Clients that may are not looked for, because
         * that would need a query over all clients, and a client is told where the endpoint is when it is switched on.
         */
        private boolean isAnyProviderSwitchedOn() {
            // Answered from a cache in realms without identity providers, which most discovery requests are for.
            if (!session.identityProviders().isIdentityFederationEnabled()) {
                return false;
            }
            IdentityProviderQuery query =
                    IdentityProviderQuery.any().with(IdentityProviderSettings.GLOBAL_TOKEN_REVOCATION, "true");
            try (Stream<IdentityProviderModel> providers =
                    session.identityProviders().getAllStream(query)) {
                return providers.anyMatch(IdentityProviderModel::isEnabled);
            }
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
