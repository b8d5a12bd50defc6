package dev.identities.boot;

import dev.identities.keycloak.events.LogoutListener;

/** Registers {@link LogoutListener}. */
public final class LogoutListenerFactory extends GlobalListenerFactory {

    public LogoutListenerFactory() {
        super("identities-logout", LogoutListener::new);
    }
}
