package dev.identities.boot;

import dev.identities.keycloak.ending.EndingServices;
import dev.identities.metrics.Meters;
import dev.identities.notify.Deliveries;
import org.keycloak.provider.Provider;

/** What there is once per server, for both APIs and all listeners. */
record ServerServices(EndingServices ending, Meters meters, Deliveries deliveries) implements Provider {

    /** Of one request; the parts live as long as the server. */
    @Override
    public void close() {
        // Holds nothing of its own.
    }
}
