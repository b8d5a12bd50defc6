package dev.identities.api.ngrok;

import dev.identities.access.AdminCaller;
import dev.identities.filter.Surroundings;
import dev.identities.listing.Directory;
import dev.identities.session.Application;
import dev.identities.session.Identity;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.Suspension;
import dev.identities.session.UserId;
import dev.identities.signal.Signal;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a filter may look at around a session: what {@link NgrokRenderer} shows to this caller, and nothing more. */
final class CallerSurroundings implements Surroundings {

    /** The most places that are kept of one answer: a scan meets some addresses often and most of them once. */
    private static final int MAX_PLACES = 10_000;

    private final Directory directory;
    private final Function<String, Optional<Place>> places;
    private final SignalReader signals;
    private final AdminCaller caller;
    private final Map<String, Optional<Application>> applications = new HashMap<>();
    private final Map<String, IdentityProvider> providers = new HashMap<>();
    private final Map<String, Optional<Place>> known = new HashMap<>();

    /** What was read last, for the items that are judged next. */
    private Map<SessionId, List<Signal>> sessionSignals = Map.of();

    private Map<UserId, Map<SessionId, List<Signal>>> userSignals = Map.of();

    CallerSurroundings(
            Directory directory, Function<String, Optional<Place>> places, SignalReader signals, AdminCaller caller) {
        this.directory = directory;
        this.places = places;
        this.signals = signals;
        this.caller = caller;
    }

    /** Reads the signals of these sessions at once, and forgets those that were read before. */
    void readSignals(List<Session> sessions) {
        sessionSignals = signals.of(sessions);
    }

    /** The same for users. */
    void readUserSignals(List<Identity> users) {
        userSignals = signals.ofPeople(users);
    }

    @Override
    public List<Signal> signals(Session session) {
        return known(sessionSignals, session.id(), () -> signals.of(List.of(session)))
                .orElse(List.of());
    }

    @Override
    public Map<SessionId, List<Signal>> signals(Identity user) {
        return known(userSignals, user.userId(), () -> signals.ofPeople(List.of(user)))
                .orElse(Map.of());
    }

    private static <K, V> Optional<V> known(Map<K, V> read, K key, Supplier<Map<K, V>> alone) {
        return Optional.ofNullable((read.containsKey(key) ? read : alone.get()).get(key));
    }

    @Override
    public Optional<Person> person(UserId user) {
        return directory.person(user);
    }

    @Override
    public Optional<Application> application(String clientUuid) {
        return applications.computeIfAbsent(
                clientUuid, uuid -> caller.mayViewClient(uuid) ? directory.application(uuid) : Optional.empty());
    }

    @Override
    public IdentityProvider identityProvider(Optional<String> alias) {
        return alias.map(one -> providers.computeIfAbsent(one, directory::identityProvider))
                .orElseGet(() -> providers.computeIfAbsent("", local -> directory.localIdentityProvider()));
    }

    @Override
    public Optional<Place> place(String recordedAddress) {
        Optional<Place> place = known.get(recordedAddress);
        if (place == null) {
            place = places.apply(recordedAddress);
            if (known.size() < MAX_PLACES) {
                known.put(recordedAddress, place);
            }
        }
        return place;
    }

    @Override
    public Optional<Person> impersonator(UserId administrator) {
        return directory.person(administrator).filter(person -> caller.mayView(administrator));
    }

    @Override
    public Optional<Suspension> suspension(Session session) {
        return directory.suspension(session);
    }

    @Override
    public boolean mayManage(UserId user) {
        return caller.mayManage(user);
    }

    @Override
    public Optional<String> callerSid() {
        return caller.sid();
    }

    @Override
    public URI realmUrl() {
        return directory.realmUrl();
    }

    @Override
    public URI accountUrl() {
        return directory.accountUrl();
    }
}
