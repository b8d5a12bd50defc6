package dev.identities.api.pingfederate;

import dev.identities.LogLines;
import dev.identities.access.AccessDeniedException;
import dev.identities.access.OAuthClientAuthentication;
import dev.identities.access.OAuthClientCaller;
import dev.identities.api.Api;
import dev.identities.api.ApiServer;
import dev.identities.api.ApiServer.Answer;
import dev.identities.ending.BackchannelLogout;
import dev.identities.ending.FakeStore;
import dev.identities.ending.Revocations;
import dev.identities.ending.Revoker;
import dev.identities.listing.FakeDirectory;
import dev.identities.listing.FakeStreams;
import dev.identities.listing.VolatileSessions;
import dev.identities.notify.Deliveries;
import dev.identities.notify.DeliveryMetrics;
import dev.identities.session.Session;
import dev.identities.settings.ClientSettings;
import dev.identities.settings.RealmSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A realm with the API in front of it, and an OAuth client that is allowed to use all of it. */
final class PingWorld implements AutoCloseable {

    static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final String ROOT = "/realms/acme/pf-ws/rest/sessionMgmt";

    final LogLines log = new LogLines("dev.identities");
    final FakeStreams streams = new FakeStreams();
    final FakeStore store = new FakeStore(streams);
    final FakeDirectory directory = new FakeDirectory();
    final FakeUserKeys userKeys = new FakeUserKeys();
    final FakeRevocationList revocationList = new FakeRevocationList();
    final FakeSessionChanges changes = new FakeSessionChanges(streams);
    final FakeSriAudit audit = new FakeSriAudit();
    final Map<String, String> realmAttributes = new HashMap<>();
    final Map<String, String> clientAttributes = new HashMap<>();

    /** What the rate limit's clock shows. */
    final AtomicLong nanos = new AtomicLong();

    /** What the clock of the delay of empty answers shows. */
    final AtomicLong delayNanos = new AtomicLong();

    /** What it takes to commit a request, on that clock. */
    long commitNanos;

    String realm = "acme";
    String clientId = "helpdesk";

    private final Deliveries deliveries = new Deliveries(DeliveryMetrics.NONE);
    private final RateLimit rateLimit = new RateLimit(nanos::get);

    private OAuthClientAuthentication authentication =
            () -> new OAuthClientCaller(clientId, ClientSettings.of(clientAttributes::get));

    private final List<Runnable> afterCommit = new ArrayList<>();

    private final ApiServer server = new ApiServer(() -> request -> {
        dev.identities.api.Answer answer = api().handle(request);
        delayNanos.addAndGet(commitNanos);
        afterCommit.forEach(Runnable::run);
        afterCommit.clear();
        return answer;
    });

    private Api api() {
        VolatileSessions catalog = streams.catalog();
        RealmSettings settings = RealmSettings.of(realmAttributes::get);
        return new PingFederateApi(
                new PingFederateApi.Realm(
                        realm,
                        settings,
                        userKeys,
                        catalog,
                        directory,
                        new Revocations(
                                catalog,
                                new Revoker(store, List.of(new BackchannelLogout(deliveries), audit), task -> {}),
                                settings.revokeOfflineSessions()),
                        revocationList,
                        changes),
                () -> authentication.authenticate(),
                audit,
                rateLimit,
                new EmptyAnswerDelay(delayNanos::get, delayNanos::addAndGet, afterCommit::add));
    }

    PingWorld() {
        clientAttributes.put("identities.session-management-api", "true");
        clientAttributes.put("identities.session-revocation-api", "true");
        store.withRemoval(ref -> revocationList.sris.add(ref.sid()));
    }

    /** The users of a key, as {@code username=jane}. */
    void user(String attributeAndKey, String... ids) {
        userKeys.put(attributeAndKey, ids);
    }

    void add(Session... sessions) {
        streams.add(sessions);
    }

    void refuse(AccessDeniedException.Reason reason) {
        authentication = () -> {
            throw new AccessDeniedException(reason);
        };
    }

    /** The sessions that live, as {@code sid KIND}. */
    List<String> left() {
        return streams.sessions().stream()
                .map(session -> session.id().sid() + " " + session.id().kind())
                .toList();
    }

    /** Calls a path below {@code .../rest/sessionMgmt/users}. */
    Answer users(String method, String pathAndQuery, String... headers) {
        return call(method, "/users" + pathAndQuery, headers);
    }

    /** Calls a path below {@code .../rest/sessionMgmt/sessions/}. */
    Answer session(String method, String pathAndQuery, String... headers) {
        return call(method, "/sessions/" + pathAndQuery, headers);
    }

    /** Asks for an SRI in the form that it has in a path. */
    Answer askList(String rawSri) {
        return call("GET", "/revokedSris/" + rawSri, "X-XSRF-Header", "PingFederate");
    }

    /** Puts an SRI on the list by a body as it is. */
    Answer addToList(String body) {
        return addToList(body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    /** The same with headers of the test's own besides the one against XSRF. */
    Answer addToList(byte[] body, String... headers) {
        String[] all = Stream.concat(Stream.of("X-XSRF-Header", "PingFederate"), Stream.of(headers))
                .toArray(String[]::new);
        return server.call("POST", ROOT + "/revokedSris", body, all);
    }

    /** Calls a path below {@code .../rest/sessionMgmt}. */
    Answer call(String method, String pathAndQuery, String... headers) {
        return server.call(method, ROOT + pathAndQuery, headers);
    }

    /** Calls a path below {@code /realms/acme/pf-ws}. */
    Answer callProvider(String method, String path) {
        return server.call(method, "/realms/acme/pf-ws" + path);
    }

    /** Calls with a form as its body; a path below {@code .../rest/sessionMgmt}. */
    Answer callWithForm(String path, String form) {
        return server.call(
                "POST",
                ROOT + path,
                form.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    /** Past JAX-RS, for what it would not let through; a path below {@code .../rest/sessionMgmt}. */
    Answer raw(String method, String path, String query) {
        return server.raw(method, "/rest/sessionMgmt" + path, query, Map.of("X-XSRF-Header", "PingFederate"));
    }

    @Override
    public void close() {
        deliveries.close();
        log.close();
    }
}
