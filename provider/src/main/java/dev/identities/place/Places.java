package dev.identities.place;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.identities.address.RecordedAddress;
import dev.identities.session.Attribution;
import dev.identities.session.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Where addresses are, roughly, by a file in the MaxMind DB format (city or country, IPv4 or both families).
 *
 * <p>Nothing here ever throws or asks the network: without a usable file every place is unknown, and that is all. A
 * file that is replaced on disk is taken up within a minute, by the look-up that notices it; one that is configured but
 * missing is taken up when it appears. While a new file is broken or missing the old data stays in use. The file is
 * held in memory at its own size, twice that for the moment of a change. Thread-safe.
 */
public final class Places implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Places.class);

    /** How long a change may go unnoticed. Files change weekly at most; most requests should not touch the disk. */
    static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

    /** An address and its place take some 400 bytes, so 4 MB at worst. A page of a hundred people asks for a thousand. */
    private static final int MAX_FOUND = 10_000;

    /** Addresses of people should not stay long, nor a place that could not be read for a moment. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

    private final Path file;
    private final Optional<Attribution> attribution;
    private final LongSupplier nanoTime;
    private final AtomicLong nextCheck;
    private volatile Loaded loaded;
    private Stamp seen;
    private boolean closed;

    /**
     * A file's data, and the places that were looked up in them last. A list that is asked for every few seconds asks for
     * the same places each time, and to find one takes longer than all else that is done with an address.
     */
    private record Loaded(GeoDatabase database, Cache<String, Optional<Place>> found) {

        Loaded(GeoDatabase database) {
            this(
                    database,
                    Caffeine.newBuilder()
                            .maximumSize(MAX_FOUND)
                            .expireAfterWrite(FORGOTTEN_AFTER)
                            // Otherwise only a later request would clear away what is too old.
                            .scheduler(Scheduler.systemScheduler())
                            .build());
        }

        Optional<Place> of(String recorded) {
            return recorded == null || recorded.length() > RecordedAddress.MAX_LENGTH
                    ? Optional.empty()
                    : found.get(recorded, this::find);
        }

        private Optional<Place> find(String recorded) {
            return RecordedAddress.read(recorded)
                    .filter(GlobalAddresses::contain)
                    .flatMap(database::find);
        }
    }

    /**
     * The properties of a file by which a change is noticed.
     *
     * @param key the inode, where there is one: tells a file that was moved here with the same time and size
     * @param readable so that a corrected permission counts as a change
     */
    private record Stamp(FileTime modified, long size, Object key, boolean readable) {

        private static final Stamp MISSING = new Stamp(null, 0, null, false);

        private static Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        attributes.lastModifiedTime(), attributes.size(), attributes.fileKey(), Files.isReadable(file));
            } catch (IOException e) {
                return MISSING;
            }
        }
    }

    private Places(Path file, Optional<Attribution> attribution, LongSupplier nanoTime) {
        this.file = file;
        this.attribution = attribution;
        this.nanoTime = nanoTime;
        this.nextCheck = new AtomicLong(nanoTime.getAsLong() + CHECK_INTERVAL.toNanos());
    }

    /**
     * Opens a database. Logs one line: what was opened, that none is configured, or (as a warning) why it is unusable.
     *
     * @param fileOrNull null when none is configured
     * @param attributionOrNull what must stand beside each place, as the operator sets it: a text, and behind it, if
     *     anything, the {@code http} or {@code https} address that it links to. Null or blank when the file says so
     *     itself
     */
    public static Places open(Path fileOrNull, String attributionOrNull) {
        return open(fileOrNull, Attributions.set(attributionOrNull), System::nanoTime);
    }

    static Places open(Path fileOrNull, Optional<Attribution> attribution, LongSupplier nanoTime) {
        Places places = new Places(fileOrNull, attribution, nanoTime);
        if (fileOrNull == null) {
            LOG.info("No geo database is configured: places are unknown");
        } else {
            places.load();
        }
        return places;
    }

    /**
     * The place of an address, or empty when it is unknown or no public address.
     *
     * @param recorded as Keycloak recorded it; untrusted, may be null or anything else, and is never resolved
     */
    public Optional<Place> of(String recorded) {
        loadWhenDue();
        Loaded current = loaded;
        return current == null ? Optional.empty() : current.of(recorded);
    }

    /** Lets go of the data. Every place is unknown from here on. */
    @Override
    public synchronized void close() {
        closed = true;
        loaded = null;
    }

    private void loadWhenDue() {
        long now = nanoTime.getAsLong();
        long due = nextCheck.get();
        // One caller looks; the others go on with what is there.
        if (file != null && now - due >= 0 && nextCheck.compareAndSet(due, now + CHECK_INTERVAL.toNanos())) {
            load();
        }
    }

    private synchronized void load() {
        Stamp found = Stamp.of(file);
        if (closed || found.equals(seen)) {
            return;
        }
        // Remembered also when the file turns out broken: said once, and not read again until it changes.
        seen = found;
        try {
            loaded = new Loaded(GeoDatabase.read(file, attribution));
        } catch (IOException e) {
            LOG.warnf(
                    "Geo database %s cannot be used (%s): %s",
                    file, e, loaded == null ? "places are unknown" : "the data read before stays in use");
        }
    }
}
