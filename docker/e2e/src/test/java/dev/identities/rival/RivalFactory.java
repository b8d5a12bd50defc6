package dev.identities.rival;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** A REST provider with an id of ours. */
public abstract class RivalFactory implements RealmResourceProviderFactory {

    private final String id;
    private final int order;

    private RivalFactory(String id, int order) {
        this.id = id;
        this.order = order;
    }

    /** Of a lower rank than the plugin's. */
    public static final class Lower extends RivalFactory {
        public Lower() {
            super("app", -1);
        }
    }

    /** Of a higher rank than the plugin's. */
    public static final class Higher extends RivalFactory {
        public Higher() {
            super("pf-ws", 1);
        }
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final int order() {
        return order;
    }

    /** Serves nothing: who answers is told by the status. */
    @Override
    public final RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return null;
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
