package dev.identities.boot;

import dev.identities.capture.UserAgents;
import dev.identities.feed.FeedHub;
import dev.identities.keycloak.caep.Caep;
import dev.identities.keycloak.ending.EndingServices;
import dev.identities.keycloak.sessions.IndexWatch;
import dev.identities.keycloak.sessions.SignInMemory;
import dev.identities.listing.LongScans;
import dev.identities.metrics.Meters;
import dev.identities.notify.Deliveries;
import dev.identities.place.Places;
import org.keycloak.provider.Provider;

/** The parts that exist once per server, for both APIs and all listeners. */
record ServerServices(
        EndingServices ending,
        Meters meters,
        Deliveries deliveries,
        Places places,
        UserAgents userAgents,
        Caep caep,
        FeedHub feeds,
        LongScans longScans,
        IndexWatch indexes,
        SignInMemory signIns)
        implements Provider {

    /** Closes nothing: Keycloak calls this at the end of each request, but the parts live as long as the server. */
    @Override
    public void close() {
        // The factory closes the parts.
    }
}
