package dev.identities.boot;

import dev.identities.api.Api;
import dev.identities.api.ngrok.NgrokApi;
import dev.identities.keycloak.access.KeycloakAdminAuthentication;
import dev.identities.metrics.Meters;
import dev.identities.signal.Signals;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.Config;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;
import org.keycloak.services.resources.admin.AdminAuth;

/** ngrok's API at {@code /realms/{realm}/app}. */
public final class AppResourceProviderFactory implements RealmResourceProviderFactory {

    static final String ID = "app";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        // ServerServicesFactory reads the options of this provider.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // ServerServices has all that exists once per server.
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return provider(session, Optional.empty());
    }

    /** The API for a request that Keycloak may have authenticated already. */
    ApiProvider provider(KeycloakSession session, Optional<AdminAuth> known) {
        Supplier<Api> app = () -> {
            ServerServices server = session.getProvider(ServerServices.class);
            RequestServices parts = RequestServices.of(session, server.userAgents()::parse);
            Api api = new NgrokApi(
                    new KeycloakAdminAuthentication(session, parts.realm(), known),
                    parts.catalog(),
                    parts.directory(),
                    parts.seal(),
                    server.places()::of,
                    new Signals(
                            parts.settings().signals(),
                            server.places()::of,
                            Instant.ofEpochMilli(Time.currentTimeMillis())),
                    parts.revocations(),
                    parts.bulk());
            return server.meters().watch(known.isPresent() ? Meters.Mount.CONSOLE : Meters.Mount.NGROK, api);
        };
        return new ApiProvider(session, app, NgrokApi::malformedHost);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
