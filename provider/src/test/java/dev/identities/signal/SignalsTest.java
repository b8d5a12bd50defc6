package dev.identities.signal;

import static dev.identities.signal.SignalCode.IMPERSONATED;
import static dev.identities.signal.SignalCode.IMPOSSIBLE_TRAVEL;
import static dev.identities.signal.SignalCode.NEW_COUNTRY;
import static dev.identities.signal.SignalCode.NEW_DEVICE;
import static dev.identities.signal.SignalCode.OLD_OFFLINE;
import static dev.identities.signal.SignalCode.OTHER_COUNTRY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.Device;
import dev.identities.session.Grant;
import dev.identities.session.Place;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SignIn;
import dev.identities.settings.SignalSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalsTest {

    private static final long START = SampleSession.SECOND;
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private static final String BERLIN = "192.0.2.10";
    private static final String POTSDAM = "192.0.2.20";
    private static final String TOKYO = "192.0.2.140";
    private static final String NORWAY = "198.18.0.7";
    private static final String PRIVATE = "10.1.2.3";

    private static final Map<String, Place> PLACES = Map.of(
            BERLIN, new Place("DE", "Berlin", 52.52, 13.405, 20, "test", null),
            POTSDAM, new Place("DE", "Potsdam", 52.39, 13.065, 20, "test", null),
            TOKYO, new Place("JP", "Tokyo", 35.68, 139.69, 50, "test", null),
            NORWAY, new Place("NO", null, null, null, null, "test", null));

    private static final Device WINDOWS = device("Desktop", "Windows");
    private static final Device MAC = device("Desktop", "MacOS");
    private static final Device IPHONE = device("Mobile", "iOS");
    private static final Device MOBILE = device("Mobile", "");

    private static Device device(String type, String system) {
        return new Device("Mozilla/5.0", "Browser", "1", type, system, "1");
    }

    private static SampleSession session(String sid, long second, String address) {
        return session(sid, SessionKind.ONLINE, second, address);
    }

    private static SampleSession session(String sid, SessionKind kind, long second, String address) {
        return SampleSession.of(new SessionId(second, kind, RememberMe.NO, sid))
                .ipAddress(address)
                .device(WINDOWS);
    }

    /** The signals of the first session, which is compared with itself and the others. */
    private static List<Signal> signals(SampleSession shown, SampleSession... others) {
        return signals(new SignalSettings(1_000, 90), shown, others);
    }

    private static List<Signal> signals(SignalSettings settings, SampleSession shown, SampleSession... others) {
        SignIn session = shown.build().signIn();
        List<SignIn> compared =
                List.of(others).stream().map(other -> other.build().signIn()).toList();
        Signals signals = new Signals(
                settings,
                address -> Optional.ofNullable(PLACES.get(address)),
                Instant.ofEpochSecond(START + 100 * DAY));
        List<Signal> found = signals.of(List.of(session), compared).get(session.id());
        List<SignIn> all = new ArrayList<>(compared);
        all.add(session);
        assertThat(signals.of(all, all)).as("compared with itself as well").containsEntry(session.id(), found);
        return found;
    }

    private static List<SignalCode> codes(SampleSession shown, SampleSession... others) {
        return signals(shown, others).stream().map(Signal::code).toList();
    }

    @Test
    @DisplayName("a person's only session has no signal, because it is compared with nothing")
    void single() {
        assertThat(codes(session("a", START, TOKYO))).isEmpty();
    }

    @Test
    @DisplayName("a session that was read twice is judged by what is shown of it")
    void readTwice() {
        SignIn earlier = session("a", START, BERLIN).build().signIn();
        SignIn shown = session("b", START + 3 * DAY, TOKYO).build().signIn();
        SignIn before = session("b", START + 3 * DAY, POTSDAM).build().signIn();
        Signals signals = new Signals(
                new SignalSettings(1_000, 90),
                address -> Optional.ofNullable(PLACES.get(address)),
                Instant.ofEpochSecond(START + 100 * DAY));

        assertThat(signals.of(List.of(shown), List.of(earlier, before)).get(shown.id()))
                .extracting(Signal::code)
                .containsExactly(NEW_COUNTRY, OTHER_COUNTRY);
    }

    @Test
    @DisplayName("the later session from another country is new there, and each is the only one from its country")
    void countries() {
        SampleSession first = session("a", START, BERLIN);
        SampleSession later = session("b", START + 3 * DAY, TOKYO);
        assertThat(signals(later, first))
                .containsExactly(
                        new Signal(NEW_COUNTRY, Evidence.country("JP", List.of("DE"))),
                        new Signal(OTHER_COUNTRY, Evidence.country("JP", List.of("DE"))));
        assertThat(signals(first, later))
                .containsExactly(new Signal(OTHER_COUNTRY, Evidence.country("DE", List.of("JP"))));
    }

    @Test
    @DisplayName("a second session from a country is not new there, and the first one is not alone")
    void countryAgain() {
        SampleSession first = session("a", START, BERLIN);
        SampleSession away = session("b", START + 3 * DAY, NORWAY);
        SampleSession again = session("c", START + 4 * DAY, NORWAY);
        assertThat(codes(again, first, away)).isEmpty();
        assertThat(codes(away, first, again)).containsExactly(NEW_COUNTRY);
        assertThat(codes(first, away, again)).containsExactly(OTHER_COUNTRY);
    }

    @Test
    @DisplayName("addresses without a place signal nothing, on either side")
    void unknownAddresses() {
        SampleSession known = session("a", START, BERLIN);
        for (String address : new String[] {PRIVATE, "203.0.113.200", "unknown", ""}) {
            SampleSession unknown = session("b", START + 1, address);
            assertThat(codes(unknown, known)).isEmpty();
            assertThat(codes(known, unknown)).isEmpty();
        }
        SampleSession far = session("c", START + 3 * DAY, TOKYO);
        assertThat(codes(far, session("b", START, PRIVATE))).isEmpty();
    }

    @Test
    @DisplayName("two sessions further apart than anybody travels name each other, with distance, time and speed")
    void travel() {
        SampleSession berlin = session("a", START, BERLIN);
        SampleSession tokyo = session("b", START + 3_600, TOKYO);
        Signal signal = signals(tokyo, berlin).get(0);
        assertThat(signal.code()).isEqualTo(IMPOSSIBLE_TRAVEL);
        assertThat(signal.evidence().otherSession()).isEqualTo(berlin.build().id());
        // 8,918 km of great circle, of which 70 are radii.
        assertThat(signal.evidence().distanceKm()).isBetween(8_840L, 8_856L);
        assertThat(signal.evidence().speedKmh()).isEqualTo(signal.evidence().distanceKm());
        assertThat(signal.evidence().seconds()).isEqualTo(3_600);
        assertThat(codes(berlin, tokyo)).contains(IMPOSSIBLE_TRAVEL);
        assertThat(codes(session("b", START + 3_600, POTSDAM), berlin)).isEmpty();
    }

    @Test
    @DisplayName("of several impossible journeys the fastest is named")
    void fastest() {
        SampleSession tokyo = session("c", START + 7_200, TOKYO);
        SampleSession early = session("a", START, BERLIN);
        SampleSession late = session("b", START + 7_000, POTSDAM);
        assertThat(signals(tokyo, early, late).get(0).evidence().otherSession())
                .isEqualTo(late.build().id());
    }

    @Test
    @DisplayName("a journey that the realm takes for possible is none, and nor is one to a country without coordinates")
    void possibleTravel() {
        SampleSession berlin = session("a", START, BERLIN);
        assertThat(codes(session("b", START + DAY, TOKYO), berlin)).doesNotContain(IMPOSSIBLE_TRAVEL);
        assertThat(codes(session("b", START + 1, NORWAY), berlin)).doesNotContain(IMPOSSIBLE_TRAVEL);
        SampleSession tokyo = session("b", START + 3_600, TOKYO);
        assertThat(signals(new SignalSettings(9_000, 90), tokyo, berlin))
                .extracting(Signal::code)
                .doesNotContain(IMPOSSIBLE_TRAVEL);
        assertThat(signals(new SignalSettings(8_000, 90), tokyo, berlin))
                .extracting(Signal::code)
                .contains(IMPOSSIBLE_TRAVEL);
    }

    @Test
    @DisplayName("the first session with a kind of device: another type, or another system of the same type")
    void devices() {
        SampleSession windows = session("a", START, PRIVATE);
        assertThat(signals(session("b", START + 1, PRIVATE).device(IPHONE), windows))
                .containsExactly(new Signal(NEW_DEVICE, Evidence.device("Mobile iOS", List.of("Desktop Windows"))));
        assertThat(codes(session("b", START + 1, PRIVATE).device(MAC), windows)).containsExactly(NEW_DEVICE);
        assertThat(codes(windows, session("b", START + 1, PRIVATE).device(MAC))).isEmpty();
        assertThat(codes(session("b", START + 1, PRIVATE), windows)).isEmpty();
    }

    @Test
    @DisplayName(
            "a device that does not say what it is signals nothing, and one that tells half may be any such device")
    void unknownDevices() {
        SampleSession windows = session("a", START, PRIVATE);
        assertThat(codes(session("b", START + 1, PRIVATE).device(Device.UNKNOWN), windows))
                .isEmpty();
        assertThat(codes(
                        session("b", START + 1, PRIVATE).device(IPHONE),
                        session("a", START, PRIVATE).device(Device.UNKNOWN)))
                .isEmpty();
        assertThat(codes(
                        session("b", START + 1, PRIVATE).device(MOBILE),
                        session("a", START, PRIVATE).device(IPHONE)))
                .isEmpty();
    }

    @Test
    @DisplayName("the online and the offline session of one sign-in are not compared with each other")
    void twins() {
        SampleSession online = session("a", START, BERLIN).device(WINDOWS);
        SampleSession offline =
                session("a", SessionKind.OFFLINE, START + 60, TOKYO).device(IPHONE);
        assertThat(codes(offline, online)).doesNotContain(IMPOSSIBLE_TRAVEL, NEW_COUNTRY, NEW_DEVICE);
        assertThat(codes(online, offline)).isEmpty();
    }

    @Test
    @DisplayName("an offline session is old a second after the threshold, and an online one never is")
    void oldOffline() {
        long old = START + 10 * DAY;
        assertThat(codes(session("a", SessionKind.OFFLINE, old, PRIVATE))).isEmpty();
        assertThat(signals(session("a", SessionKind.OFFLINE, old - 1, PRIVATE)))
                .containsExactly(new Signal(OLD_OFFLINE, Evidence.age(90)));
        assertThat(codes(session("a", START, PRIVATE))).isEmpty();
        assertThat(signals(new SignalSettings(1_000, 99), session("a", SessionKind.OFFLINE, START, PRIVATE)))
                .containsExactly(new Signal(OLD_OFFLINE, Evidence.age(100)));
    }

    @Test
    @DisplayName("an impersonated session says so, and is compared with none: its address is the administrator's")
    void impersonated() {
        SampleSession own = session("a", START, BERLIN);
        SampleSession admins =
                session("b", START + 1, TOKYO).device(MAC).impersonator("00000000-0000-4000-8000-00000000000a");
        assertThat(signals(admins, own)).containsExactly(new Signal(IMPERSONATED, Evidence.NONE));
        assertThat(codes(own, admins)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("only a program that had the person's password counts as the person")
    @EnumSource(Grant.class)
    void grants(Grant grant) {
        SampleSession own = session("a", START, BERLIN);
        SampleSession program = session("b", START + 3 * DAY, TOKYO).grant(grant);
        assertThat(codes(program, own).contains(NEW_COUNTRY)).isEqualTo(grant == Grant.PASSWORD);
        assertThat(codes(own, program).contains(OTHER_COUNTRY)).isEqualTo(grant == Grant.PASSWORD);
    }
}
