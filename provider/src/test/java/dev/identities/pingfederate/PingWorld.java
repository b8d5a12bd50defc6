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
import dev.identities.revocation.RevocationList;
import dev.identities.revocation.RevocationReport;
import dev.identities.revocation.Revocations;
import dev.identities.revocation.Revoker;
import dev.identities.session.Session;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import dev.identities.settings.ClientSettings;
import dev.identities.settings.RealmSettings;
import dev.identities.settings.UserKeyHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

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

    private final UserKeys keys = new UserKeys() {
        @Override
        public List<UserId> users(String attribute, String key, int max) {
            lookUps.add(attribute + "=" + key);
            return users.getOrDefault(attribute + "=" + key, List.of()).stream()
                    .limit(max)
                    .toList();
        }

        @Override
        public List<UserId> usersByHash(String attribute, UserKeyHash hashing, String hash, int max) {
            return users(attribute + "#", hash, max);
        }
    };

    /** SRIs on the list. */
    final Set<String> revokedSris = new HashSet<>();

    final RevocationList revocationList = new RevocationList() {
        @Override
        public boolean add(String sri) {
            return revokedSris.add(sri);
        }

        @Override
        public boolean contains(String sri) {
            return revokedSris.contains(sri);
        }
    };

    /** Changes to sessions, as {@code extend sid} and {@code forget sid execution}. */
    final List<String> changed = new ArrayList<>();

    private final SessionChanges changes = new SessionChanges() {
        @Override
        public void extend(SessionRef session) {
            changed.add("extend " + session.sid() + " " + session.kind());
        }

        @Override
        public boolean forgetAuthentication(SessionRef session, String execution) {
            return changed.add("forget " + session.sid() + " " + execution);
        }
    };

    /** Audit records other than of revocations, as {@code listed sri} and {@code deleted sid id}. */
    final List<String> noted = new ArrayList<>();

    private final SriAudit audit = new SriAudit() {
        @Override
        public void revoked(OAuthClientCaller client, Optional<String> key, RevocationReport report) {
            audited.add(new Audited(client.clientId(), key.orElse(""), report));
        }

        @Override
        public void listed(OAuthClientCaller client, String sri) {
            noted.add("listed " + sri);
        }

        @Override
        public void sourceDeleted(OAuthClientCaller client, SessionRef session, String authnSessionId) {
            noted.add("deleted " + session.sid() + " " + authnSessionId);
        }
    };

    final AtomicLong nanos = new AtomicLong();
    private final RateLimit rateLimit = new RateLimit(nanos::get);

    private final ApiServer server = new ApiServer(() -> {
        VolatileSessions catalog = new VolatileSessions(streams);
        RealmSettings settings = RealmSettings.of(realmAttributes::get);
        return new PingFederateApi(
                new PingFederateApi.Realm(
                        "acme",
                        settings,
                        keys,
                        catalog,
                        directory,
                        new Revocations(catalog, new Revoker(store, deliveries), settings.revokeOfflineSessions()),
                        revocationList,
                        changes),
                () -> authentication.authenticate(),
                audit,
                rateLimit);
    });

    PingWorld() {
        clientAttributes.put("identities.session-management-api", "true");
    }

    /** A call to the audit. */
    record Audited(String clientId, String userKey, RevocationReport report) {}

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
