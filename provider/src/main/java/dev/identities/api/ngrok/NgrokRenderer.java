package dev.identities.api.ngrok;

import dev.identities.access.AdminCaller;
import dev.identities.address.RecordedAddress;
import dev.identities.bulk.BulkReport;
import dev.identities.bulk.Preview;
import dev.identities.ending.BulkEnded;
import dev.identities.ending.RevocationReport;
import dev.identities.feed.SessionEvent;
import dev.identities.listing.Directory;
import dev.identities.notify.Delivery;
import dev.identities.session.Application;
import dev.identities.session.Broker;
import dev.identities.session.ClientUse;
import dev.identities.session.Device;
import dev.identities.session.Identity;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import dev.identities.signal.Evidence;
import dev.identities.signal.Signal;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns the domain into the API's bodies, showing a caller no application that they may not view. */
final class NgrokRenderer {

    /** Stands for an application that the caller may not view. */
    static final String HIDDEN = "(hidden)";

    private final Directory directory;
    private final Function<String, Optional<Place>> places;
    private final SignalReader signals;
    private final AdminCaller caller;
    private final Map<String, Optional<Application>> applications = new HashMap<>();
    private final Map<String, IdentityProvider> providers = new HashMap<>();

    /** By address, because many sessions of a page are from one address, and each look-up decodes a record. */
    private final Map<String, Optional<Place>> located = new HashMap<>();

    NgrokRenderer(
            Directory directory, Function<String, Optional<Place>> places, SignalReader signals, AdminCaller caller) {
        this.directory = directory;
        this.places = places;
        this.signals = signals;
        this.caller = caller;
    }

    String usersUri() {
        return directory.realmUrl() + "/app/users";
    }

    String sessionsUri() {
        return directory.realmUrl() + "/app/sessions";
    }

    NgrokJson.User user(Identity identity) {
        return users(List.of(identity)).get(0);
    }

    /** Reads their accounts, and what the sessions of all of them are compared with, at once. */
    List<NgrokJson.User> users(List<Identity> identities) {
        directory.readAhead(identities.stream().map(Identity::userId).toList());
        Map<UserId, Map<SessionId, List<Signal>>> found = signals.ofPeople(identities);
        return identities.stream()
                .map(identity -> user(identity, found.getOrDefault(identity.userId(), Map.of())))
                .toList();
    }

    private NgrokJson.User user(Identity identity, Map<SessionId, List<Signal>> found) {
        Person person = directory.person(identity.userId()).orElse(Person.UNKNOWN);
        Session latest = identity.latest();
        return new NgrokJson.User(
                identity.userId().toString(),
                userUri(identity.userId()),
                provider(latest),
                providerUserId(identity),
                person.username(),
                person.email(),
                person.name(),
                time(person.created().orElse(identity.firstStarted())),
                time(identity.lastActive()),
                time(identity.lastSignIn()),
                person.enabled(),
                lowerCase(person.account()),
                identity.sessionsCount(),
                identity.through().stream().map(this::provider).distinct().toList(),
                access(identity.userId()),
                identity.clients().stream().map(this::client).toList(),
                session(latest, found.getOrDefault(latest.id(), List.of())),
                codes(found.values().stream().flatMap(List::stream)),
                details(found));
    }

    /** For each code which session has it, of several the one that was active last, and that session's evidence. */
    private static Map<String, NgrokJson.SignalDetail> details(Map<SessionId, List<Signal>> found) {
        Map<String, NgrokJson.SignalDetail> details = new TreeMap<>();
        found.forEach((session, signals) -> details(signals.stream(), session).forEach(details::putIfAbsent));
        return details;
    }

    /** Reads their accounts, and what the sessions are compared with, once for all of them. */
    List<NgrokJson.Session> sessions(List<Session> sessions) {
        directory.readAhead(sessions.stream().map(Session::userId).toList());
        Map<SessionId, List<Signal>> found = signals.of(sessions);
        return sessions.stream()
                .map(session -> session(session, found.getOrDefault(session.id(), List.of())))
                .toList();
    }

    NgrokJson.Session session(Session session) {
        return sessions(List.of(session)).get(0);
    }

