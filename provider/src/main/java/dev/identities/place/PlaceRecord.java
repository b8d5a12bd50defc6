package dev.identities.place;

import dev.identities.session.Attribution;
import dev.identities.session.Place;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads one record of a database. The shapes:
 *
 * <ul>
 *   <li>nested, as in MaxMind's files and what IP2Location's tool writes: {@code country.iso_code},
 *       {@code registered_country.iso_code}, {@code city.names.en},
 *       {@code location.}{{@code latitude}, {@code longitude}, {@code accuracy_radius}};
 *   <li>flat, as in free copies of DB-IP and GeoLite and in IPinfo's files: the country's code in {@code country_code}
 *       or {@code country} (which has the name where both are there), {@code city}, {@code latitude} or {@code lat},
 *       {@code longitude} or {@code lng}, {@code radius} in kilometres. Numbers may be text.
 * </ul>
 *
 * <p>Takes what is valid and leaves the rest: a country database knows no coordinates, and a broken member must not
 * cost the others. What a file writes for an unknown place is no place: a name {@code -}, the country {@code ZZ}, the
 * point 0, 0.
 */
final class PlaceRecord {

    /**
     * Steps per degree: coordinates are rounded to two decimals, about a kilometre. More would be false precision, and
     * some databases hold six decimals that point at one house which is not the user's.
     */
    private static final double STEPS_PER_DEGREE = 100;

    /** Half the way around the earth: a larger radius says nothing. */
    private static final int MAX_RADIUS_KM = 20_038;

    private static final Pattern COUNTRY_CODE = Pattern.compile("[A-Za-z]{2}");

    /** The codes in files for an unknown country. ISO 3166-1 never gives these codes to a country. */
    private static final Set<String> NO_COUNTRY = Set.of("ZZ", "XX");

    private PlaceRecord() {}

    /**
     * The place in a record. Empty when no member of it is valid.
     *
     * @param source type of the database that it is from
     * @param attribution what must stand beside the place; null for nothing
     */
    static Optional<Place> read(Map<?, ?> fields, String source, Attribution attribution) {
        String country = country(fields);
        String city = city(fields);
        Map<?, ?> location = fields.get("location") instanceof Map<?, ?> nested ? nested : fields;
        Double latitude = first(number -> degrees(number, 90), location.get("latitude"), location.get("lat"));
        Double longitude = first(number -> degrees(number, 180), location.get("longitude"), location.get("lng"));
        // One coordinate is no point, and a radius is one around a point.
        boolean point = latitude != null && longitude != null && !(latitude == 0 && longitude == 0);
        if (!point && country == null && city == null) {
            return Optional.empty();
        }
        return Optional.of(new Place(
                country,
                city,
                point ? latitude : null,
                point ? longitude : null,
                point ? first(PlaceRecord::radius, location.get("accuracy_radius"), location.get("radius")) : null,
                source,
                attribution));
    }

    /** Where the address is used; failing that, where it is registered. */
    private static String country(Map<?, ?> fields) {
        return first(
                PlaceRecord::countryCode,
                member(fields, "country", "iso_code"),
                member(fields, "registered_country", "iso_code"),
                fields.get("country_code"),
                fields.get("country"));
    }

    private static String countryCode(Object value) {
        if (!(value instanceof String code) || !COUNTRY_CODE.matcher(code).matches()) {
            return null;
        }
        String upper = code.toUpperCase(Locale.ROOT);
        return NO_COUNTRY.contains(upper) ? null : upper;
    }

    private static String city(Map<?, ?> fields) {
        Object value =
                fields.get("city") instanceof Map<?, ?> nested ? member(nested, "names", "en") : fields.get("city");
        return value instanceof String name && !name.isBlank() && !name.strip().equals("-") ? name.strip() : null;
    }

    private static Object member(Map<?, ?> fields, String outer, String inner) {
        return fields.get(outer) instanceof Map<?, ?> nested ? nested.get(inner) : null;
    }

    private static Double degrees(Object value, int limit) {
        Double degrees = number(value);
        // Also false for NaN.
        return degrees != null && Math.abs(degrees) <= limit
                ? Math.round(degrees * STEPS_PER_DEGREE) / STEPS_PER_DEGREE
                : null;
    }

    private static Integer radius(Object value) {
        Double radius = number(value);
        return radius != null && radius > 0 && radius <= MAX_RADIUS_KM ? (int) Math.ceil(radius) : null;
    }

    private static Double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text) {
            try {
                return Double.valueOf(text);
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }

    /** The first of the values that can be read; null when none can. */
    private static <T> T first(Function<Object, T> reader, Object... values) {
        return Stream.of(values)
                .map(reader)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
