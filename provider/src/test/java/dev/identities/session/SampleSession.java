package dev.identities.session;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions to test with: every member has a value, and a test says only what matters to it. */
public final class SampleSession {

    /** 2026-01-17T01:02:03Z. */
    public static final long SECOND = 1_768_611_723;

    private final SessionId id;
    private UserId user = new UserId("00000000-0000-4000-8000-000000000001");
    private Instant lastSignIn;
    private Instant lastActive;
    private Optional<Instant> maxExpiry;
    private String ipAddress = "203.0.113.7";
    private Device device = new Device("Mozilla/5.0 (X)", "Safari", "15.1", "Desktop", "MacOS", "10.15.7");
    private Optional<Grant> grant = Optional.empty();
    private Optional<Broker> broker = Optional.empty();
    private Optional<UserId> impersonator = Optional.empty();
    private List<Authentication> authentications = List.of();
    private List<ClientUse> clients = List.of();

    private SampleSession(SessionId id) {
        this.id = id;
        this.lastSignIn = Instant.ofEpochSecond(id.createdOn());
        this.lastActive = lastSignIn;
        this.maxExpiry = Optional.of(lastSignIn.plus(Duration.ofHours(10)));
    }

    /** An online session without remember-me of {@link #SECOND}. */
    public static SampleSession of(String sid) {
        return of(new SessionId(SECOND, SessionKind.ONLINE, RememberMe.NO, sid));
    }

    /** A session of that id. */
    public static SampleSession of(SessionId id) {
        return new SampleSession(id);
    }

    /** A session like this one. */
    public static SampleSession like(Session session) {
        SampleSession sample = of(session.id());
        sample.user = session.userId();
        sample.lastSignIn = session.lastSignIn();
        sample.lastActive = session.lastActive();
        sample.maxExpiry = session.maxExpiry();
        sample.ipAddress = session.ipAddress();
        sample.device = session.device();
        sample.grant = session.grant();
        sample.broker = session.broker();
        sample.impersonator = session.impersonator();
        sample.authentications = session.authentications();
        sample.clients = session.clients();
        return sample;
    }

    /** An application at {@code https://{clientId}.example.com/}. */
    public static Application application(String clientId) {
        return new Application(
                clientId, "App " + clientId, Optional.of(URI.create("https://" + clientId + ".example.com/")));
    }

    public SampleSession user(String userId) {
        user = new UserId(userId);
        return this;
    }

    public SampleSession lastSignIn(Instant at) {
        lastSignIn = at;
        return this;
    }

    public SampleSession lastActive(Instant at) {
        lastActive = at;
        return this;
    }

    public SampleSession unlimited() {
        maxExpiry = Optional.empty();
        return this;
    }

    public SampleSession ipAddress(String address) {
        ipAddress = address;
        return this;
    }

    public SampleSession device(Device value) {
        device = value;
        return this;
    }

    public SampleSession grant(Grant value) {
        grant = Optional.of(value);
        return this;
    }

    public SampleSession broker(String alias, String externalUserId) {
        broker = Optional.of(new Broker(alias, externalUserId));
        return this;
    }

    public SampleSession impersonator(String userId) {
        impersonator = Optional.of(new UserId(userId));
        return this;
    }

    public SampleSession authentications(Authentication... steps) {
        authentications = List.of(steps);
        return this;
    }

    /** The uses of clients, most recently used first. */
    public SampleSession uses(List<ClientUse> value) {
        clients = value;
        return this;
    }

    /** The clients, most recently used first, each first reached when the session began. */
    public SampleSession clients(String... uuids) {
        Instant started = Instant.ofEpochSecond(id.createdOn());
        clients = List.of(uuids).stream()
                .map(uuid -> new ClientUse(uuid, started, started.plusSeconds(60)))
                .toList();
        return this;
    }

    public Session build() {
        return new Session(
                id,
                user,
                Instant.ofEpochSecond(id.createdOn()),
                lastSignIn,
                lastActive,
                lastActive.plus(Duration.ofMinutes(30)),
                maxExpiry,
                ipAddress,
                device,
                "openid-connect",
                id.rememberMe() == RememberMe.YES,
                grant,
                broker,
                impersonator,
                authentications,
                clients);
    }
}
