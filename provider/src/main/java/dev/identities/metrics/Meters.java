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
 * The meters of both APIs.
 *
 * <p>Labels have a fixed number of values, because no request may add series. There is no label for the realm, because
 * it would multiply the series by the number of realms. Keycloak's own meters of user events have it only on request.
 */
public interface Meters extends EndingListener, DeliveryMetrics {

    /** The API of a request. */
    enum Mount {
        /** {@code /realms/{realm}/app}. */
        NGROK,
        /** {@code /realms/{realm}/pf-ws}. */
        PINGFEDERATE,
        /** The mount for the admin console. Requests that Keycloak itself refuses there are not counted. */
        CONSOLE
    }

    /** A request was answered. */
    void request(Mount mount, int status);

    /** A page of a list was answered with success, be it that the caller has it already. */
    void page(PagedList list, Duration time);

    /** The outcome of a call for one session that it was to end. */
    void session(Outcome.Status status);

    /** How many of the indexes that lists are read along the session table lacks, 0 to 2. */
    void missingIndexes(int count);

    @Override
    default void ended(SessionsEnded event) {
        event.report().outcomes().forEach(outcome -> session(outcome.status()));
    }

    /** The same API, but it counts requests and times pages of lists. */
    default Api watch(Mount mount, Api api) {
        return new WatchedApi(this, mount, api);
    }

    /**
     * Meters in Keycloak's registry, which Keycloak publishes if its metrics are on. They cost very little if the
     * metrics are off. A server without Micrometer has no meters.
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