    private NgrokJson.Session session(Session session, List<Signal> found) {
        Optional<Application> latest = session.clients().stream()
                .findFirst()
                .filter(use -> caller.mayViewClient(use.clientUuid()))
                .flatMap(use -> application(use.clientUuid()));
        URI publicUrl = latest.flatMap(Application::url).orElseGet(directory::accountUrl);
        return new NgrokJson.Session(
                session.id().toString(),
                sessionsUri() + "/" + session.id(),
                publicUrl.toString(),
                new NgrokJson.BrowserSession(
                        userAgent(session.device()),
                        RecordedAddress.canonical(session.ipAddress()),
                        location(session),
                        session.ipAddress()),
                personRef(session.userId()),
                time(session.started()),
                time(session.lastActive()),
                time(session.expires()),
                latest.map(application -> new NgrokJson.Ref(application.clientId(), publicUrl.toString()))
                        .orElse(null),
                null,
                null,
                lowerCase(session.id().kind()),
                time(session.idleExpiry()),
                provider(session),
                session.protocol(),
                session.rememberMe(),
                session.clients().stream().map(this::client).toList(),
                access(session.userId()),
                caller.isHereBy(session.id().sid()),
                session.impersonator().map(this::impersonator).orElse(null),
                session.grant().map(NgrokRenderer::lowerCase).orElse(null),
                directory.suspension(session).map(NgrokRenderer::lowerCase).orElse(null),
                codes(found.stream()),
                sessionDetails(found));
    }

    /** By code the evidence of one session's signals. A code that says it all has none. */
    private static Map<String, NgrokJson.SignalDetail> sessionDetails(List<Signal> found) {
        return details(found.stream().filter(signal -> !signal.evidence().equals(Evidence.NONE)), null);
    }

    /** Each code once, in the order of the codes. */
    private static List<String> codes(Stream<Signal> signals) {
        return signals.map(Signal::code)
                .distinct()
                .sorted()
                .map(NgrokRenderer::lowerCase)
                .toList();
    }

    /** By code the evidence of the first signal of the code. */
    private static Map<String, NgrokJson.SignalDetail> details(Stream<Signal> signals, SessionId session) {
        Map<String, NgrokJson.SignalDetail> details = new TreeMap<>();
        signals.forEach(signal -> details.putIfAbsent(lowerCase(signal.code()), detail(signal.evidence(), session)));
        return details;
    }

    private static NgrokJson.SignalDetail detail(Evidence evidence, SessionId session) {
        return new NgrokJson.SignalDetail(
                text(session),
                text(evidence.otherSession()),
                evidence.distanceKm(),
                evidence.seconds(),
                evidence.speedKmh(),
                evidence.country(),
                evidence.device(),
                evidence.others(),
                evidence.days());
    }

    private static String text(SessionId id) {
        return id == null ? null : id.toString();
    }

    private NgrokJson.PersonRef personRef(UserId user) {
        Person person = directory.person(user).orElse(Person.UNKNOWN);
        return new NgrokJson.PersonRef(user.toString(), userUri(user), person.username(), person.name());
    }

    /** The administrator's name if the caller may view them. An administrator of another realm is never named. */
    private NgrokJson.Impersonator impersonator(UserId administrator) {
        return directory
                .person(administrator)
                .filter(person -> caller.mayView(administrator))
                .map(person -> new NgrokJson.Impersonator(administrator.toString(), person.username()))
                .orElseGet(() -> new NgrokJson.Impersonator("", HIDDEN));
    }

    NgrokJson.Event event(SessionEvent event) {
        UserId user = event.ref().userId();
        Person person = directory.person(user).orElse(Person.UNKNOWN);
        return new NgrokJson.Event(
                event.id(),
                event.type().wireName(),
                time(event.time()),
                event.ref().sid(),
                lowerCase(event.ref().kind()),
                new NgrokJson.EventUser(user.toString(), userUri(user), person.username()),
                event.session()
                        .map(session -> session(session, event.signals()))
                        .orElse(null),
                event.end()
                        .map(end -> new NgrokJson.End(party(end.by()), lowerCase(end.through()), end.reason()))
                        .orElse(null),
                event.raised().map(NgrokRenderer::raised).orElse(null));
    }

    private static NgrokJson.RaisedSignal raised(SessionEvent.Raised raised) {
        String code = lowerCase(raised.code());
        return new NgrokJson.RaisedSignal(code, sessionDetails(raised.all()).get(code));
    }

    /** The party's name if the caller may view them. An administrator of another realm is never named. */
    private NgrokJson.Party party(SessionEvent.Party by) {
        String kind = lowerCase(by.kind());
        return switch (by.kind()) {
            case SERVER -> new NgrokJson.Party(kind, "", "");
            case CLIENT ->
                applicationName(by.id())
                        .map(name -> new NgrokJson.Party(kind, by.id(), name))
                        .orElseGet(() -> new NgrokJson.Party(kind, "", HIDDEN));
            case IDENTITY_PROVIDER -> {
                IdentityProvider provider = directory.identityProvider(by.id());
                yield new NgrokJson.Party(kind, provider.alias(), provider.name());
            }
            case ADMINISTRATOR, USER -> {
                NgrokJson.Impersonator shown = impersonator(new UserId(by.id()));
                yield new NgrokJson.Party(kind, shown.id(), shown.username());
            }
        };
    }

