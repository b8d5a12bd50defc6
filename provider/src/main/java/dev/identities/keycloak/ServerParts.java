package dev.identities.keycloak;

import dev.identities.keycloak.slots.SessionSlots;
import dev.identities.metrics.Meters;
import dev.identities.revocation.Deliveries;
import org.keycloak.provider.Provider;

/** What there is once per server, for both APIs and all listeners. */
record ServerParts(SessionHome home, SessionSlots slots, Sweeper sweeper, Meters meters, Deliveries deliveries)
        implements Provider {

    /** Of one request; the parts live as long as the server. */
    @Override
    public void close() {
        // Holds nothing of its own.
    }
}
