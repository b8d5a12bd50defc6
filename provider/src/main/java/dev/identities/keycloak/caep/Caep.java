package dev.identities.keycloak.caep;

import dev.identities.ending.EndingListener;
import dev.identities.keycloak.Overriding;
import dev.identities.keycloak.ending.DetachedRequest;
import dev.identities.text.LogText;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.common.Profile;
import org.keycloak.events.Event;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Hands {@code session-revoked} events to Keycloak's transmitter in the background, after the sessions have ended. From
 * then on they are in the transmitter's outbox and its delivery. Where the server has no transmitter, or a realm has it
 * off, nothing happens.
 *
 * <p>A failure costs receivers an event and the log a line; the session has ended in any case. Events that wait are
 * lost with the server.
 */
public final class Caep implements AutoCloseable {

    /** Events that may wait: a few hundred bytes each. */
    static final int MAX_WAITING = 20_000;

    /** The most sessions of one request of Keycloak's own that receivers are told of. */
    public static final int MAX_AT_ONCE = MAX_WAITING / 2;

    /** Events per transaction. Each is signed once for every receiver. */
    private static final int CHUNK = 50;

    /** The pauses before the second and the third attempt, for a database that fails over. */
    private static final Duration[] PAUSES = {Duration.ofSeconds(2), Duration.ofSeconds(10)};

    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);

    private static final String FEATURE = "ssf";

    /** The realm attribute by which Keycloak switches the transmitter on. */
    private static final String TRANSMITTER_ENABLED = "ssf.transmitterEnabled";

    private static final Logger LOG = Logger.getLogger(Caep.class);

    private final boolean available;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "identities-caep");
        thread.setDaemon(true);
        return thread;
    });

    private Caep(boolean available) {
        this.available = available;
        // A server without the transmitter starts no thread.
        executor.setKeepAliveTime(1, TimeUnit.MINUTES);
        executor.allowCoreThreadTimeOut(true);
    }

    /** For a server that is starting: its features are known by then. */
    public static Caep ofTheServer() {
        return new Caep(Profile.getInstance().getEnabledFeatures().stream()
                        .anyMatch(feature -> feature.getUnversionedKey().equals(FEATURE))
                && isPresent("org.keycloak.ssf.transmitter.SsfTransmitter"));
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, Caep.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Whether the realm has receivers told. */
    public boolean isOn(RealmModel realm) {
        return available && Boolean.parseBoolean(realm.getAttribute(TRANSMITTER_ENABLED));
    }

    /** Tells of the sessions that a call of an API ends, in the realm of the session's context. */
    public EndingListener listener(KeycloakSession session) {
        return new CaepListener(this, session);
    }

    /**
     * Whether Keycloak itself tells of the end that a LOGOUT event is of.
     *
     * @param session of a realm where this is on
     */
    public static boolean tellsItself(KeycloakSession session, Event event) {
        return SharedSignals.tellsItself(session, event);
    }

    /**
     * The realm as one whose transmitter is off, for events that Keycloak must not tell of, because this class does so
     * in better words. The realm itself where it is off.
     */
    public static RealmModel silenced(RealmModel realm) {
        return Boolean.parseBoolean(realm.getAttribute(TRANSMITTER_ENABLED))
                ? Overriding.of(
                        RealmModel.class,
                        realm,
                        (proxy, method, args) -> method.getName().equals("getAttribute")
                                        && method.getReturnType() == String.class
                                        && args[0].equals(TRANSMITTER_ENABLED)
                                ? "false"
                                : null)
                : realm;
    }

    /**
     * What hands over events of one realm, and returns at once. It is to be run when the end of their sessions is
     * committed, which may be after the Keycloak session is closed.
     *
     * @param session in the realm, where this is on, and with a request
     */
    public Runnable prepare(KeycloakSession session, List<SessionRevoked> events) {
        RealmModel realm = session.getContext().getRealm();
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        URI base = session.getContext().getHttpRequest().getUri().getBaseUri();
        String realmId = realm.getId();
        String name = realm.getName();
        return () -> tell(name, events, chunk -> emit(factory, realmId, base, chunk));
    }

    private void tell(String realm, List<SessionRevoked> events, Consumer<List<SessionRevoked>> emitter) {
        for (int from = 0; from < events.size(); from += CHUNK) {
            List<SessionRevoked> chunk = events.subList(from, Math.min(events.size(), from + CHUNK));
            if (waiting.addAndGet(chunk.size()) > MAX_WAITING) {
                dropped(realm, chunk, "too many events are waiting", null);
            } else {
                attempt(realm, chunk, () -> emitter.accept(chunk), 0);
            }
        }
    }

    private void attempt(String realm, List<SessionRevoked> chunk, Runnable emit, int number) {
        try {
            Duration pause = number == 0 ? Duration.ZERO : PAUSES[number - 1];
            var unused = executor.schedule(
                    () -> {
                        try {
                            emit.run();
                            waiting.addAndGet(-chunk.size());
                        } catch (RuntimeException | LinkageError e) {
                            if (number < PAUSES.length && e instanceof RuntimeException) {
                                attempt(realm, chunk, emit, number + 1);
                            } else {
                                dropped(realm, chunk, "the transmitter fails", e);
                            }
                        }
                    },
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            dropped(realm, chunk, "the server is stopping", null);
        }
    }

    private void dropped(String realm, List<SessionRevoked> chunk, String why, Throwable cause) {
        waiting.addAndGet(-chunk.size());
        LOG.warnf(
                cause,
                "Receivers of realm \"%s\" are not told of the end of %d sessions: %s",
                LogText.clean(realm),
                chunk.size(),
                why);
    }

    private static void emit(KeycloakSessionFactory factory, String realmId, URI base, List<SessionRevoked> events) {
        KeycloakModelUtils.runJobInTransaction(factory, own -> {
            RealmModel realm = own.realms().getRealm(realmId);
            if (realm != null) {
                own.getContext().setHttpRequest(DetachedRequest.to(base));
                own.getContext().setRealm(realm);
                SharedSignals.emit(own, events);
            }
        });
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(SHUTDOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        if (waiting.get() > 0) {
            LOG.warnf("The server stopped before receivers were told of the end of %d sessions", waiting.get());
        }
    }
}
