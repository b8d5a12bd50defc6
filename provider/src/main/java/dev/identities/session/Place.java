package dev.identities.session;

/**
 * Roughly where an address is. Every member may be null: a country database knows no coordinates. Always approximate.
 *
 * @param countryCode ISO 3166-1 alpha-2, upper case
 * @param city name in English
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param radiusKm accuracy radius in kilometres
 * @param source type of the database that says so, in its own words
 * @param attribution the text that must stand beside the place; null when no licence is known to require one
 */
public record Place(
        String countryCode,
        String city,
        Double latitude,
        Double longitude,
        Integer radiusKm,
        String source,
        Attribution attribution) {}
