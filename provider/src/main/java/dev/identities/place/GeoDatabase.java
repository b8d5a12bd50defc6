package dev.identities.place;

import com.google.common.net.InetAddresses;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import dev.identities.session.Attribution;
import dev.identities.session.Place;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * One database as it was when it was read. Immutable and thread-safe; it needs no closing.
 *
 * <p>Held in memory, not mapped: a file that is overwritten in place would change, or end, under a mapping, and then
 * the old data could not stay in use while the new is broken.
 */
final class GeoDatabase {

    private static final Logger LOG = Logger.getLogger(GeoDatabase.class);

    /** Several times the largest city database that we know of (about 130 MB). Guards the heap against a wrong path. */
    private static final long MAX_BYTES = 512L * 1024 * 1024;

    /** Rows of a family that are read to see whether the file has places. One with places has some in its first rows. */
    private static final int MAX_ROWS_SEEN = 10_000;

    private final Path file;
    private final String type;
    private final Attribution attribution;
    private final boolean ipv6;
    private final Records records;
    private final AtomicBoolean complained = new AtomicBoolean();

    /** The rows of a file. */
    @FunctionalInterface
    interface Records {
        /** The row of the network that the address is in; null when there is none. A damaged file may make it throw. */
        Map<?, ?> find(InetAddress address) throws IOException;
    }

    /**
     * A database with these rows.
     *
     * @param file named in the log
     * @param type in the file's own words
     * @param attribution what must stand beside each place; null for nothing
     * @param ipv6 whether it may be asked about IPv6 addresses
     */
    GeoDatabase(Path file, String type, Attribution attribution, boolean ipv6, Records records) {
        this.file = file;
        this.type = type;
        this.attribution = attribution;
        this.ipv6 = ipv6;
        this.records = records;
    }

    /**
     * Reads the whole file. Logs what was read, and a warning if it knows one address family only.
     *
     * @param attribution what must stand beside each place; empty when the file says so itself
     * @throws IOException when it is missing, unreadable, too large, no such database, or one without any place
     */
    static GeoDatabase read(Path file, Optional<Attribution> attribution) throws IOException {
        // Asked first: it names a missing file as such.
        long size = Files.size(file);
        if (!Files.isRegularFile(file)) {
            throw new IOException("not a regular file");
        }
        if (size > MAX_BYTES) {
            throw new IOException("larger than " + MAX_BYTES + " bytes");
        }
        try {
            return of(file, new Reader(file.toFile(), Reader.FileMode.MEMORY), attribution);
        } catch (RuntimeException e) {
            // The reader throws these for some kinds of broken metadata.
            throw new IOException("not a database", e);
        }
    }

    private static GeoDatabase of(Path file, Reader reader, Optional<Attribution> attribution) throws IOException {
        Metadata metadata = reader.getMetadata();
        String name = metadata.databaseType() + " of " + metadata.buildTime();
        boolean ipv4Places = hasPlaces(reader, Family.IPV4);
        boolean ipv6Places = metadata.ipVersion() == 6 && hasPlaces(reader, Family.IPV6);
        if (!ipv4Places && !ipv6Places) {
            throw new IOException(name + " has no places");
        }
        LOG.infof("Geo database %s: %s", file, name);
        if (!ipv4Places || !ipv6Places) {
            LOG.warnf(
                    "Geo database %s knows %s addresses only: sessions with an %s address have no place",
                    file, ipv4Places ? "IPv4" : "IPv6", ipv4Places ? "IPv6" : "IPv4");
        }
        return new GeoDatabase(
                file,
                metadata.databaseType(),
                attribution
                        .or(() -> Attributions.stated(metadata.databaseType(), descriptions(metadata)))
                        .orElse(null),
                metadata.ipVersion() == 6,
                address -> reader.get(address, Map.class));
    }

    /** A file need not have any. */
    private static Collection<String> descriptions(Metadata metadata) {
        return metadata.description() == null
                ? List.of()
                : metadata.description().values();
    }

    /** Where the address is, as far as this database knows. Never throws: a broken record is an unknown place. */
    // A damaged row can make the reader recurse without end, or ask for more memory than there is.
    Optional<Place> find(InetAddress address) {
        // The reader walks a tree of IPv4 with the first bits of an IPv6 address and finds some other place.
        if (address instanceof Inet6Address && !ipv6) {
            return Optional.empty();
        }
        try {
            Map<?, ?> fields = records.find(address);
            return fields == null ? Optional.empty() : PlaceRecord.read(fields, type, attribution);
        } catch (Exception | Error e) {
            if (complained.compareAndSet(false, true)) {
                LOG.warnf("Geo database %s has broken records (%s): their places are unknown", file, e);
            }
            return Optional.empty();
        }
    }

    /** Whether one of the first rows of a family has a place. False also when these rows cannot be read. */
    private static boolean hasPlaces(Reader reader, Family family) {
        BigInteger position = family.first;
        try {
            for (int seen = 0; seen < MAX_ROWS_SEEN && position.compareTo(family.end) < 0; seen++) {
                DatabaseRecord<Map<?, ?>> row = row(reader, family.address.apply(position));
                if (row.data() != null && PlaceRecord.read(row.data(), "", null).isPresent()) {
                    return true;
                }
                BigInteger size =
                        BigInteger.ONE.shiftLeft(family.bits - row.network().prefixLength());
                position = position.divide(size).add(BigInteger.ONE).multiply(size);
            }
            return false;
        } catch (Exception | Error e) {
            return false;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static DatabaseRecord<Map<?, ?>> row(Reader reader, InetAddress address) throws IOException {
        return (DatabaseRecord) reader.getRecord(address, Map.class);
    }

    /** The addresses in public use, as numbers: from the first one up to the end, which is not one of them. */
    private record Family(
            int bits, BigInteger first, BigInteger end, Function<BigInteger, ? extends InetAddress> address) {

        static final Family IPV4 =
                new Family(32, BigInteger.ZERO, BigInteger.ONE.shiftLeft(32), InetAddresses::fromIPv4BigInteger);

        /** {@code 2000::/3} (RFC 4291, section 2.4). */
        static final Family IPV6 = new Family(
                128, BigInteger.ONE.shiftLeft(125), BigInteger.ONE.shiftLeft(126), InetAddresses::fromIPv6BigInteger);
    }
}
