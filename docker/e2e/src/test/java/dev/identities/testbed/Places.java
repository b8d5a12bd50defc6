package dev.identities.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the addresses of tests are; all other addresses are nowhere. */
public final class Places {

    /** In the middle of Berlin, within 20 kilometres. */
    public static final String BERLIN = "192.0.2.10";

    /** In Tokyo, within 50 kilometres. */
    public static final String TOKYO = "192.0.2.140";

    /** The same place as {@link #TOKYO}. */
    public static final String TOKYO_IPV6 = "2001:db8:5::1";

    /** In Eberswalde, within a kilometre: 44 kilometres from {@link #BERLIN}. */
    public static final String NEAR_BERLIN = "198.18.1.7";

    /** Somewhere in Norway. */
    public static final String NORWAY = "198.18.0.7";

    private Places() {}

    /** The location database that says so, written into a folder. */
    static Path file(Path folder) {
        Path file = folder.resolve("places.mmdb");
        try {
            Files.createDirectories(folder);
            // By its type one of those whose licence asks to be named beside the places.
            new MmdbWriter("DBIP-City-Lite")
                    .city("192.0.2.0/25", "DE", "Berlin", 52.52, 13.405, 20)
                    .city("192.0.2.128/25", "JP", "Tokyo", 35.68, 139.69, 50)
                    .city("2001:db8:5::/48", "JP", "Tokyo", 35.68, 139.69, 50)
                    .city("198.18.1.0/24", "DE", "Eberswalde", 52.83, 13.82, 1)
                    .put("198.18.0.0/24", Map.of("country", Map.of("iso_code", "NO")))
                    .writeTo(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
