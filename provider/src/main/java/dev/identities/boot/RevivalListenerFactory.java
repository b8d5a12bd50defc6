package dev.identities.boot;

import dev.identities.keycloak.ending.RevivalListener;

/** Registers {@link RevivalListener}. */
public final class RevivalListenerFactory extends GlobalListenerFactory {

    public RevivalListenerFactory() {
        super(
                "identities-revival",
                session -> new RevivalListener(
                        session,
                        () -> session.getProvider(ServerServices.class).ending().slots()));
    }
}
