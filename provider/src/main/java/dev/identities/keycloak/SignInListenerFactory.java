package dev.identities.keycloak;

/** Registers {@link SignInListener}. */
public final class SignInListenerFactory extends GlobalListenerFactory {

    public SignInListenerFactory() {
        super("identities-sign-in", SignInListener::new);
    }
}
