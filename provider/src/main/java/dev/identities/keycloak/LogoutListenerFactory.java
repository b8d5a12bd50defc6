package dev.identities.keycloak;

/** Registers {@link LogoutListener}. */
public final class LogoutListenerFactory extends GlobalListenerFactory {

    public LogoutListenerFactory() {
        super("identities-logout", LogoutListener::new);
    }
}
