package dev.identities.signal;

import dev.identities.session.Grant;
import dev.identities.session.Place;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SignIn;
import dev.identities.settings.SignalSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rules by which a session is unusual for its person. They compare the sign-ins of the person's live sessions.
 *
 * <p>What is unknown gives no signal: an address without a place (each private one, and each that the location database
 * does not know), and a device that does not say what it is. A session that is not the person's own sign-in is compared
 * with nothing, because its address and device are those of an administrator or of a program.
 */
public final class Signals {

    /**
     * A session is compared with so many of the person's sessions, those that were active last. It is the same number
     * everywhere, so that a session has the same signals in each answer. A person with more is a rarity, and a page of a
     * hundred people must not read thousands of sessions.
     */
    public static final int COMPARED = 10;

    private final SignalSettings settings;
    private final Function<String, Optional<Place>> places;
    private final Instant now;

    /**
     * The rules at one moment.
     *
     * @param places where an address is, as Keycloak recorded it; empty for a private or unknown one
     */
    public Signals(SignalSettings settings, Function<String, Optional<Place>> places, Instant now) {
        this.settings = settings;
        this.places = places;
        this.now = now;
    }

    /** A sign-in of the person's own, and what is known of it. */
    private record Trace(SignIn signIn, Optional<Place> place, Optional<DeviceKind> device) {

        Optional<String> country() {
            return place.map(Place::countryCode);
        }

        boolean hasPoint() {
            return place.filter(at -> at.latitude() != null && at.longitude() != null)
                    .isPresent();
        }

        /** The online and the offline session of one id are one sign-in. */
        boolean isOf(SignIn session) {
            return signIn.id().sid().equals(session.id().sid());
        }

        boolean isBefore(SignIn session) {
            return Comparator.comparing(SignIn::started)
                            .thenComparing(other -> other.id().sid())
                            .compare(signIn, session)
                    < 0;
        }
    }

    /**
     * The signals of some sessions of one person.
     *
     * @param shown the sessions in question
     * @param compared the sessions of the same person that they are compared with, and with no others; may
     *     contain the same ones
     * @return the signals of each session of {@code shown}, in its order; those of a session in the order of {@link
     *     SignalCode}, mostly none
     */
    public Map<SessionId, List<Signal>> of(Collection<SignIn> shown, Collection<SignIn> compared) {
        Map<String, Optional<Place>> known = new HashMap<>();
        // By the id, because a hash of a whole sign-in goes through all its text.
        Map<SessionId, SignIn> all = new LinkedHashMap<>();
        compared.forEach(signIn -> all.put(signIn.id(), signIn));
        Set<SessionId> others = Set.copyOf(all.keySet());
        // What is shown counts, where it was read at another moment than what it is compared with.
        shown.forEach(signIn -> all.put(signIn.id(), signIn));
        List<Trace> traces = all.values().stream()
                .filter(Signals::isOwn)
                .map(signIn -> new Trace(
                        signIn, known.computeIfAbsent(signIn.ipAddress(), places), DeviceKind.of(signIn.device())))
                .toList();
        Map<SessionId, List<Signal>> signals = new LinkedHashMap<>();
        shown.forEach(session -> signals.put(session.id(), of(session, traces, others)));
        return signals;
    }

    /** Whether the person signed in, and no administrator or program in their name. */
    private static boolean isOwn(SignIn signIn) {
        return signIn.impersonator().isEmpty()
                && signIn.grant().filter(grant -> grant != Grant.PASSWORD).isEmpty();
    }

    private List<Signal> of(SignIn session, List<Trace> traces, Set<SessionId> compared) {
        List<Trace> others = traces.stream()
                .filter(trace -> compared.contains(trace.signIn().id()))
                .filter(trace -> !trace.isOf(session))
                .toList();
        List<Trace> earlier =
                others.stream().filter(trace -> trace.isBefore(session)).toList();
        List<Signal> signals = new ArrayList<>();
        Optional<Trace> own = traces.stream()
                .filter(trace -> trace.signIn().id().equals(session.id()))
                .findFirst();
        own.flatMap(trace -> impossibleTravel(trace, others)).ifPresent(signals::add);
        if (isImpersonated(session)) {
            signals.add(new Signal(SignalCode.IMPERSONATED, Evidence.NONE));
        }
        own.flatMap(trace -> country(SignalCode.NEW_COUNTRY, trace, earlier)).ifPresent(signals::add);
        own.flatMap(trace -> country(SignalCode.OTHER_COUNTRY, trace, others)).ifPresent(signals::add);
        own.flatMap(trace -> newDevice(trace, earlier)).ifPresent(signals::add);
        oldOffline(session).ifPresent(signals::add);
        return List.copyOf(signals);
    }

    private static boolean isImpersonated(SignIn session) {
        return session.impersonator().isPresent()
                || session.grant().filter(Grant.IMPERSONATION::equals).isPresent();
    }

    /**
     * The fastest of the journeys that nobody makes. The time is that between the two sign-ins, because Keycloak
     * records an address when a session begins and never again. Later use of a session says nothing about where it was.
     */
    private Optional<Signal> impossibleTravel(Trace own, List<Trace> others) {
        return Stream.of(own)
                .filter(Trace::hasPoint)
                .flatMap(here -> others.stream().filter(Trace::hasPoint).map(there -> new Journey(there, here)))
                .filter(journey -> journey.travel().isFasterThan(settings.maxSpeedKmh()))
                .max(Comparator.comparingDouble(journey -> journey.travel().speed()))
                .map(Journey::signal);
    }

    private record Journey(Trace there, Travel travel) {

        Journey(Trace there, Trace here) {
            this(
                    there,
                    Travel.between(
                            there.place().orElseThrow(),
                            there.signIn().started(),
                            here.place().orElseThrow(),
                            here.signIn().started()));
        }

        Signal signal() {
            return new Signal(
                    SignalCode.IMPOSSIBLE_TRAVEL,
                    Evidence.journey(there.signIn().id(), travel));
        }
    }

    /** Nothing unless the session's country and one of the others' are known, and all that are known differ from it. */
    private static Optional<Signal> country(SignalCode code, Trace own, List<Trace> others) {
        List<String> known =
                others.stream().flatMap(other -> other.country().stream()).toList();
        return own.country()
                .filter(country -> !known.isEmpty() && !known.contains(country))
                .map(country -> new Signal(code, Evidence.country(country, each(known))));
    }

    /** As {@link #country}, for kinds of devices. */
    private static Optional<Signal> newDevice(Trace own, List<Trace> earlier) {
        List<DeviceKind> known =
                earlier.stream().flatMap(other -> other.device().stream()).toList();
        return own.device()
                .filter(kind -> !known.isEmpty() && known.stream().noneMatch(kind::resembles))
                .map(kind -> new Signal(SignalCode.NEW_DEVICE, Evidence.device(kind.toString(), each(known))));
    }

    private static List<String> each(List<?> values) {
        return values.stream().map(Object::toString).distinct().sorted().toList();
    }

    private Optional<Signal> oldOffline(SignIn session) {
        Duration age = Duration.between(session.started(), now);
        return session.id().kind() == SessionKind.OFFLINE
                        && age.compareTo(Duration.ofDays(settings.oldOfflineDays())) > 0
                ? Optional.of(new Signal(SignalCode.OLD_OFFLINE, Evidence.age(age.toDays())))
                : Optional.empty();
    }
}
