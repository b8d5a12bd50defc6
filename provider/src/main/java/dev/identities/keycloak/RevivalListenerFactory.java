package dev.identities.keycloak;

/** Registers {@link RevivalListener}. */
public final class RevivalListenerFactory extends GlobalListenerFactory {

    public RevivalListenerFactory() {
        super("identities-revival", RevivalListener::new);
    }
}
