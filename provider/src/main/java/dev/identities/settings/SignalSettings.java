package dev.identities.settings;

import java.util.function.UnaryOperator;

/**
 * From when on a session counts as unusual.
 *
 * @param maxSpeedKmh {@code identities.signals-max-speed-kmh}: the speed in kilometres per hour that nobody travels
 *     faster than, 1 to 100,000; 1,000, about that of an airliner, unless set
 * @param oldOfflineDays {@code identities.signals-old-offline-days}: the age in days beyond which an offline session is
 *     old, 1 to 3,650; 90 unless set
 */
public record SignalSettings(int maxSpeedKmh, int oldOfflineDays) {

    private static final int MAX_SPEED = 100_000;

    /** Ten years. */
    private static final int MAX_DAYS = 3_650;

    /** Reads the realm's attributes; the argument gives null for an attribute that is not set. */
    public static SignalSettings of(UnaryOperator<String> attributes) {
        return new SignalSettings(
                RealmSettings.number(attributes.apply("identities.signals-max-speed-kmh"), 1, MAX_SPEED)
                        .orElse(1_000),
                RealmSettings.number(attributes.apply("identities.signals-old-offline-days"), 1, MAX_DAYS)
                        .orElse(90));
    }
}
