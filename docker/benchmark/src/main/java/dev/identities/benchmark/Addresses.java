package dev.identities.benchmark;

import dev.identities.testbed.MmdbWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** From where the seeded sessions came: 200 networks with as many addresses each, and where these are. */
final class Addresses {

    /** How many networks, and how many addresses of each. */
    static final int NETWORKS = 200;

    /** What is before the number of the network and that of the address. */
    static final String PREFIX = "198.51.";

    /** One of the networks: it has 0.5 % of all sessions, and is a country of its own. */
    static final String NETWORK = PREFIX + "7.0/24";

    static final String COUNTRY = "NO";

    /** One address of that network. */
    static final String ADDRESS = PREFIX + "7.9";

    /** No session came from here. */
    static final String NOBODYS = "192.0.2.1";

    private Addresses() {}

    /** Writes a location database into the folder; all networks but the one are in two cities of one country. */
    static Path places(Path folder) {
        Path file = folder.resolve("places.mmdb");
        MmdbWriter writer = new MmdbWriter("Benchmark-City");
        for (int network = 0; network < NETWORKS; network++) {
            String cidr = PREFIX + network + ".0/24";
            if (cidr.equals(NETWORK)) {
                writer.city(cidr, COUNTRY, "Oslo", 59.91, 10.75, 20);
            } else if (network % 2 == 0) {
                writer.city(cidr, "DE", "Berlin", 52.52, 13.41, 20);
            } else {
                writer.city(cidr, "DE", "Munich", 48.14, 11.58, 20);
            }
        }
        try {
            Files.createDirectories(folder);
            writer.writeTo(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
