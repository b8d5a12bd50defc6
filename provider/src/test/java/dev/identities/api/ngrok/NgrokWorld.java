package dev.identities.api.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.LogLines;
import dev.identities.access.AccessDeniedException;
import dev.identities.access.AdminAuthentication;
import dev.identities.access.AdminCaller;
import dev.identities.api.ApiServer;
import dev.identities.api.Route;
import dev.identities.bulk.BulkRevocation;
import dev.identities.bulk.FakeOffice;
import dev.identities.ending.BackchannelLogout;
import dev.identities.ending.BulkEnded;
import dev.identities.ending.Channel;
import dev.identities.ending.EndingListener;
import dev.identities.ending.FakeStore;
import dev.identities.ending.RevocationReport;
import dev.identities.ending.Revocations;
import dev.identities.ending.Revoker;
import dev.identities.ending.SessionsEnded;
import dev.identities.feed.FakeFeeds;
import dev.identities.listing.FakeDirectory;
import dev.identities.listing.FakeSeal;
import dev.identities.listing.FakeStreams;
import dev.identities.listing.SessionCatalog;
import dev.identities.notify.Deliveries;
import dev.identities.notify.DeliveryMetrics;
import dev.identities.session.Place;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.UserId;
import dev.identities.settings.SignalSettings;
import dev.identities.signal.Signals;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A realm with the API in front of it, and a caller who may do everything until a test takes something away. */
final class NgrokWorld implements AutoCloseable {

    static final String[] VERSION = {"ngrok-version", "2"};
    static final String BASE = "/realms/acme/app";

    final LogLines log = new LogLines("dev.identities");
    final FakeStreams streams = new FakeStreams();
    final FakeStore store = new FakeStore(streams);
    final FakeDirectory directory = new FakeDirectory();
    final FakeSeal seal = new FakeSeal();
    final Map<String, Place> places = new HashMap<>();
    final List<Audited> audited = new ArrayList<>();
    final Caller caller = new Caller();
    final FakeFeeds feeds = new FakeFeeds();
    final Deliveries deliveries = new Deliveries(DeliveryMetrics.NONE);
    SessionCatalog catalog = streams.catalog(seal);
    AdminAuthentication authentication = () -> caller;
    boolean offlineToo = true;
    final FakeOffice office = new FakeOffice();
    final List<BulkEnded> summaries = new ArrayList<>();
    int reasonThreshold = 100;

    private final ApiServer server = new ApiServer(() -> new NgrokApi(
            () -> authentication.authenticate(),
            catalog,
            directory,
            seal,
            this::place,
            signals(),
            revocations(),
            bulk(),
            feeds));

    /** What the audit heard of one call. */
    record Audited(RevocationReport report, String reason) {}

    private final class Audit implements EndingListener {
        @Override
        public void ended(SessionsEnded event) {
            assertThat(event.cause().actor()).isSameAs(caller);
            assertThat(event.cause().channel()).isEqualTo(Channel.APP);
            audited.add(new Audited(event.report(), event.cause().reason()));
        }

        @Override
        public void bulkEnded(BulkEnded event) {
            summaries.add(event);
        }
    }

    /** An administrator with holes in their permissions. */
    static final class Caller implements AdminCaller {
        final Set<String> hiddenUsers = new HashSet<>();
        final Set<String> unmanageableUsers = new HashSet<>();
        final Set<String> hiddenClients = new HashSet<>();
        boolean mayQuery = true;
        Optional<String> sid = Optional.empty();

        @Override
        public String id() {
            return "administrator";
        }

        @Override
        public boolean mayQuery() {
            return mayQuery;
        }

        @Override
        public boolean mayView(UserId user) {
            return !hiddenUsers.contains(user.value());
        }

        @Override
        public boolean mayViewAll() {
            return hiddenUsers.isEmpty();
        }

        @Override
        public boolean mayManage(UserId user) {
            return !unmanageableUsers.contains(user.value());
        }

        @Override
        public boolean mayViewClient(String clientUuid) {
            return !hiddenClients.contains(clientUuid);
        }

        @Override
        public Optional<String> sid() {
            return sid;
        }
    }

    private Optional<Place> place(String address) {
        return Optional.ofNullable(places.get(address));
    }

    /** Signals an hour after the sessions of a test began. */
    private Signals signals() {
        return new Signals(
                SignalSettings.of(name -> null),
                this::place,
                Instant.ofEpochSecond(SampleSession.SECOND).plus(Duration.ofHours(1)));
    }

    private Revocations revocations() {
        return new Revocations(
                catalog,
                new Revoker(store, List.of(new BackchannelLogout(deliveries), new Audit()), task -> {}),
                offlineToo);
    }

    private BulkRevocation bulk() {
        return new BulkRevocation(catalog, revocations(), office, reasonThreshold);
    }

    /** The table of the API's routes. */
    List<Route<AdminCaller, NgrokError.Raised>> routes() {
        return new NgrokRoutes(catalog, directory, seal, this::place, signals(), revocations(), bulk(), feeds)
                .router()
                .routes();
    }

    /** From here on 203.0.113.7 is in Berlin, and 203.0.113.8 in Tokyo. */
    void knowBerlinAndTokyo() {
        places.put("203.0.113.7", new Place("DE", "Berlin", 52.52, 13.405, 20, "test", null));
        places.put("203.0.113.8", new Place("JP", "Tokyo", 35.68, 139.69, 50, "test", null));
    }

    void add(Session... sessions) {
        streams.add(sessions);
    }

    void refuse(AccessDeniedException.Reason reason) {
        authentication = () -> {
            throw new AccessDeniedException(reason);
        };
    }

    /** Calls a path below {@code /realms/acme/app} with the version header. */
    ApiServer.Answer call(String method, String pathAndQuery) {
        return server.call(method, BASE + pathAndQuery, VERSION);
    }

    /** The same past JAX-RS, for what it would not let through. */
    ApiServer.Answer raw(String method, String pathAndQuery) {
        String[] parts = pathAndQuery.split("\\?", 2);
        return server.raw(method, parts[0], parts.length > 1 ? parts[1] : null, Map.of("ngrok-version", "2"));
    }

    /** Calls with exactly these headers. */
    ApiServer.Answer callWith(String method, String pathAndQuery, String... headers) {
        return server.call(method, BASE + pathAndQuery, headers);
    }

    /** Calls with the version header and a body. */
    ApiServer.Answer callWithBody(String method, String pathAndQuery, String body) {
        return server.call(method, BASE + pathAndQuery, body.getBytes(StandardCharsets.UTF_8), VERSION);
    }

    /** Posts JSON with the version header, and with these headers besides. */
    ApiServer.Answer callWithJson(String path, String json, String... headers) {
        String[] all = Stream.concat(
                        Stream.of("ngrok-version", "2", "Content-Type", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return server.call("POST", BASE + path, json.getBytes(StandardCharsets.UTF_8), all);
    }

    @Override
    public void close() {
        deliveries.close();
        feeds.hub().close();
        log.close();
    }
}
