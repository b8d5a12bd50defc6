package dev.identities.filter;

import static dev.identities.filter.Type.INTEGER;
import static dev.identities.filter.Type.LIST;
import static dev.identities.filter.Type.OBJECT;
import static dev.identities.filter.Type.TEXT;

import dev.identities.session.SessionId;
import dev.identities.signal.Evidence;
import dev.identities.signal.Signal;
import dev.identities.signal.SignalCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The members {@code signals} and {@code signal_details} of a session and of a user, as the JSON has them. */
final class SignalFields {

    private static final String DETAILS = "signal_details";

    /** The members of a list of texts: each is a text and has no name. */
    private static final Field.Members TEXTS = texts();

    private SignalFields() {}

    /**
     * What a signal says of itself.
     *
     * @param session the session of a user that has the signal; null where the row is that session
     */
    private record Detail(SessionId session, Evidence evidence) {}

    /** Those of a session. */
    static List<Field> ofSession() {
        List<Field> fields = new ArrayList<>();
        fields.add(codes(scope -> scope.signals().stream()));
        fields.addAll(details(SignalFields::ofSession));
        return fields;
    }

    /** Those of a user, which also say which session has the signal. */
    static List<Field> ofUser() {
        List<Field> fields = new ArrayList<>();
        fields.add(codes(scope -> scope.signalsOfUser().values().stream().flatMap(List::stream)));
        fields.addAll(details(SignalFields::ofUser));
        fields.add(detail(SignalFields::ofUser, SignalCode.IMPERSONATED));
        for (SignalCode code : SignalCode.values()) {
            fields.add(text(SignalFields::ofUser, code, "session_id", detail -> text(detail.session())));
        }
        return fields;
    }

    private static Map<SignalCode, Detail> ofSession(Scope scope) {
        Map<SignalCode, Detail> details = new LinkedHashMap<>();
        scope.signals().stream()
                .filter(signal -> !signal.evidence().equals(Evidence.NONE))
                .forEach(signal -> details.putIfAbsent(signal.code(), new Detail(null, signal.evidence())));
        return details;
    }

    /** Of several sessions with a signal the one that was active last. */
    private static Map<SignalCode, Detail> ofUser(Scope scope) {
        Map<SignalCode, Detail> details = new LinkedHashMap<>();
        scope.signalsOfUser()
                .forEach((session, signals) -> signals.forEach(
                        signal -> details.putIfAbsent(signal.code(), new Detail(session, signal.evidence()))));
        return details;
    }

    private static Field codes(Function<Scope, Stream<Signal>> signals) {
        return Field.of(
                        "signals",
                        LIST,
                        scope -> signals.apply(scope)
                                .map(Signal::code)
                                .distinct()
                                .sorted()
                                .map(SessionFields::name)
                                .toList(),
                        Part.SIGNALS)
                .listing(TEXTS);
    }

    private static List<Field> details(Function<Scope, Map<SignalCode, Detail>> of) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of(
                DETAILS,
                OBJECT,
                scope -> {
                    Map<SignalCode, Detail> details = of.apply(scope);
                    return details.isEmpty() ? null : details;
                },
                Part.SIGNALS));
        SignalCode travel = SignalCode.IMPOSSIBLE_TRAVEL;
        fields.add(detail(of, travel));
        fields.add(text(
                of, travel, "other_session_id", detail -> text(detail.evidence().otherSession())));
        fields.add(number(of, travel, "distance_km", Evidence::distanceKm));
        fields.add(number(of, travel, "seconds", Evidence::seconds));
        fields.add(number(of, travel, "speed_kmh", Evidence::speedKmh));
        for (SignalCode country : List.of(SignalCode.NEW_COUNTRY, SignalCode.OTHER_COUNTRY)) {
            fields.add(detail(of, country));
            fields.add(text(of, country, "country", detail -> detail.evidence().country()));
            fields.add(others(of, country));
        }
        fields.add(detail(of, SignalCode.NEW_DEVICE));
        fields.add(text(
                of, SignalCode.NEW_DEVICE, "device", detail -> detail.evidence().device()));
        fields.add(others(of, SignalCode.NEW_DEVICE));
        fields.add(detail(of, SignalCode.OLD_OFFLINE));
        fields.add(number(of, SignalCode.OLD_OFFLINE, "days", Evidence::days));
        return fields;
    }

    private static Field detail(Function<Scope, Map<SignalCode, Detail>> of, SignalCode code) {
        return Field.of(name(code), OBJECT, scope -> of.apply(scope).get(code), Part.SIGNALS);
    }

    private static Field text(
            Function<Scope, Map<SignalCode, Detail>> of,
            SignalCode code,
            String member,
            Function<Detail, String> read) {
        return member(of, code, member, TEXT, read, "");
    }

    private static Field number(
            Function<Scope, Map<SignalCode, Detail>> of,
            SignalCode code,
            String member,
            Function<Evidence, Long> read) {
        return member(of, code, member, INTEGER, detail -> read.apply(detail.evidence()), null);
    }

    /** The countries or devices that the session was compared with. */
    private static Field others(Function<Scope, Map<SignalCode, Detail>> of, SignalCode code) {
        return member(of, code, "others", LIST, detail -> detail.evidence().others(), List.of())
                .listing(TEXTS);
    }

    /** @param absent the value where there is no such signal, or it does not say */
    private static <V> Field member(
            Function<Scope, Map<SignalCode, Detail>> of,
            SignalCode code,
            String member,
            Type type,
            Function<Detail, V> read,
            V absent) {
        return Field.of(
                name(code) + "." + member,
                type,
                scope ->
                        Optional.ofNullable(of.apply(scope).get(code)).map(read).orElse(absent),
                Part.SIGNALS);
    }

    private static String name(SignalCode code) {
        return DETAILS + "." + SessionFields.name(code);
    }

    private static String text(SessionId id) {
        return id == null ? "" : id.toString();
    }

    private static Field.Members texts() {
        Field member = Field.of("", TEXT, Scope::listedText);
        return new Field.Members(new Vocabulary(List.of(member)), member);
    }
}
