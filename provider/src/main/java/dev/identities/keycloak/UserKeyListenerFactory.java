package dev.identities.keycloak;

/** Registers {@link UserKeyListener}. */
public final class UserKeyListenerFactory extends GlobalListenerFactory {

    public UserKeyListenerFactory() {
        super("identities-user-key", UserKeyListener::new);
    }
}
