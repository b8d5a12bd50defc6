package dev.identities.keycloak.discovery;

import dev.identities.api.pingfederate.Discovery;
import dev.identities.settings.RealmSettings;
import jakarta.ws.rs.NotFoundException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;
import org.keycloak.wellknown.WellKnownProvider;
import org.keycloak.wellknown.WellKnownProviderFactory;

/**
 * Adds the session management endpoints to a document of the realm's metadata. Keycloak takes the factory with the lowest
 * priority of all that share an alias: this one is the first, and asks the one that would be it without us.
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

    /** In their order; Keycloak's own, which is made to be overridden, is the last. */
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
            // Signed, or of a kind that nobody knows: not ours to change.
            return document;
        }

        /** Another extension may do as we do and ask the first in line, which is us: then it gets the one after it. */
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

        private Map<String, String> members() {
            RealmModel realm = session.getContext().getRealm();
            return Discovery.members(
                    Urls.realmIssuer(
                            session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName()),
                    RealmSettings.of(realm::getAttribute));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
