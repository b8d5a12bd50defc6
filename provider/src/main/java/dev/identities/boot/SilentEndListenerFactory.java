package dev.identities.boot;

import dev.identities.keycloak.events.SilentEndListener;

/** Registers {@link SilentEndListener}. */
public final class SilentEndListenerFactory extends GlobalListenerFactory {

    public SilentEndListenerFactory() {
        super(
                "identities-caep",
                session -> new SilentEndListener(
                        session, () -> session.getProvider(ServerServices.class).caep()));
    }
}
