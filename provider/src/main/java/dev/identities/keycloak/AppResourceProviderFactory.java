package dev.identities.keycloak;

import dev.identities.capture.UserAgents;
import dev.identities.ngrok.NgrokApi;
import dev.identities.place.Places;
import dev.identities.revocation.Deliveries;
import dev.identities.settings.ServerSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.common.Version;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;
import org.keycloak.services.resources.admin.AdminAuth;

/** ngrok's API at {@code /realms/{realm}/app}. */
public final class AppResourceProviderFactory implements RealmResourceProviderFactory {

    private static final Logger LOG = Logger.getLogger(AppResourceProviderFactory.class);

    private final UserAgents userAgents = new UserAgents();
    private String geoDatabase;
    private Places places;
    private Deliveries deliveries;

    @Override
    public String getId() {
        return "app";
    }

    @Override
    public void init(Config.Scope config) {
        geoDatabase = config.get(ServerSettings.GEO_DATABASE);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        TestedKeycloaks.check(Version.VERSION, Profile.getInstance().getEnabledFeatures());
        places = Places.open(path(geoDatabase));
        deliveries = new Deliveries();
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
        return new ApiProvider(session, () -> {
            RealmParts parts = RealmParts.of(session, userAgents::parse, deliveries);
            KeycloakAdminAuthentication authentication = new KeycloakAdminAuthentication(session, parts.realm(), known);
            return new NgrokApi(
                    authentication,
                    parts.catalog(),
                    parts.directory(),
                    places::of,
                    parts.revocations(),
                    new AdminEventAudit(session, parts.realm(), authentication));
        });
    }

    @Override
    public void close() {
        if (deliveries != null) {
            deliveries.close();
        }
        if (places != null) {
            places.close();
        }
    }
}
