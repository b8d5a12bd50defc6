package dev.identities.place;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.Attribution;
import dev.identities.session.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

    private static final Place SYDNEY = new Place("AU", "Sydney", -33.87, 151.21, 20, "Test-City", null);
    private static final Place PARIS = new Place("FR", "Paris", 48.86, 2.35, null, "test-city-flat", null);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Log log = new Log();

    /** Held here: the JDK keeps loggers by weak references. */
    private final Logger logger = Logger.getLogger("dev.identities.place");

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        logger.addHandler(log);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(log);
        logger.setUseParentHandlers(true);
    }

    @Test
    @DisplayName("MaxMind's nested shape: coordinates rounded to two decimals, the more specific network wins")
    void nested() {
        try (Places places = open("city.mmdb")) {
            assertThat(places.of("203.0.113.5")).contains(SYDNEY);
            assertThat(places.of("::ffff:203.0.113.5")).contains(SYDNEY);
            assertThat(places.of("[::ffff:203.0.113.5]")).contains(SYDNEY);
            assertThat(places.of("203.0.113.200"))
                    .contains(new Place("NZ", "Auckland", -36.85, 174.76, 5, "Test-City", null));
            assertThat(places.of("2001:db8:1:2::3"))
                    .contains(new Place("DE", "Berlin", 52.52, 13.4, 50, "Test-City", null));
            assertThat(places.of("[2001:db8:1:2::3]")).isEqualTo(places.of("2001:db8:1:2::3"));
            assertThat(places.of("2001:db8:1:2::3%eth0")).isEqualTo(places.of("2001:db8:1:2::3"));
            assertThat(places.of("1.1.1.1")).isEmpty();
            assertThat(places.of("2a00::1")).isEmpty();
        }
        assertThat(log.lines()).singleElement().asString().contains("INFO").contains("Test-City of 2026-01-01");
    }

    @Test
    @DisplayName("no country but the registered one: the registered one, in capitals")
    void registeredCountry() {
        try (Places places = open("city.mmdb")) {
            assertThat(places.of("198.51.100.1")).contains(new Place("CH", null, null, null, null, "Test-City", null));
        }
    }

    @Test
    @DisplayName("flat shape: coordinates as numbers, as strings, and as neither")
    void flat() {
        try (Places places = open("flat.mmdb")) {
            assertThat(places.of("203.0.113.5")).contains(PARIS);
            assertThat(places.of("203.0.113.200"))
                    .contains(new Place("JP", "Tokyo", 35.68, 139.65, null, "test-city-flat", null));
            assertThat(places.of("2001:db8::1"))
                    .contains(new Place("BR", null, null, null, null, "test-city-flat", null));
        }
    }

    @Test
    @DisplayName("a country database without IPv6: an IPv6 address is nowhere, not somewhere else")
    void ipv4Only() {
        try (Places places = open("country-ipv4.mmdb")) {
            assertThat(places.of("203.0.113.5"))
                    .contains(new Place("IS", null, null, null, null, "Test-Country", null));
            assertThat(places.of("::ffff:203.0.113.5"))
                    .contains(new Place("IS", null, null, null, null, "Test-Country", null));
            assertThat(places.of("32.1.13.184"))
                    .contains(new Place("US", null, null, null, null, "Test-Country", null));
            assertThat(places.of("2001:db8::1")).isEmpty();
        }
    }

    @ParameterizedTest
    @DisplayName("a private address is not looked up, even where the file knows one")
    @ValueSource(strings = {"10.1.2.3", "127.0.0.1", "fd00::1", "::ffff:10.1.2.3"})
    void privateAddresses(String address) {
        try (Places places = open("city.mmdb")) {
            assertThat(places.of(address)).isEmpty();
        }
    }

    @ParameterizedTest
    @DisplayName("text that is no address has no place")
    @NullSource
    @ValueSource(strings = {"", "localhost", "unknown", "203.0.113.5, 203.0.113.6", "fe80::1%eth0"})
    void noAddress(String address) {
        try (Places places = open("city.mmdb")) {
            assertThat(places.of(address)).isEmpty();
        }
    }

    @ParameterizedTest
    @DisplayName("a broken record gives its valid members")
    @CsvSource(textBlock = """
                    # address, country, city, latitude, longitude
                    192.0.2.1,   DE,       ,     ,
                    192.0.2.2,     , Berlin,     ,
                    192.0.2.3,   DE,       ,     ,
                    192.0.2.4,   DE,       ,     ,
                    192.0.2.5,     ,       , 52.5, 13.4
                    192.0.2.6,     ,       , 52.5, 13
                    """)
    void broken(String address, String country, String city, Double latitude, Double longitude) {
        try (Places places = open("city.mmdb")) {
            assertThat(places.of(address))
                    .contains(new Place(country, city, latitude, longitude, null, "Test-City", null));
        }
    }

    @ParameterizedTest
    @DisplayName("a record in which nothing is valid is no place")
    @ValueSource(strings = {"192.0.2.7", "192.0.2.8"})
    void nothingValid(String address) {
        try (Places places = open("city.mmdb")) {
            assertThat(places.of(address)).isEmpty();
        }
    }

    @Test
    @DisplayName("a file without IPv6, and one without IPv4, say once what has no place")
    void oneFamily() throws IOException {
        try (Places places = Places.open(install("country-ipv4.mmdb"), Optional.empty(), clock::get)) {
            places.of("2001:db8::1");
            places.of("2001:db8::1");
        }
        assertThat(log.lines()).hasSize(2).last().asString().contains("WARN", "IPv4 addresses only");
        try (Places places = Places.open(install("flat-ipv6.mmdb"), Optional.empty(), clock::get)) {
            assertThat(places.of("2001:db8::1"))
                    .contains(new Place("BR", "Recife", -8.05, -34.88, null, "city ipv6", null));
            assertThat(places.of("203.0.113.5")).isEmpty();
        }
        assertThat(log.lines()).hasSize(4).last().asString().contains("WARN", "IPv6 addresses only");
    }

    @Test
    @DisplayName("a file that has no places is refused with a warning, and does not replace one that has")
    void withoutPlaces() throws IOException {
        try (Places places = Places.open(fixture("asn.mmdb"), Optional.empty(), clock::get)) {
            assertThat(places.of("203.0.113.5")).isEmpty();
        }
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("WARN", "Test-ASN", "has no places", "places are unknown");
        try (Places places = Places.open(install("city.mmdb"), Optional.empty(), clock::get)) {
            install("asn.mmdb");
            pass();
            assertThat(places.of("203.0.113.5")).contains(SYDNEY);
        }
        assertThat(log.lines()).last().asString().contains("WARN", "the data read before stays in use");
    }

    @Test
    @DisplayName("each place has the attribution that the operator set, else that which the file names")
    void attribution() {
        Attribution dbIp = new Attribution("IP Geolocation by DB-IP", "https://db-ip.com");
        try (Places places = open("dbip.mmdb")) {
            assertThat(places.of("203.0.113.5"))
                    .contains(new Place("FR", "Paris", 48.86, 2.35, null, "DBIP-City-Lite", dbIp));
        }
        try (Places places = Places.open(fixture("flat.mmdb"), " Places by Acme  https://acme.example/geo ")) {
            assertThat(places.of("203.0.113.5").orElseThrow().attribution())
                    .isEqualTo(new Attribution("Places by Acme", "https://acme.example/geo"));
        }
    }

    @Test
    @DisplayName("an error of the reader costs the place that was asked for, and is said once")
    void readerError() throws IOException {
        InetAddress damaged = InetAddress.getByAddress(new byte[] {1, 1, 1, 1});
        InetAddress whole = InetAddress.getByAddress(new byte[] {1, 1, 1, 2});
        GeoDatabase database = new GeoDatabase(Path.of("some.mmdb"), "Test", null, true, address -> {
            if (address.equals(damaged)) {
                throw new StackOverflowError();
            }
            return Map.of("country_code", "AU");
        });
        assertThat(database.find(damaged)).isEmpty();
        assertThat(database.find(damaged)).isEmpty();
        assertThat(database.find(whole)).contains(new Place("AU", null, null, null, null, "Test", null));
        assertThat(log.lines()).singleElement().asString().contains("WARN", "some.mmdb", "broken records");
    }

    @Test
    @DisplayName("none configured: no place, one line, no warning")
    void noneConfigured() {
        try (Places places = Places.open(null, Optional.empty(), clock::get)) {
            pass();
            assertThat(places.of("203.0.113.5")).isEmpty();
        }
        assertThat(log.lines()).singleElement().asString().startsWith("INFO");
    }

    @Test
    @DisplayName("missing, empty, cut off, no database at all, a directory: no place, one warning each")
    void unusable() throws IOException {
        byte[] whole = Files.readAllBytes(fixture("city.mmdb"));
        Path empty = Files.createFile(folder.resolve("empty.mmdb"));
        Path cut = Files.write(folder.resolve("cut.mmdb"), Arrays.copyOf(whole, whole.length / 2));
        Path text = Files.writeString(folder.resolve("text.mmdb"), "This is not a database. ".repeat(100));
        List<Path> files = List.of(folder.resolve("missing.mmdb"), empty, cut, text, folder);
        for (Path file : files) {
            try (Places places = Places.open(file, Optional.empty(), clock::get)) {
                assertThat(places.of("203.0.113.5")).isEmpty();
                pass();
                assertThat(places.of("203.0.113.5")).isEmpty();
            }
        }
        assertThat(log.lines()).hasSize(files.size()).allMatch(line -> line.startsWith("WARN "));
    }

    @Test
    @DisplayName("damage anywhere in the file never throws")
    void damaged() throws IOException {
        byte[] whole = Files.readAllBytes(fixture("city.mmdb"));
        Random random = new Random(1);
        Path file = folder.resolve("damaged.mmdb");
        for (int round = 0; round < 500; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try (Places places = Places.open(file, "")) {
                for (String address : List.of("203.0.113.5", "192.0.2.6", "2001:db8::1", "1.1.1.1")) {
                    assertThat(places.of(address)).isNotNull();
                }
            }
        }
    }

    @Test
    @DisplayName("an updated file is taken up after a minute, not before")
    void updated() throws IOException {
        Path file = install("city.mmdb");
        try (Places places = Places.open(file, Optional.empty(), clock::get)) {
            install("flat.mmdb");
            clock.addAndGet(Places.CHECK_INTERVAL.toNanos() - 1);
            assertThat(places.of("203.0.113.5")).contains(SYDNEY);
            clock.incrementAndGet();
            assertThat(places.of("203.0.113.5")).contains(PARIS);
        }
    }

    @Test
    @DisplayName("a file moved over the old one, of the same time and size, is taken up")
    void moved() throws IOException {
        Path file = install("city.mmdb");
        FileTime modified = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        try (Places places = Places.open(file, Optional.empty(), clock::get)) {
            int sydney = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Sydney");
            bytes[sydney] = 'C';
            Path next = Files.write(folder.resolve("next.mmdb"), bytes);
            Files.setLastModifiedTime(next, modified);
            Files.move(next, file, REPLACE_EXISTING);
            pass();
            assertThat(places.of("203.0.113.5")).map(Place::city).contains("Cydney");
        }
    }

    @Test
    @DisplayName("broken or missing at an update: the old data stays in use, said once each; mended, it is taken up")
    void brokenUpdate() throws IOException {
        Path file = install("city.mmdb");
        try (Places places = Places.open(file, Optional.empty(), clock::get)) {
            Files.write(file, new byte[] {1, 2, 3});
            for (int minute = 0; minute < 3; minute++) {
                pass();
                assertThat(places.of("203.0.113.5")).contains(SYDNEY);
            }
            Files.delete(file);
            for (int minute = 0; minute < 3; minute++) {
                pass();
                assertThat(places.of("203.0.113.5")).contains(SYDNEY);
            }
            assertThat(log.lines().stream().filter(line -> line.startsWith("WARN ")))
                    .hasSize(2)
                    .allMatch(line -> line.contains("stays in use"));
            install("flat.mmdb");
            pass();
            assertThat(places.of("203.0.113.5")).contains(PARIS);
        }
    }

    @Test
    @DisplayName("a file that was missing at the start is taken up when it appears")
    void appears() throws IOException {
        try (Places places = Places.open(folder.resolve("geo.mmdb"), Optional.empty(), clock::get)) {
            install("city.mmdb");
            pass();
            assertThat(places.of("203.0.113.5")).contains(SYDNEY);
        }
    }

    @Test
    @DisplayName("closed: no place, and nothing is read again")
    void closed() throws IOException {
        Path file = install("city.mmdb");
        Places places = Places.open(file, Optional.empty(), clock::get);
        places.close();
        install("flat.mmdb");
        pass();
        assertThat(places.of("203.0.113.5")).isEmpty();
        places.close();
    }

    @Test
    @DisplayName("many threads read while the file changes: each sees the old or the new place")
    void concurrent() throws Exception {
        Path file = install("city.mmdb");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Places places = Places.open(file, Optional.empty(), clock::get)) {
            Callable<Void> reader = () -> {
                for (int i = 0; i < 2_000; i++) {
                    assertThat(places.of("203.0.113.5").orElseThrow()).isIn(SYDNEY, PARIS);
                }
                return null;
            };
            List<Future<Void>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(reader));
            }
            for (int i = 0; i < 50; i++) {
                install(i % 2 == 0 ? "flat.mmdb" : "city.mmdb");
                pass();
            }
            for (Future<Void> result : readers) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Places open(String fixture) {
        return Places.open(fixture(fixture), Optional.empty(), clock::get);
    }

    private void pass() {
        clock.addAndGet(Places.CHECK_INTERVAL.toNanos());
    }

    /** Puts a fixture where the database is configured to be. */
    private Path install(String fixture) throws IOException {
        return Files.copy(fixture(fixture), folder.resolve("geo.mmdb"), REPLACE_EXISTING);
    }

    private static Path fixture(String name) {
        return Path.of("src/test/resources/place", name);
    }

    /** What was logged, as level and message. */
    private static final class Log extends Handler {

        private final List<String> lines = new ArrayList<>();

        private synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public synchronized void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.INFO.intValue()) {
                lines.add(line.getLevel() + " " + line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
