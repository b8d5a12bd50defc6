package dev.identities.keycloak.sessions;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The indexes that the session table has now. They are read with the first list and again every few seconds, because
 * Keycloak builds them in the background after an upgrade, and because the first new node of a rolling upgrade changes
 * them under the old nodes.
 */
public final class IndexWatch {

    /** How long an answer is kept. To ask takes the database a few milliseconds. */
    private static final Duration KEPT = Duration.ofSeconds(5);

    /** Where Hibernate keeps Keycloak's option {@code db-schema}. The connection's own schema may be another. */
    private static final String SCHEMA = "hibernate.default_schema";

    private static final Logger LOG = Logger.getLogger(IndexWatch.class);

    private final IntConsumer missing;
    private final LongSupplier nanoTime;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known;

    /** @param missing is told how many of Keycloak's two indexes are missing, each time that they are read */
    public IndexWatch(IntConsumer missing) {
        this(missing, System::nanoTime);
    }

    IndexWatch(IntConsumer missing, LongSupplier nanoTime) {
        this.missing = missing;
        this.nanoTime = nanoTime;
    }

    private record Known(SessionIndexes indexes, long nanoTime) {}

    SessionIndexes indexes(EntityManager em) {
        Object schema = em.getEntityManagerFactory().getProperties().get(SCHEMA);
        return indexes(() -> SessionIndexes.of(em.<Connection, Collection<List<String>>>callWithConnection(
                connection -> IndexReader.read(connection, (String) schema))));
    }

    SessionIndexes indexes(Supplier<SessionIndexes> read) {
        Known last = known;
        if (last != null && nanoTime.getAsLong() - last.nanoTime() < KEPT.toNanos()) {
            return last.indexes();
        }
        // While one request asks, the others go by the answer of before. Only the first answer is waited for.
        if (last == null) {
            asking.lock();
        } else if (!asking.tryLock()) {
            return last.indexes();
        }
        try {
            if (Objects.equals(known, last)) {
                SessionIndexes now = read(read, last);
                known = new Known(now, nanoTime.getAsLong());
                tell(last == null ? null : last.indexes(), now);
            }
            return known.indexes();
        } finally {
            asking.unlock();
        }
    }

    /** The answer of before counts on, when the database cannot say. */
    private static SessionIndexes read(Supplier<SessionIndexes> read, Known last) {
        try {
            return read.get();
        } catch (RuntimeException e) {
            if (last == null) {
                throw e;
            }
            LOG.warn("The indexes of the session table cannot be read", e);
            return last.indexes();
        }
    }

    private void tell(SessionIndexes before, SessionIndexes now) {
        missing.accept(now.missing());
        if (now.equals(before)) {
            return;
        }
        if (now.missing() > 0) {
            LOG.warnf(
                    "%d of the indexes IDX_USER_SESSION_EXPIRATION_CREATED and IDX_USER_SESSION_EXPIRATION_LAST_REFRESH"
                            + " of the table OFFLINE_USER_SESSION are missing. Lists of sessions and of people by activity"
                            + " are slow until they are there. Keycloak builds them in the background after an upgrade,"
                            + " or logs the statements for an administrator",
                    now.missing());
        } else {
            LOG.infof("Indexes of the session table: by creation %s, by activity %s", now.created(), now.refreshed());
        }
    }
}
