package dev.identities.boot;

import dev.identities.api.Api;
import dev.identities.api.globalrevocation.GlobalRevocationApi;
import dev.identities.api.ngrok.NgrokApi;
import dev.identities.keycloak.access.KeycloakAdminAuthentication;
import dev.identities.keycloak.access.KeycloakGlobalRevocationAuthentication;
import dev.identities.keycloak.audit.GlobalRevocationLog;
import dev.identities.keycloak.users.KeycloakSubjects;
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

/** ngrok's API at {@code /realms/{realm}/app}, and Global Token Revocation below it. */
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
            Api ngrok = new NgrokApi(
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
                    parts.bulk(),
                    parts.feeds());
            return known.isPresent()
                    ? server.meters().watch(Meters.Mount.CONSOLE, ngrok)
                    : server.meters()
                            .watch(
                                    Meters.Mount.NGROK,
                                    request -> GlobalRevocationApi.takes(request)
                                            ? globalRevocation(session, parts).handle(request)
                                            : ngrok.handle(request));
        };
        return new ApiProvider(session, app, NgrokApi::malformedHost);
    }

    /** Apart from ngrok's API, because its callers are no administrators and its errors have OAuth's form. */
    private static Api globalRevocation(KeycloakSession session, RequestServices parts) {
        String realmUrl = parts.directory().realmUrl().toString();
        return new GlobalRevocationApi(
                new GlobalRevocationApi.Realm(
                        parts.realm().getName(),
                        parts.settings(),
                        new KeycloakSubjects(session, parts.realm(), realmUrl),
                        parts.catalog(),
                        parts.revocations(),
                        new GlobalRevocationLog(
                                session, parts.realm(), parts.settings().auditUserKey())),
                new KeycloakGlobalRevocationAuthentication(
                        session, parts.realm(), realmUrl, realmUrl + "/" + ID + GlobalRevocationApi.PATH));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
