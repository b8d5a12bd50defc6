package dev.identities.boot;

import dev.identities.keycloak.events.UserKeyListener;

/** Registers {@link UserKeyListener}. */
public final class UserKeyListenerFactory extends GlobalListenerFactory {

    public UserKeyListenerFactory() {
        super("identities-user-key", UserKeyListener::new);
    }
}
