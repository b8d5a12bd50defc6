package dev.identities.place;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import dev.identities.session.Place;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private final Path file;
    private final Reader reader;
    private final AtomicBoolean complained = new AtomicBoolean();

    private GeoDatabase(Path file, Reader reader) {
        this.file = file;
        this.reader = reader;
    }

    /**
     * Reads the whole file.
     *
     * @throws IOException when it is missing, unreadable, too large or no such database
     */
    static GeoDatabase read(Path file) throws IOException {
        // Asked first: it names a missing file as such.
        long size = Files.size(file);
        if (!Files.isRegularFile(file)) {
            throw new IOException("not a regular file");
        }
        if (size > MAX_BYTES) {
            throw new IOException("larger than " + MAX_BYTES + " bytes");
        }
        try {
            return new GeoDatabase(file, new Reader(file.toFile(), Reader.FileMode.MEMORY));
        } catch (RuntimeException e) {
            // What the reader makes of some kinds of broken metadata.
            throw new IOException("not a database", e);
        }
    }

    /** Where the address is, as far as this database knows. Never throws: a broken record is an unknown place. */
    Optional<Place> find(InetAddress address) {
        // The reader walks a tree of IPv4 with the first bits of an IPv6 address and finds some other place.
        if (address instanceof Inet6Address && reader.getMetadata().ipVersion() != 6) {
            return Optional.empty();
        }
        try {
            Map<?, ?> fields = reader.get(address, Map.class);
            return fields == null
                    ? Optional.empty()
                    : PlaceRecord.read(fields, reader.getMetadata().databaseType());
        } catch (IOException | RuntimeException e) {
            if (complained.compareAndSet(false, true)) {
                LOG.warnf("Geo database %s has broken records (%s): their places are unknown", file, e);
            }
            return Optional.empty();
        }
    }

    /** Type and build date, as the file states them. */
    @Override
    public String toString() {
        Metadata metadata = reader.getMetadata();
        return metadata.databaseType() + " of " + metadata.buildTime();
    }
}
