package dev.identities.boot;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Lets Keycloak keep {@link ServerServices}, as it keeps its own parts: one for the server, made and closed with it. */
public final class ServerServicesSpi implements Spi {

    /** Keycloak would warn of every factory of an internal one. */
    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "identities";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return ServerServices.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return ServerServicesFactory.class;
    }
}
