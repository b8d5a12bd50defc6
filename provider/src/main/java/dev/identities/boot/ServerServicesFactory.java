package dev.identities.boot;

import dev.identities.capture.UserAgents;
import dev.identities.feed.FeedHub;
import dev.identities.keycloak.caep.Caep;
import dev.identities.keycloak.channel.NodeChannel;
import dev.identities.keycloak.ending.EndingServices;
import dev.identities.keycloak.ending.Sweeper;
import dev.identities.keycloak.feed.KeycloakAudience;
import dev.identities.keycloak.feed.NewSessionSignals;
import dev.identities.keycloak.feed.NodePeers;
import dev.identities.keycloak.sessions.IndexWatch;
import dev.identities.keycloak.sessions.SessionHome;
import dev.identities.keycloak.sessions.SignInMemory;
import dev.identities.keycloak.slots.SessionSlots;
import dev.identities.listing.LongScans;
import dev.identities.metrics.Meters;
import dev.identities.notify.Deliveries;
import dev.identities.place.Places;
import dev.identities.settings.ServerSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.common.Version;
import org.keycloak.common.util.Time;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.models.session.UserSessionPersisterProvider;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Makes the {@link ServerServices} when the server starts, before it serves requests. */
public final class ServerServicesFactory implements ProviderFactory<ServerServices> {

    /**
     * Keycloak's name for whether its provider of user sessions uses caches; {@code false} for example in stateless
     * mode.
     */
    private static final String USE_CACHES = "useCaches";

    /** Keycloak's name for providers of resources below a realm, as it stands in options. */
    private static final String APP_PROVIDERS = "realm-restapi-extension";

    private static final Logger LOG = Logger.getLogger(ServerServicesFactory.class);

    private ServerServices services;

    @Override
    public String getId() {
        return "default";
    }

    @Override
    public void init(Config.Scope config) {
        // Nothing to set.
    }

    /** Keycloak's caches must exist before they can be guarded. */
    @Override
    public Set<Class<? extends Provider>> dependsOn() {
        return Set.of(UserSessionProvider.class, InfinispanConnectionProvider.class);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        TestedKeycloaks.check(Version.VERSION, Profile.getInstance().getEnabledFeatures());
        LostPaths.report(factory);
        Meters meters = Meters.ofTheServer();
        try (KeycloakSession session = factory.create()) {
            SessionHome home = SessionHome.of(session.getProvider(UserSessionProvider.class));
            if (home == SessionHome.ELSEWHERE) {
                LOG.warnf(
                        "Sessions are kept by %s, which is not Keycloak's. Identities for Keycloak lists and ends them"
                                + " through Keycloak's interface and promises nothing beyond what that provider does",
                        session.getProvider(UserSessionProvider.class)
                                .getClass()
                                .getName());
            }
            if (!home.kindsWithRows().isEmpty()
                    && !(factory.getProviderFactory(UserSessionPersisterProvider.class)
                            instanceof EndedSessionsPersisterFactory)) {
                LOG.warn(
                        "Another provider of userSessionPersister is configured: a row of an ended session that a request"
                                + " under way writes is not hidden until it is deleted");
            }
            Places places = places();
            UserAgents userAgents = new UserAgents();
            services = new ServerServices(
                    new EndingServices(home, slots(session, factory, home), new Sweeper()),
                    meters,
                    new Deliveries(meters),
                    places,
                    userAgents,
                    Caep.ofTheServer(),
                    feeds(
                            session,
                            home,
                            new NewSessionSignals(
                                    factory,
                                    places::of,
                                    (own, realm) -> RequestServices.catalogOf(own, realm, userAgents::parse))),
                    new LongScans(),
                    new IndexWatch(meters::missingIndexes),
                    new SignInMemory());
        }
    }

    /** The options belong to the provider of the API, because administrators look for them there. */
    private static Places places() {
        Config.Scope options = Config.scope(APP_PROVIDERS, AppResourceProviderFactory.ID);
        return Places.open(path(options.get(ServerSettings.GEO_DATABASE)), options.get(ServerSettings.GEO_ATTRIBUTION));
    }

    /** A path that is none must not keep the server from starting, because sessions end without a location database. */
    private static Path path(String option) {
        try {
            return option == null || option.isBlank() ? null : Path.of(option);
        } catch (InvalidPathException e) {
            LOG.warnf("%s is no path: sessions have no location", ServerSettings.GEO_DATABASE);
            return null;
        }
    }

    private static FeedHub feeds(KeycloakSession session, SessionHome home, NewSessionSignals signals) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        NodePeers peers = new NodePeers(
                hasCaches(factory, home)
                        ? NodeChannel.of(session.getProvider(InfinispanConnectionProvider.class))
                        : NodeChannel.none());
        FeedHub hub = new FeedHub(
                new KeycloakAudience(factory),
                signals,
                peers,
                Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "identities-feed");
                    thread.setDaemon(true);
                    return thread;
                }),
                () -> Instant.ofEpochMilli(Time.currentTimeMillis()));
        peers.listen(hub::receive);
        return hub;
    }

    private static SessionSlots slots(KeycloakSession session, KeycloakSessionFactory factory, SessionHome home) {
        return hasCaches(factory, home)
                ? SessionSlots.install(
                        session.getProvider(InfinispanConnectionProvider.class)::getCache, home.kindsWithRows())
                : SessionSlots.none();
    }

    /** Whether Keycloak's embedded caches are there and hold copies of rows. */
    private static boolean hasCaches(KeycloakSessionFactory factory, SessionHome home) {
        boolean withoutCaches =
                factory.getProviderFactory(UserSessionProvider.class) instanceof ServerInfoAwareProviderFactory provider
                        && "false".equals(provider.getOperationalInfo().get(USE_CACHES));
        return !withoutCaches && !home.kindsWithRows().isEmpty();
    }

    @Override
    public ServerServices create(KeycloakSession session) {
        return services;
    }

    @Override
    public void close() {
        if (services != null) {
            services.ending().sweeper().close();
            services.deliveries().close();
            services.places().close();
            services.caep().close();
            services.feeds().close();
        }
    }
}