    NgrokJson.Report report(RevocationReport report) {
        return new NgrokJson.Report(report.outcomes().stream()
                .map(outcome -> new NgrokJson.EndedSession(
                        outcome.session().sid(),
                        lowerCase(outcome.session().kind()),
                        lowerCase(outcome.status()),
                        outcome.deliveries().stream().map(this::told).toList()))
                .toList());
    }

    NgrokJson.BulkPreview preview(Preview preview, boolean reasonRequired) {
        return new NgrokJson.BulkPreview(
                true,
                preview.sessions(),
                preview.users(),
                preview.applications(),
                preview.identityProviders(),
                preview.more(),
                preview.forbidden(),
                preview.includesCaller(),
                reasonRequired,
                time(preview.asOf()),
                sessions(preview.sample()),
                preview.ticket().map(Preview.IssuedTicket::text).orElse(null),
                preview.ticket().map(ticket -> time(ticket.expires())).orElse(null));
    }

    NgrokJson.BulkResult result(BulkReport report) {
        BulkEnded.Counts counts = report.counts();
        return new NgrokJson.BulkResult(
                counts.ended(),
                counts.alreadyGone(),
                counts.noLongerMatching(),
                counts.newlyMatching(),
                counts.forbidden(),
                report.failures().stream()
                        .map(failure -> new NgrokJson.BulkFailure(
                                failure.id(),
                                failure.tried()
                                        ? "The session could not be ended."
                                        : "The session was not tried, because those before it could not be ended."))
                        .toList(),
                counts.callerLeftOut(),
                counts.more(),
                report(report.report()).sessions());
    }

    private NgrokJson.NotifiedParty told(Delivery delivery) {
        Optional<String> name = delivery.identityProvider().isPresent()
                ? delivery.identityProvider().flatMap(this::providerName)
                : applicationName(delivery.party());
        return new NgrokJson.NotifiedParty(
                name.isPresent() ? delivery.party() : HIDDEN, name.orElse(HIDDEN), lowerCase(delivery.status()));
    }

    /** Empty when the identity provider is gone. */
    private Optional<String> providerName(String alias) {
        return Optional.of(alias)
                .filter(directory::hasIdentityProvider)
                .map(directory::identityProvider)
                .map(IdentityProvider::name);
    }

    /** Empty when the application is gone, or the caller may not view it. */
    private Optional<String> applicationName(String clientId) {
        return directory
                .clientUuid(clientId)
                .filter(caller::mayViewClient)
                .flatMap(this::application)
                .map(Application::name);
    }

    private NgrokJson.Access access(UserId user) {
        return new NgrokJson.Access(caller.mayManage(user));
    }

    private NgrokJson.Client client(ClientUse use) {
        Optional<Application> application = application(use.clientUuid());
        boolean visible = application.isPresent() && caller.mayViewClient(use.clientUuid());
        return new NgrokJson.Client(
                visible ? application.get().clientId() : HIDDEN,
                visible ? application.get().name() : HIDDEN,
                visible ? application.get().url().map(URI::toString).orElse("") : "",
                time(use.started()),
                time(use.lastActive()),
                visible ? use.clientUuid() : "");
    }

    private NgrokJson.Provider provider(Session session) {
        return provider(session.broker().map(Broker::alias));
    }

    private NgrokJson.Provider provider(Optional<String> through) {
        IdentityProvider provider = through.map(alias -> providers.computeIfAbsent(alias, directory::identityProvider))
                .orElseGet(directory::localIdentityProvider);
        return new NgrokJson.Provider(provider.name(), provider.issuer(), provider.alias());
    }

    private static String providerUserId(Identity identity) {
        return identity.latest()
                .broker()
                .map(Broker::externalUserId)
                .filter(id -> !id.isEmpty())
                .orElse(identity.userId().value());
    }

    private NgrokJson.Location location(Session session) {
        return located.computeIfAbsent(session.ipAddress(), places)
                .map(place -> new NgrokJson.Location(
                        place.countryCode(),
                        place.latitude(),
                        place.longitude(),
                        place.radiusKm(),
                        place.city(),
                        place.source(),
                        place.attribution() == null ? null : place.attribution().text(),
                        place.attribution() == null ? null : place.attribution().url()))
                .orElse(null);
    }

    private static NgrokJson.UserAgent userAgent(Device device) {
        return new NgrokJson.UserAgent(
                device.userAgent(),
                device.browserName(),
                device.browserVersion(),
                device.type(),
                device.osName(),
                device.osVersion());
    }

    private Optional<Application> application(String clientUuid) {
        return applications.computeIfAbsent(clientUuid, directory::application);
    }

    private String userUri(UserId user) {
        return usersUri() + "/" + user;
    }

    /** RFC 3339 in UTC with whole seconds, because every client parses that. */
    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
