package dev.identities.signal;

import dev.identities.session.Place;
import java.time.Duration;
import java.time.Instant;

/**
 * The journey between two places at which one person was seen.
 *
 * @param kilometres the least distance: that of the two points, without both accuracy radii; never negative
 * @param time the time for it; never negative
 */
record Travel(double kilometres, Duration time) {

    /** The mean radius of the earth (IUGG). */
    private static final double EARTH_KM = 6371.0088;

    /**
     * The accuracy radius where a location database gives none. The usual ones place an address in its city, if they
     * place it at all.
     */
    static final int ASSUMED_RADIUS_KM = 50;

    private static final double SECONDS_PER_HOUR = 3_600;

    /** The journey between two places that have coordinates. */
    static Travel between(Place from, Instant left, Place to, Instant arrived) {
        double least = greatCircle(from, to) - radius(from) - radius(to);
        return new Travel(Math.max(0, least), Duration.between(left, arrived).abs());
    }

    /** Whether the journey has to be faster than this. */
    boolean isFasterThan(int kilometresPerHour) {
        // Without a division, because two sessions may begin in the same second.
        return kilometres * SECONDS_PER_HOUR > (double) kilometresPerHour * time.toSeconds();
    }

    /** Kilometres per hour. A journey that takes no time counts as one of a second. */
    double speed() {
        return kilometres * SECONDS_PER_HOUR / Math.max(1, time.toSeconds());
    }

    /** The haversine formula, which is exact also for points that are close together. */
    static double greatCircle(Place from, Place to) {
        double latitude = Math.toRadians(to.latitude() - from.latitude());
        double longitude = Math.toRadians(to.longitude() - from.longitude());
        double square = Math.pow(Math.sin(latitude / 2), 2)
                + Math.cos(Math.toRadians(from.latitude()))
                        * Math.cos(Math.toRadians(to.latitude()))
                        * Math.pow(Math.sin(longitude / 2), 2);
        return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(square)));
    }

    private static int radius(Place place) {
        return place.radiusKm() == null ? ASSUMED_RADIUS_KM : place.radiusKm();
    }
}
