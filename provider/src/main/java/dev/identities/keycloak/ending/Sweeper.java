package dev.identities.keycloak.ending;

import dev.identities.session.SessionRef;
import dev.identities.settings.RealmSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Clears up after sessions have ended. It deletes the rows of their client sessions, because no request can use them
 * any more. It also looks for new rows of the sessions themselves and ends those again. A request that was under way
 * can write such a row: an application's request that makes an offline session, or a browser's that makes the session
 * anew. No request can use the row while the slot is ended, so it must be deleted before the slot opens.
 *
 * <p>Applications are not told a second time.
 */
public final class Sweeper implements AutoCloseable {

    /**
     * Most requests are done after a second. A request that waited for a lock is done after half a minute. The last
     * sweep is for requests that took as long as Keycloak lets them, and comes before the slots open after ten minutes.
     */
    private static final List<Duration> DELAYS =
            List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(9));

    /** Sweeps that may wait. The sweeps of one transaction share the list of its sessions, a few kilobytes. */
    private static final int MAX_WAITING = 40_000;

    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledThreadPoolExecutor executor;

    public Sweeper() {
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "identities-sweeper");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Sweeps after these sessions, soon and some time later.
     *
     * @param end ends the sessions that a sweep has found again
     * @return false when no sweep follows, because too many wait already or the server stops
     */
    boolean later(KeycloakSessionFactory factory, String realmId, Collection<SessionRef> ended, EndAgain end) {
        Set<SessionRef> sessions = Set.copyOf(ended);
        if (waiting.addAndGet(DELAYS.size()) > MAX_WAITING) {
            waiting.addAndGet(-DELAYS.size());
            LOG.warnf(
                    "Too many sweeps wait: rows that requests under way write after the end of %d sessions stay",
                    sessions.size());
            return false;
        }
        try {
            for (Duration delay : DELAYS) {
                Future<?> unused = executor.schedule(
                        () -> sweep(factory, realmId, sessions, end), delay.toMillis(), TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (RejectedExecutionException stopping) {
            return false;
        }
    }

    /** Ends sessions in the realm of a Keycloak session of its own, and lists them. */
    interface EndAgain {
        void end(RevokedSris list, List<SessionRef> sessions);
    }

    private void sweep(KeycloakSessionFactory factory, String realmId, Set<SessionRef> sessions, EndAgain end) {
        waiting.decrementAndGet();
        try {
            KeycloakModelUtils.runJobInTransaction(factory, own -> sweep(own, realmId, sessions, end));
        } catch (RuntimeException e) {
            LOG.warn("Whether ended sessions were made anew could not be looked up", e);
        }
    }

    private static void sweep(KeycloakSession own, String realmId, Set<SessionRef> sessions, EndAgain end) {
        RealmModel realm = own.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        own.getContext().setRealm(realm);
        sessions.forEach(session -> PendingSignIns.drop(own, session.sid()));
        List<SessionRef> back = SessionRowLocks.present(
                        own, sessions.stream().map(SessionRef::sid).toList())
                .stream()
                .filter(sessions::contains)
                .toList();
        SessionRowLocks.deleteClients(
                own,
                sessions.stream().filter(session -> !back.contains(session)).toList());
        if (!back.isEmpty()) {
            end.end(
                    new RevokedSris(
                            own, realm, RealmSettings.of(realm::getAttribute).revocationList()),
                    back);
            LOG.infof("Rows of %d sessions that were written after their end are deleted", back.size());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
