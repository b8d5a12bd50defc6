package dev.identities.keycloak;

import dev.identities.keycloak.slots.SessionSlots;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.settings.RealmSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Ends offline sessions that an application's request made of a session in the moment in which it ended: the request had
 * passed {@link RevivalListener} before, and committed after. Applications are not told once more.
 */
final class LateOfflineSessions implements AutoCloseable {

    /** Keycloak writes to its cache, which is when we hear of it, a moment before it writes the row. */
    private static final Duration DELAY = Duration.ofMillis(200);

    /** More are not remembered at a time: whoever uses one that was left out brings it here once more. */
    private static final int MAX_WAITING = 10_000;

    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(LateOfflineSessions.class);

    private final KeycloakSessionFactory factory;
    private final SessionHome home;
    private final SessionSlots slots;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor executor;

    LateOfflineSessions(KeycloakSessionFactory factory, SessionHome home, SessionSlots slots) {
        this.factory = factory;
        this.home = home;
        this.slots = slots;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "identities-late-sessions");
            thread.setDaemon(true);
            return thread;
        });
        executor.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** Takes note of an ended offline session that somebody made or used. Does not wait. */
    void noticed(String sid) {
        if (waiting.size() >= MAX_WAITING || !waiting.add(sid)) {
            return;
        }
        try {
            Future<?> unused = executor.schedule(() -> end(sid), DELAY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The server is stopping");
        }
    }

    private void end(String sid) {
        waiting.remove(sid);
        try {
            KeycloakModelUtils.runJobInTransaction(factory, own -> EndingRows.realmsOf(own, sid, SessionKind.OFFLINE)
                    .forEach((realmId, ref) -> end(own, realmId, ref)));
        } catch (RuntimeException e) {
            LOG.error("An offline session that was made while its session ended could not be ended", e);
        }
    }

    private void end(KeycloakSession own, String realmId, SessionRef ref) {
        RealmModel realm = own.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        RevokedSris list = new RevokedSris(
                own, realm, RealmSettings.of(realm::getAttribute).revocationList());
        boolean ended = !new KeycloakSessionStore(factory, realmId, home, slots, (session, stored) -> List.of(), list)
                .end(List.of(ref), false, true)
                .isEmpty();
        if (ended) {
            LOG.infof("An offline session of user %s that was made while its session ended is ended", ref.userId());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
