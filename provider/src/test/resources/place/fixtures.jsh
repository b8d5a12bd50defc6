// Makes the *.mmdb files of this folder. From the root of the repository, after mvn -pl docker/testbed -am compile:
//   jshell --class-path docker/testbed/target/classes provider/src/test/resources/place/fixtures.jsh
// All places are made up; the addresses are documentation ranges, or said to be otherwise.
import dev.identities.testbed.MmdbWriter;
Path folder = Path.of("provider/src/test/resources/place");

// MaxMind's nested shape, both families, and records in which something is wrong.
new MmdbWriter("Test-City").
    city("203.0.113.0/24", "AU", "Sydney", -33.868812, 151.209312, 20).
    city("203.0.113.128/25", "NZ", "Auckland", -36.84846, 174.763332, 5).
    city("2001:db8::/32", "DE", "Berlin", 52.520008, 13.404954, 50).
    put("198.51.100.0/24", Map.of("registered_country", Map.of("iso_code", "ch"))).
    // Private networks that a real file would not hold: they must not be looked up.
    city("10.0.0.0/8", "US", "Nowhere", 1, 1, 1).
    city("127.0.0.0/8", "US", "Nowhere", 1, 1, 1).
    city("fc00::/7", "US", "Nowhere", 1, 1, 1).
    put("192.0.2.1/32", Map.of("country", "DE", "city", List.of("Berlin"), "location", "here")).
    put("192.0.2.2/32", Map.of("country", Map.of("iso_code", "DEU"), "city", Map.of("names", Map.of("en", "Berlin")))).
    put("192.0.2.3/32", Map.of("country", Map.of("iso_code", "DE"), "location", Map.of("latitude", 91.0, "longitude", 13.4, "accuracy_radius", 5))).
    put("192.0.2.4/32", Map.of("country", Map.of("iso_code", "DE"), "location", Map.of("latitude", 52.5, "longitude", Double.NaN))).
    put("192.0.2.5/32", Map.of("location", Map.of("latitude", 52.5, "longitude", 13.4, "accuracy_radius", -5))).
    put("192.0.2.6/32", Map.of("location", Map.of("latitude", 52.5f, "longitude", 13, "accuracy_radius", 3_000_000_000L))).
    put("192.0.2.7/32", Map.of()).
    put("192.0.2.8/32", Map.of("country", Map.of("iso_code", 49), "city", Map.of("names", Map.of("en", " ")), "location", Map.of("latitude", true))).
    writeTo(folder.resolve("city.mmdb"))

// The flat shape of several free databases: coordinates are numbers in some, strings in others.
new MmdbWriter("test-city-flat", 6, 32).
    flat("203.0.113.0/25", "FR", "Paris", 48.8566, 2.3522).
    flat("203.0.113.128/25", "JP", "Tokyo", "35.6762", "139.6503").
    flat("2001:db8::/32", "BR", "", "somewhere", "").
    writeTo(folder.resolve("flat.mmdb"))

// No IPv6. 32.0.0.0/8 are the first bits of 2001:db8::, where a careless look-up would end.
new MmdbWriter("Test-Country", 4, 28).
    put("203.0.113.0/24", Map.of("country", Map.of("iso_code", "IS"))).
    put("32.0.0.0/8", Map.of("country", Map.of("iso_code", "US"))).
    writeTo(folder.resolve("country-ipv4.mmdb"))

// One family only, of a type that names nobody.
new MmdbWriter("city ipv6").
    flat("2001:db8::/32", "BR", "Recife", -8.05, -34.88).
    writeTo(folder.resolve("flat-ipv6.mmdb"))

// Of a type that names whose data they are.
new MmdbWriter("DBIP-City-Lite").
    flat("203.0.113.0/24", "FR", "Paris", 48.8566, 2.3522).
    flat("2001:db8::/32", "BR", "Recife", -8.05, -34.88).
    writeTo(folder.resolve("dbip.mmdb"))

// No places at all.
new MmdbWriter("Test-ASN").
    put("203.0.113.0/24", Map.of("autonomous_system_number", 64500, "autonomous_system_organization", "Example")).
    put("2001:db8::/32", Map.of("autonomous_system_number", 64501, "autonomous_system_organization", "Example")).
    writeTo(folder.resolve("asn.mmdb"))
/exit
