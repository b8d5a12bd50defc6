package dev.identities.boot;

import dev.identities.bulk.BulkRevocation;
import dev.identities.ending.BackchannelLogout;
import dev.identities.ending.Revocations;
import dev.identities.ending.Revoker;
import dev.identities.feed.Feeds;
import dev.identities.keycloak.audit.EndingAudit;
import dev.identities.keycloak.bulk.RealmTicketOffice;
import dev.identities.keycloak.ending.KeycloakSessionStore;
import dev.identities.keycloak.ending.LogoutMessages;
import dev.identities.keycloak.ending.RevokedSris;
import dev.identities.keycloak.feed.FeedEndings;
import dev.identities.keycloak.feed.KeycloakFeeds;
import dev.identities.keycloak.sessions.JpaSessionRows;
import dev.identities.keycloak.sessions.ModelSessionStreams;
import dev.identities.keycloak.sessions.RealmCursorSeal;
import dev.identities.keycloak.sessions.SessionHome;
import dev.identities.keycloak.sessions.SessionMapper;
import dev.identities.keycloak.sessions.SlotSessions;
import dev.identities.keycloak.users.KeycloakDirectory;
import dev.identities.listing.CursorSeal;
import dev.identities.listing.PersistentSessions;
import dev.identities.listing.SessionCatalog;
import dev.identities.listing.VolatileSessions;
import dev.identities.session.Device;
import dev.identities.settings.RealmSettings;
import java.util.List;
import java.util.function.Function;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The parts of both APIs, made for one request in one realm. */
record RequestServices(
        KeycloakSession session,
        RealmModel realm,
        RealmSettings settings,
        SessionCatalog catalog,
        KeycloakDirectory directory,
        CursorSeal seal,
        Revocations revocations,
        BulkRevocation bulk,
        RevokedSris revokedSris,
        Feeds feeds) {

    /** The name of our thread pool in Keycloak. It has four threads unless an administrator sets another number. */
    private static final String REVOCATION = "identities-revocation";

    /** The sessions of a realm. Needs no request. */
    static SessionCatalog catalogOf(KeycloakSession session, RealmModel realm, Function<String, Device> devices) {
        ServerServices server = session.getProvider(ServerServices.class);
        SessionMapper mapper = new SessionMapper(session, realm, devices);
        ModelSessionStreams models = new ModelSessionStreams(session, realm, mapper);
        CursorSeal seal = RealmCursorSeal.of(session, realm);
        // Without persistent sessions the table is not read, because old rows of online sessions may be left in it.
        return server.ending().home() == SessionHome.DATABASE
                ? new PersistentSessions(
                        new JpaSessionRows(session, realm, mapper, server.indexes(), server.signIns()),
                        new SlotSessions(server.ending().slots(), realm.getId(), models),
                        seal,
                        server.longScans())
                : new VolatileSessions(models, seal, server.longScans());
    }

    static RequestServices of(KeycloakSession session, Function<String, Device> devices) {
        ServerServices server = session.getProvider(ServerServices.class);
        RealmModel realm = session.getContext().getRealm();
        RealmSettings settings = RealmSettings.of(realm::getAttribute);
        CursorSeal seal = RealmCursorSeal.of(session, realm);
        SessionCatalog catalog = catalogOf(session, realm, devices);
        LogoutMessages messages = new LogoutMessages(
                session.getKeycloakSessionFactory(),
                realm.getId(),
                session.getContext().getHttpRequest().getUri().getBaseUri(),
                settings.logoutIdentityProvider());
        FeedEndings feed = new FeedEndings(server.feeds(), realm.getId(), devices);
        KeycloakDirectory directory = new KeycloakDirectory(session, realm);
        RevokedSris revokedSris = new RevokedSris(session, realm, settings.revocationList());
        Revoker revoker = new Revoker(
                new KeycloakSessionStore(
                        session.getKeycloakSessionFactory(),
                        realm.getId(),
                        server.ending(),
                        (own, stored) -> {
                            feed.before(own, stored);
                            return messages.about(own, stored);
                        },
                        revokedSris),
                List.of(
                        new BackchannelLogout(server.deliveries()),
                        server.meters(),
                        server.caep().listener(session),
                        new EndingAudit(session, realm, settings),
                        feed),
                session.getProvider(ExecutorsProvider.class).getExecutor(REVOCATION));
        Revocations revocations = new Revocations(catalog, revoker, settings.revokeOfflineSessions());
        return new RequestServices(
                session,
                realm,
                settings,
                catalog,
                directory,
                seal,
                revocations,
                new BulkRevocation(
                        catalog, revocations, new RealmTicketOffice(session, realm), settings.bulkReasonThreshold()),
                revokedSris,
                new KeycloakFeeds(session, realm, directory, server.feeds()));
    }
}
