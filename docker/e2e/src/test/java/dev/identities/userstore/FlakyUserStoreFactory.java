package dev.identities.userstore;

import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.storage.UserStorageProviderFactory;

/** Registers {@link FlakyUserStore}; its setting {@code outage} names a file that stands for the outage. */
public final class FlakyUserStoreFactory implements UserStorageProviderFactory<FlakyUserStore> {

    @Override
    public String getId() {
        return "flaky";
    }

    @Override
    public FlakyUserStore create(KeycloakSession session, ComponentModel model) {
        return new FlakyUserStore(session, model);
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                "outage",
                "Outage",
                "While this file is there, nobody is found",
                ProviderConfigProperty.STRING_TYPE,
                ""));
    }
}
