package dev.identities.metrics;

import dev.identities.api.Api;
import dev.identities.api.PagedList;
import dev.identities.ending.EndingListener;
import dev.identities.ending.Outcome;
import dev.identities.ending.SessionsEnded;
import dev.identities.notify.DeliveryMetrics;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * What is counted and timed.
 *
 * <p>Labels have a fixed number of values, whoever asks for whatever. There is none for the realm: Keycloak's own meters
 * of user events have it only where an operator asks for it, because it multiplies the series by the realms.
 */
public interface Meters extends EndingListener, DeliveryMetrics {

    /** Which API a request came in by. */
    enum Face {
        /** {@code /realms/{realm}/app}. */
        NGROK,
        /** {@code /realms/{realm}/pf-ws}. */
        PINGFEDERATE,
        /** The mount for the admin console. What Keycloak refuses there does not get to us and is not counted. */
        CONSOLE
    }

    /** A request was answered. */
    void request(Face face, int status);

    /** A page of a list was answered with success, be it that the caller has it already. */
    void page(PagedList list, Duration time);

    /** A session that somebody asked to end, once it is settled what became of it. */
    void session(Outcome.Status status);

    @Override
    default void ended(SessionsEnded event) {
        event.report().outcomes().forEach(outcome -> session(outcome.status()));
    }

    /** The API with its requests counted, and timed where they are for a page of a list. */
    default Api watch(Face face, Api api) {
        return new WatchedApi(this, face, api);
    }

    /**
     * Meters in the registry that Keycloak publishes, if its metrics are on. They cost next to nothing if they are off,
     * and are none at all where a server comes without Micrometer.
     */
    static Meters ofTheServer() {
        try {
            return MicrometerMeters.ofTheServer();
        } catch (LinkageError e) {
            Logger.getLogger(Meters.class).info("The server has no Micrometer: nothing is metered");
            return new NoMeters();
        }
    }
}
