package dev.identities.pingfederate;

import dev.identities.LogLines;
import dev.identities.access.AccessDeniedException;
import dev.identities.access.OAuthClientAuthentication;
import dev.identities.access.OAuthClientCaller;
import dev.identities.catalog.FakeDirectory;
import dev.identities.catalog.FakeStreams;
import dev.identities.catalog.VolatileSessions;
import dev.identities.http.ApiServer;
import dev.identities.revocation.Deliveries;
import dev.identities.revocation.FakeStore;
import dev.identities.revocation.RevocationReport;
import dev.identities.revocation.Revocations;
import dev.identities.revocation.Revoker;
import dev.identities.session.Session;
import dev.identities.session.UserId;
import dev.identities.settings.ClientSettings;
import dev.identities.settings.RealmSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A realm with the API in front of it, and an OAuth client that is allowed to use it. */
final class PingWorld implements AutoCloseable {

    static final String USERS = "/realms/acme/pf-ws/rest/sessionMgmt/users";

    final LogLines log = new LogLines("dev.identities");
    final FakeStreams streams = new FakeStreams();
    final FakeStore store = new FakeStore(streams);
    final FakeDirectory directory = new FakeDirectory();
    final Map<String, String> realmAttributes = new HashMap<>();
    final Map<String, String> clientAttributes = new HashMap<>();
    final Deliveries deliveries = new Deliveries();

    /** Users by attribute and key, as {@code username=jane}. */
    final Map<String, List<UserId>> users = new HashMap<>();

    final List<String> lookUps = new ArrayList<>();
    final List<Audited> audited = new ArrayList<>();
    OAuthClientAuthentication authentication =
            () -> new OAuthClientCaller("helpdesk", ClientSettings.of(clientAttributes::get));

    private final ApiServer server = new ApiServer(() -> {
        VolatileSessions catalog = new VolatileSessions(streams);
        RealmSettings settings = RealmSettings.of(realmAttributes::get);
        return new PingFederateApi(
                "acme",
                () -> authentication.authenticate(),
                settings,
                this::lookUp,
                catalog,
                directory,
                new Revocations(catalog, new Revoker(store, deliveries), settings.revokeOfflineSessions()),
                (client, key, report) -> audited.add(new Audited(client.clientId(), key, report)));
    });

    PingWorld() {
        clientAttributes.put("identities.session-management-api", "true");
    }

    /** A call to the audit. */
    record Audited(String clientId, String userKey, RevocationReport report) {}

    private List<UserId> lookUp(String attribute, String key, int max) {
        lookUps.add(attribute + "=" + key);
        return users.getOrDefault(attribute + "=" + key, List.of()).stream()
                .limit(max)
                .toList();
    }

    void user(String attributeAndKey, String... ids) {
        users.put(attributeAndKey, List.of(ids).stream().map(UserId::new).toList());
    }

    void add(Session... sessions) {
        streams.add(sessions);
    }

    void refuse(AccessDeniedException.Reason reason) {
        authentication = () -> {
            throw new AccessDeniedException(reason);
        };
    }

    /** Calls a path below {@code .../rest/sessionMgmt/users}. */
    ApiServer.Answer call(String method, String pathAndQuery, String... headers) {
        return server.call(method, USERS + pathAndQuery, headers);
    }

    /** Calls a path below {@code /realms/acme/pf-ws}. */
    ApiServer.Answer callProvider(String method, String path) {
        return server.call(method, "/realms/acme/pf-ws" + path);
    }

    /** Calls with a form as its body. */
    ApiServer.Answer callWithForm(String path, String form) {
        return server.call(
                "POST",
                USERS + path,
                form.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    /** Past JAX-RS, for what it would not let through; a path below {@code /realms/acme/pf-ws}. */
    ApiServer.Answer raw(String method, String path, String query) {
        return server.raw(method, path, query, Map.of());
    }

    @Override
    public void close() {
        deliveries.close();
        log.close();
    }
}
