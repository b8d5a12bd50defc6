package dev.identities.theme;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.theme.ThemeSelectorProvider;
import org.keycloak.theme.ThemeSelectorProviderFactory;

/**
 * Takes Keycloak's place in choosing themes, as the one factory with an order above zero. An extension with a higher one,
 * or the option {@code --spi-theme-selector--provider}, takes ours; then realms name the theme themselves.
 */
public final class IdentitiesThemeSelectorFactory implements ThemeSelectorProviderFactory {

    private static final String STOCK = "default";

    @Override
    public String getId() {
        return "identities";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public ThemeSelectorProvider create(KeycloakSession session) {
        return new IdentitiesThemeSelector(session.getProvider(ThemeSelectorProvider.class, STOCK));
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
