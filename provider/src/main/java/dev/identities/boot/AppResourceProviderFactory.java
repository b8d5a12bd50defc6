package dev.identities.boot;

import dev.identities.api.Api;
import dev.identities.api.ngrok.NgrokApi;
import dev.identities.capture.UserAgents;
import dev.identities.keycloak.access.KeycloakAdminAuthentication;
import dev.identities.metrics.Meters;
import dev.identities.place.Places;
import dev.identities.settings.ServerSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;
import org.keycloak.services.resources.admin.AdminAuth;

/** ngrok's API at {@code /realms/{realm}/app}. */
public final class AppResourceProviderFactory implements RealmResourceProviderFactory {

    static final String ID = "app";

    private static final Logger LOG = Logger.getLogger(AppResourceProviderFactory.class);

    private final UserAgents userAgents = new UserAgents();
    private String geoDatabase;
    private String geoAttribution;
    private Places places;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        geoDatabase = config.get(ServerSettings.GEO_DATABASE);
        geoAttribution = config.get(ServerSettings.GEO_ATTRIBUTION);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        places = Places.open(path(geoDatabase), geoAttribution);
    }

    /** A location database is a convenience: a path that is none must not keep the server from starting. */
    private static Path path(String option) {
        try {
            return option == null || option.isBlank() ? null : Path.of(option);
        } catch (InvalidPathException e) {
            LOG.warnf("%s is no path: sessions have no location", ServerSettings.GEO_DATABASE);
            return null;
        }
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return provider(session, Optional.empty());
    }

    /** The API for a request that Keycloak may have authenticated already. */
    ApiProvider provider(KeycloakSession session, Optional<AdminAuth> known) {
        Supplier<Api> app = () -> {
            RequestServices parts = RequestServices.of(session, userAgents::parse);
            Api api = new NgrokApi(
                    new KeycloakAdminAuthentication(session, parts.realm(), known),
                    parts.catalog(),
                    parts.directory(),
                    parts.seal(),
                    places::of,
                    parts.revocations());
            Meters meters = session.getProvider(ServerServices.class).meters();
            return meters.watch(known.isPresent() ? Meters.Mount.CONSOLE : Meters.Mount.NGROK, api);
        };
        return new ApiProvider(session, app, NgrokApi::malformedHost);
    }

    @Override
    public void close() {
        if (places != null) {
            places.close();
        }
    }
}
