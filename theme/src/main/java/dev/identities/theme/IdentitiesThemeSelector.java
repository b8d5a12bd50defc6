package dev.identities.theme;

import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

/**
 * Shows our theme wherever the built-in admin console would be shown, so that no realm has to be changed. Whatever an
 * administrator chose stands.
 */
final class IdentitiesThemeSelector implements ThemeSelectorProvider {

    /** Our theme: the built-in console with one script more. */
    static final String THEME = "identities";

    private final ThemeSelectorProvider stock;

    /** The argument chooses as Keycloak does by itself. */
    IdentitiesThemeSelector(ThemeSelectorProvider stock) {
        this.stock = stock;
    }

    @Override
    public String getThemeName(Theme.Type type) {
        String name = stock.getThemeName(type);
        return type == Theme.Type.ADMIN && DEFAULT_V2.equals(name) ? THEME : name;
    }

    /** The theme when the chosen one does not exist: the stock console, as without this selector. */
    @Override
    public String getDefaultThemeName(Theme.Type type) {
        return stock.getDefaultThemeName(type);
    }

    /** The session closes what it gave. */
    @Override
    public void close() {}
}
