package dev.identities.filter;

import dev.identities.session.Application;
import dev.identities.session.Attribution;
import dev.identities.session.Broker;
import dev.identities.session.ClientUse;
import dev.identities.session.Device;
import dev.identities.session.Grant;
import dev.identities.session.Identity;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.RememberMe;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.Suspension;
import dev.identities.session.UserId;
import dev.identities.signal.Signal;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sessions and what surrounds them, for tests of filters. */
final class Sample {

    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    static final String JANE = "0f1e2d3c-0000-4000-8000-000000000001";

    static final String SID = "xNSZ8QJ2mC1rYv0aBcDeFgHi";

    private Sample() {}

    /** What a filter asks for, in maps that a test may change. */
    static final class Around implements Surroundings {

        final Map<String, Person> people = new HashMap<>();
        final Map<String, Application> applications = new HashMap<>();
        final Map<String, Place> places = new HashMap<>();
        final Map<String, Person> impersonators = new HashMap<>();
        final Map<String, Suspension> suspensions = new HashMap<>();
        final Map<SessionId, List<Signal>> signals = new HashMap<>();
        final Map<UserId, Map<SessionId, List<Signal>>> userSignals = new HashMap<>();
        boolean signalsAreRead = true;
        boolean manage = true;
        Optional<String> callerSid = Optional.empty();

        @Override
        public Optional<Person> person(UserId user) {
            return Optional.ofNullable(people.get(user.value()));
        }

        @Override
        public Optional<Application> application(String clientUuid) {
            return Optional.ofNullable(applications.get(clientUuid));
        }

        @Override
        public IdentityProvider identityProvider(Optional<String> alias) {
            return alias.map(text -> new IdentityProvider(text, text.toUpperCase(Locale.ROOT), "https://" + text))
                    .orElseGet(() -> new IdentityProvider("", "Acme", realmUrl().toString()));
        }

        @Override
        public Optional<Place> place(String recordedAddress) {
            return Optional.ofNullable(places.get(recordedAddress));
        }

        @Override
        public Optional<Person> impersonator(UserId administrator) {
            return Optional.ofNullable(impersonators.get(administrator.value()));
        }

        @Override
        public Optional<Suspension> suspension(Session session) {
            return Optional.ofNullable(suspensions.get(session.id().sid()));
        }

        @Override
        public boolean mayManage(UserId user) {
            return manage;
        }

        @Override
        public Optional<String> callerSid() {
            return callerSid;
        }

        @Override
        public List<Signal> signals(Session session) {
            if (!signalsAreRead) {
                throw new AssertionError("signals were not to be read");
            }
            return signals.getOrDefault(session.id(), List.of());
        }

        @Override
        public Map<SessionId, List<Signal>> signals(Identity user) {
            return userSignals.getOrDefault(user.userId(), Map.of());
        }

        @Override
        public URI realmUrl() {
            return URI.create("https://sso.example/realms/acme");
        }

        @Override
        public URI accountUrl() {
            return URI.create("https://sso.example/realms/acme/account");
        }
    }

    static Around around() {
        Around around = new Around();
        around.people.put(
                JANE,
                new Person(
                        "jane",
                        "jane@example.com",
                        "Jane Doe",
                        true,
                        Optional.of(Instant.parse("2020-05-04T03:02:01Z"))));
        around.applications.put(
                "uuid-wiki", new Application("wiki", "Wiki", Optional.of(URI.create("https://wiki.example/"))));
        around.applications.put("uuid-mail", new Application("mail", "Mail", Optional.empty()));
        around.places.put(
                "10.7.3.1",
                new Place(
                        "DE",
                        "Berlin",
                        52.5,
                        13.25,
                        20,
                        "Demo-City",
                        new Attribution("by Demo", "https://demo.example")));
        return around;
    }

    /** Jane's: two applications, of which the wiki was used last. */
    static Session session() {
        return session("10.7.3.1", "google", "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0");
    }

    static Session session(String address, String alias, String userAgent) {
        Instant started = Instant.parse("2026-11-27T08:00:00Z");
        return new Session(
                new SessionId(started.getEpochSecond(), SessionKind.ONLINE, RememberMe.NO, SID),
                new UserId(JANE),
                started,
                started.plusSeconds(60),
                started.plusSeconds(3_600),
                NOW.plusSeconds(1_800),
                Optional.of(NOW.plusSeconds(7_200)),
                address,
                new Device(userAgent, "Firefox", "128.0", "Desktop", "Linux", ""),
                "openid-connect",
                false,
                Optional.<Grant>empty(),
                Optional.of(alias).filter(text -> !text.isEmpty()).map(text -> new Broker(text, "ext-1")),
                Optional.empty(),
                List.of(),
                List.of(
                        new ClientUse("uuid-wiki", started.plusSeconds(1), started.plusSeconds(3_600)),
                        new ClientUse("uuid-mail", started, started.plusSeconds(600))));
    }

    static Session impersonatedBy(Session session, UserId administrator) {
        return new Session(
                session.id(),
                session.userId(),
                session.started(),
                session.lastSignIn(),
                session.lastActive(),
                session.idleExpiry(),
                session.maxExpiry(),
                session.ipAddress(),
                session.device(),
                session.protocol(),
                session.rememberMe(),
                session.grant(),
                session.broker(),
                Optional.of(administrator),
                session.authentications(),
                session.clients());
    }

    static Identity identity(Session... recent) {
        return new Identity(
                recent[0].userId(),
                recent.length,
                recent[0].started(),
                recent[0].lastSignIn(),
                recent[0].lastActive(),
                List.of(recent));
    }
}
