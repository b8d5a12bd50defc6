package dev.identities.place;

import dev.identities.session.Place;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one record of a database, in MaxMind's nested shape or in the flat shape of several free databases.
 *
 * <p>Takes what is valid and leaves the rest: a country database knows no coordinates, and a broken member must not
 * cost the others.
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

    private PlaceRecord() {}

    /**
     * What the record tells. Empty when none of it is valid.
     *
     * @param source type of the database that it is from
     */
    static Optional<Place> read(Map<?, ?> fields, String source) {
        String country = country(fields);
        String city = city(fields);
        Map<?, ?> location = fields.get("location") instanceof Map<?, ?> nested ? nested : fields;
        Double latitude = degrees(location.get("latitude"), 90);
        Double longitude = degrees(location.get("longitude"), 180);
        if (latitude == null || longitude == null) {
            // One coordinate is no point, and a radius is one around a point.
            return country == null && city == null
                    ? Optional.empty()
                    : Optional.of(new Place(country, city, null, null, null, source));
        }
        return Optional.of(
                new Place(country, city, latitude, longitude, radius(location.get("accuracy_radius")), source));
    }

    /** Where the address is used; failing that, where it is registered. */
    private static String country(Map<?, ?> fields) {
        String code = countryCode(member(fields, "country", "iso_code"));
        if (code == null) {
            code = countryCode(member(fields, "registered_country", "iso_code"));
        }
        return code != null ? code : countryCode(fields.get("country_code"));
    }

    private static String countryCode(Object value) {
        return value instanceof String code && COUNTRY_CODE.matcher(code).matches()
                ? code.toUpperCase(Locale.ROOT)
                : null;
    }

    private static String city(Map<?, ?> fields) {
        Object value =
                fields.get("city") instanceof Map<?, ?> nested ? member(nested, "names", "en") : fields.get("city");
        return value instanceof String name && !name.isBlank() ? name.strip() : null;
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
}
