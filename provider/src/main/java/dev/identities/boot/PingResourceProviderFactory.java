package dev.identities.boot;

import dev.identities.api.Api;
import dev.identities.api.pingfederate.EmptyAnswerDelay;
import dev.identities.api.pingfederate.PingFederateApi;
import dev.identities.api.pingfederate.RateLimit;
import dev.identities.keycloak.AfterCommit;
import dev.identities.keycloak.access.KeycloakClientAuthentication;
import dev.identities.keycloak.audit.SriLog;
import dev.identities.keycloak.changes.KeycloakSessionChanges;
import dev.identities.keycloak.users.KeycloakUserKeys;
import dev.identities.metrics.Meters;
import dev.identities.session.Device;
import java.util.function.Supplier;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** PingFederate's session management API at {@code /realms/{realm}/pf-ws}. */
public final class PingResourceProviderFactory implements RealmResourceProviderFactory {

    static final String ID = "pf-ws";

    private final RateLimit rateLimit = new RateLimit();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        // Everything is set per realm or client.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // ServerServices has all that exists once per server.
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        Supplier<Api> ping = () -> {
            RequestServices parts = RequestServices.of(session, Device::unparsed);
            Api api = new PingFederateApi(
                    new PingFederateApi.Realm(
                            parts.realm().getName(),
                            parts.settings(),
                            new KeycloakUserKeys(session, parts.realm()),
                            parts.catalog(),
                            parts.directory(),
                            parts.revocations(),
                            parts.revokedSris(),
                            new KeycloakSessionChanges(
                                    session.getKeycloakSessionFactory(),
                                    parts.realm().getId())),
                    new KeycloakClientAuthentication(session, parts.realm()),
                    new SriLog(session, parts.realm()),
                    rateLimit,
                    // After the transaction, so that the wait holds no connection, and covers all work whose time
                    // differs.
                    new EmptyAnswerDelay(work -> AfterCommit.run(session, work)));
            Meters meters = session.getProvider(ServerServices.class).meters();
            return meters.watch(Meters.Mount.PINGFEDERATE, api);
        };
        return new ApiProvider(session, ping, PingFederateApi::malformedHost);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
