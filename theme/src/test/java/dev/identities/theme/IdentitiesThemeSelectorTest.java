package dev.identities.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;
import org.keycloak.theme.ThemeSelectorProviderFactory;

class IdentitiesThemeSelectorTest {

    @Test
    void builtInAdminConsoleGetsThePage() {
        assertThat(selector("keycloak.v2").getThemeName(Theme.Type.ADMIN)).isEqualTo("identities");
    }

    @ParameterizedTest
    @ValueSource(strings = {"corporate", "identities", "keycloak"})
    void choiceOfAnAdministratorStands(String chosen) {
        assertThat(selector(chosen).getThemeName(Theme.Type.ADMIN)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @EnumSource(value = Theme.Type.class, mode = Mode.EXCLUDE, names = "ADMIN")
    void allOtherPagesStayAsTheyAre(Theme.Type type) {
        assertThat(selector("keycloak.v2").getThemeName(type)).isEqualTo("keycloak.v2");
    }

    @Test
    void missingThemeStillFallsBackToTheStockConsole() {
        assertThat(selector("gone").getDefaultThemeName(Theme.Type.ADMIN)).isEqualTo("stock default");
    }

    @Test
    void keycloakFindsTheFactoryAndPrefersIt() {
        List<ThemeSelectorProviderFactory> factories = ServiceLoader.load(ThemeSelectorProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        assertThat(factories).hasExactlyElementsOfTypes(IdentitiesThemeSelectorFactory.class);
        assertThat(factories.get(0).order()).isPositive();
    }

    /** Our selector in a Keycloak that by itself would choose this theme for everything. */
    private static ThemeSelectorProvider selector(String chosen) {
        ThemeSelectorProvider stock = new ThemeSelectorProvider() {
            @Override
            public String getThemeName(Theme.Type type) {
                return chosen;
            }

            @Override
            public String getDefaultThemeName(Theme.Type type) {
                return "stock default";
            }

            @Override
            public void close() {}
        };
        KeycloakSession session = (KeycloakSession) Proxy.newProxyInstance(
                IdentitiesThemeSelectorTest.class.getClassLoader(),
                new Class<?>[] {KeycloakSession.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getProvider");
                    assertThat(arguments).containsExactly(ThemeSelectorProvider.class, "default");
                    return stock;
                });
        return new IdentitiesThemeSelectorFactory().create(session);
    }
}
