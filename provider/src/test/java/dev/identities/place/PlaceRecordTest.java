package dev.identities.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.Attribution;
import dev.identities.session.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records in the shapes of the files that people use. The places in them are made up. */
class PlaceRecordTest {

    static Stream<Arguments> schemas() {
        return Stream.of(
                Arguments.of(
                        "MaxMind City",
                        Map.of(
                                "country", Map.of("iso_code", "NZ", "names", Map.of("en", "New Zealand")),
                                "registered_country", Map.of("iso_code", "AU"),
                                "city", Map.of("geoname_id", 1, "names", Map.of("de", "X", "en", "Auckland")),
                                "location",
                                        Map.of("latitude", -36.84846, "longitude", 174.763332, "accuracy_radius", 5)),
                        place("NZ", "Auckland", -36.85, 174.76, 5)),
                Arguments.of(
                        "a free copy of DB-IP or GeoLite: flat, no radius",
                        Map.of(
                                "country_code", "FR",
                                "city", "Paris",
                                "state1", "Ile-de-France",
                                "latitude", 48.8566f,
                                "longitude", 2.3522f,
                                "postcode", "75000",
                                "timezone", "Europe/Paris"),
                        place("FR", "Paris", 48.86, 2.35, null)),
                Arguments.of(
                        "the country of such a copy",
                        Map.of("country_code", "FR"),
                        place("FR", null, null, null, null)),
                Arguments.of(
                        "IPinfo Lite: name and code of the country",
                        Map.of("country", "Australia", "country_code", "AU", "asn", "AS64500"),
                        place("AU", null, null, null, null)),
                Arguments.of(
                        "IPinfo Plus: radius as a number",
                        Map.of(
                                "country",
                                "Australia",
                                "country_code",
                                "AU",
                                "city",
                                "Brisbane",
                                "latitude",
                                -27.48,
                                "longitude",
                                153.02,
                                "radius",
                                5000),
                        place("AU", "Brisbane", -27.48, 153.02, 5000)),
                Arguments.of(
                        "IPinfo extended location: the country is the code, the radius is text",
                        Map.of(
                                "country", "AU",
                                "city", "Brisbane",
                                "latitude", "-27.48159",
                                "longitude", "153.0175",
                                "radius", "500.4"),
                        place("AU", "Brisbane", -27.48, 153.02, 501)),
                Arguments.of(
                        "IPinfo standard location: lat and lng as text",
                        Map.of("country", "au", "city", "Brisbane", "lat", "-27.48159", "lng", "153.0175"),
                        place("AU", "Brisbane", -27.48, 153.02, null)),
                Arguments.of(
                        "IPinfo country: code and name",
                        Map.of("country", "AU", "country_name", "Australia", "continent", "OC"),
                        place("AU", null, null, null, null)),
                Arguments.of(
                        "IP2Location, written by its own tool: nested",
                        Map.of(
                                "country", Map.of("iso_code", "VN", "names", Map.of("en", "Viet Nam")),
                                "city", Map.of("names", Map.of("en", "Hanoi")),
                                "location", Map.of("latitude", 21.0285, "longitude", 105.8542)),
                        place("VN", "Hanoi", 21.03, 105.85, null)));
    }

    private static Place place(String country, String city, Double latitude, Double longitude, Integer radius) {
        return new Place(country, city, latitude, longitude, radius, "Test", null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    @DisplayName("each schema is read")
    void schema(String name, Map<String, Object> fields, Place expected) {
        assertThat(PlaceRecord.read(fields, "Test", null)).as(name).contains(expected);
    }

    static Stream<Map<String, Object>> unknown() {
        Map<String, Object> dash = Map.of("iso_code", "-", "names", Map.of("en", "-"));
        return Stream.of(
                Map.of("country", dash, "city", dash, "location", Map.of("latitude", 0.0, "longitude", 0.0)),
                Map.of("country_code", "-", "city", "-", "latitude", "0.000000", "longitude", "0.000000"),
                Map.of("country_code", "ZZ"),
                Map.of("country", "-", "country_name", "-", "lat", "", "lng", ""),
                Map.of("country", "Australia"),
                Map.of("autonomous_system_number", 64500, "autonomous_system_organization", "Example"),
                Map.of("isp", "Example", "connection_type", "Cable/DSL", "is_anonymous", true),
                Map.of("city", List.of("Berlin"), "location", "here"));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    @DisplayName("a file's text for an unknown place is no place, and neither is a row without one")
    void unknownRows(Map<String, Object> fields) {
        assertThat(PlaceRecord.read(fields, "Test", null)).isEmpty();
    }

    @Test
    @DisplayName("an unknown point does not cost the country")
    void unknownPoint() {
        assertThat(PlaceRecord.read(
                        Map.of("country_code", "AU", "city", "-", "latitude", 0, "longitude", 0, "radius", 100),
                        "Test",
                        null))
                .contains(place("AU", null, null, null, null));
        // The equator is a place.
        assertThat(PlaceRecord.read(Map.of("latitude", 0, "longitude", 9.45), "Test", null))
                .contains(place(null, null, 0.0, 9.45, null));
    }

    @ParameterizedTest
    @MethodSource("stated")
    @DisplayName("the attribution is by the file's type, or by its description")
    void attribution(String type, String description, String text) {
        assertThat(Attributions.stated(type, List.of(description)).map(Attribution::text))
                .isEqualTo(Optional.ofNullable(text));
    }

    static Stream<Arguments> stated() {
        return Stream.of(
                Arguments.of("DBIP-City-Lite", "", "IP Geolocation by DB-IP"),
                Arguments.of("city ipv4", "data by db-ip.com", "IP Geolocation by DB-IP"),
                Arguments.of("GeoLite2-City", "", "This product includes GeoLite Data created by MaxMind"),
                Arguments.of("GeoLite2-City", "IP2Location LITE", "This product includes IP2Location LITE data"),
                Arguments.of("IP2LITE-City", "", "This product includes IP2Location LITE data"),
                Arguments.of("ipinfo generic_lite.mmdb", "", "IP address data powered by IPinfo"),
                Arguments.of("city ipv4", "", null),
                Arguments.of("GeoIP2-City", "GeoIP2 City database", null));
    }

    @Test
    @DisplayName("a set attribution is a text, with or without an address to link to")
    void setAttribution() {
        assertThat(Attributions.set("Data by Acme")).contains(new Attribution("Data by Acme", null));
        assertThat(Attributions.set("Data by Acme http://acme.example"))
                .contains(new Attribution("Data by Acme", "http://acme.example"));
        // Only http and https are addresses to link to.
        assertThat(Attributions.set("Data javascript:alert(1)"))
                .contains(new Attribution("Data javascript:alert(1)", null));
        assertThat(Attributions.set(null)).isEmpty();
        assertThat(Attributions.set("  ")).isEmpty();
    }
}
