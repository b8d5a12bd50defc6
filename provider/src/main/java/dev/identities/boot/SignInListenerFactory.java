package dev.identities.boot;

import dev.identities.keycloak.events.SignInListener;

/** Registers {@link SignInListener}. */
public final class SignInListenerFactory extends GlobalListenerFactory {

    public SignInListenerFactory() {
        super("identities-sign-in", SignInListener::new);
    }
}
