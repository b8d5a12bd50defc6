package dev.identities.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.identities.session.Place;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TravelTest {

    private static final Instant NOON = Instant.parse("2026-01-17T12:00:00Z");

    private static Place place(double latitude, double longitude, Integer radiusKm) {
        return new Place("XY", null, latitude, longitude, radiusKm, "test", null);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("great-circle distances are those of an independent calculator, within half a per cent")
    @CsvSource({
        "Berlin to Tokyo, 52.52, 13.405, 35.68, 139.69, 8918",
        "London to New York, 51.5074, -0.1278, 40.7128, -74.0060, 5570",
        "Berlin to Potsdam, 52.52, 13.405, 52.39, 13.065, 27.2",
        "Auckland to Apia over the date line, -36.85, 174.76, -13.83, -171.77, 2890",
        "pole to pole, 90, 0, -90, 0, 20015",
        "nowhere to go, 52.52, 13.405, 52.52, 13.405, 0"
    })
    void distances(String name, double lat1, double long1, double lat2, double long2, double km) {
        assertThat(Travel.greatCircle(place(lat1, long1, 1), place(lat2, long2, 1)))
                .isCloseTo(km, within(km * 0.005 + 0.01));
        assertThat(Travel.greatCircle(place(lat2, long2, 1), place(lat1, long1, 1)))
                .isCloseTo(km, within(km * 0.005 + 0.01));
    }

    @Test
    @DisplayName("both radii are taken off, and a place without one counts as somewhere in its city")
    void radii() {
        // One degree of a meridian is 111.19 km.
        assertThat(Travel.between(place(0, 0, 20), NOON, place(1, 0, 50), NOON).kilometres())
                .isCloseTo(41.19, within(0.01));
        assertThat(Travel.between(place(0, 0, 20), NOON, place(1, 0, null), NOON)
                        .kilometres())
                .isCloseTo(91.19 - Travel.ASSUMED_RADIUS_KM, within(0.01));
        assertThat(Travel.between(place(0, 0, 60), NOON, place(1, 0, 60), NOON).kilometres())
                .isZero();
    }

    @Test
    @DisplayName("the speed is the distance by the time, in whichever order the two are named")
    void speed() {
        Place here = place(0, 0, 50);
        // 1,111.95 km away, of which 100 are radii.
        Place there = place(10, 0, 50);
        assertThat(Travel.between(here, NOON, there, NOON.plusSeconds(3600)).speed())
                .isCloseTo(1011.95, within(0.01));
        assertThat(Travel.between(there, NOON.plusSeconds(7200), here, NOON).speed())
                .isCloseTo(505.97, within(0.01));
    }

    @Test
    @DisplayName("a journey at the very speed is possible, and a second less is not enough")
    void boundary() {
        Place here = place(0, 0, 50);
        Place there = place(10, 0, 50);
        // 1,011.95 km at 1,000 km/h take 3,643.02 seconds.
        assertThat(Travel.between(here, NOON, there, NOON.plusSeconds(3_644)).isFasterThan(1_000))
                .isFalse();
        assertThat(Travel.between(here, NOON, there, NOON.plusSeconds(3_643)).isFasterThan(1_000))
                .isTrue();
        assertThat(Travel.between(here, NOON, there, NOON).isFasterThan(100_000))
                .isTrue();
        assertThat(Travel.between(here, NOON, here, NOON).isFasterThan(1)).isFalse();
    }
}
