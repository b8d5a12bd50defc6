package dev.identities.keycloak;

import dev.identities.catalog.PersistentSessions;
import dev.identities.catalog.SessionCatalog;
import dev.identities.catalog.VolatileSessions;
import dev.identities.revocation.Revocations;
import dev.identities.revocation.Revoker;
import dev.identities.session.Device;
import dev.identities.settings.RealmSettings;
import java.util.function.Function;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What both APIs are made of, for one request in one realm. */
record RealmParts(
        KeycloakSession session,
        RealmModel realm,
        RealmSettings settings,
        SessionCatalog catalog,
        KeycloakDirectory directory,
        Revocations revocations,
        RevokedSris revokedSris) {

    /** Keycloak's pool for it, of four threads unless an administrator sets others. */
    private static final String REVOCATION = "identities-revocation";

    static RealmParts of(KeycloakSession session, Function<String, Device> devices) {
        ServerParts server = session.getProvider(ServerParts.class);
        RealmModel realm = session.getContext().getRealm();
        RealmSettings settings = RealmSettings.of(realm::getAttribute);
        SessionMapper mapper = new SessionMapper(session, realm, devices);
        // Rows of online sessions that are left from before persistent sessions were switched off are no sessions.
        ModelSessionStreams models = new ModelSessionStreams(session, realm, mapper);
        SessionCatalog catalog = server.home() == SessionHome.DATABASE
                ? new PersistentSessions(
                        new JpaSessionRows(session, realm, mapper),
                        new SlotSessions(server.slots(), realm.getId(), models))
                : new VolatileSessions(models);
        LogoutMessages messages = new LogoutMessages(
                session.getKeycloakSessionFactory(),
                realm.getId(),
                session.getContext().getHttpRequest().getUri().getBaseUri(),
                settings.logoutIdentityProvider());
        RevokedSris revokedSris = new RevokedSris(session, realm, settings.revocationList());
        Revoker revoker = new Revoker(
                new KeycloakSessionStore(
                        session.getKeycloakSessionFactory(), realm.getId(), server, messages::about, revokedSris),
                server.deliveries(),
                session.getProvider(ExecutorsProvider.class).getExecutor(REVOCATION),
                server.meters());
        return new RealmParts(
                session,
                realm,
                settings,
                catalog,
                new KeycloakDirectory(session, realm),
                new Revocations(catalog, revoker, settings.revokeOfflineSessions()),
                revokedSris);
    }
}
