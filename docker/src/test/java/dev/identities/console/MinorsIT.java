package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same two jars on older Keycloaks: whether the console still has what the page holds on to. */
class MinorsIT {

    @RegisterExtension
    private static final Chrome CHROME = Chrome.start("en");

    @ParameterizedTest(name = "Keycloak {0}")
    @ValueSource(strings = {"26.6", "26.5"})
    @DisplayName("from the menu by a search to a session on the map, to a person who is signed out, to a setting")
    void happyPath(String minor) {
        try (KeycloakServer server = Testbed.startMinor(minor, Testbed.complete())) {
            Realm realm = Realm.create(new AdminClient(server), "minor", Map.of());
            App wiki = realm.client("wiki", Map.of("name", "Team Wiki"));
            realm.user("dana", "dana-password", Map.of("firstName", "Dana", "lastName", "Miller"), Map.of());
            Browser browser = new Browser(Browser.DESKTOP, Places.BERLIN);
            Tokens tokens = browser.signIn(wiki, SignIn.as("dana", "dana-password"));
            realm.administrator("chief", "realm-admin");
            ConsolePage page = ConsolePage.of(CHROME, server.url(), "minor").signIn("chief", "chief", "clients");

            page.open();
            page.type(page.field("Name, username, email or ID"), "mill");
            page.awaitColumn(ConsolePage.USERS, "User", "Dana Miller");
            CHROME.screenshot("keycloak-" + minor);
            page.link("Dana Miller").click();
            page.awaitTitle("Dana Miller");
            page.link("Chrome on Windows").click();
            page.awaitTitle("Chrome on Windows");
            assertThat(page.map()).isEqualTo("World map that shows Berlin, Germany");
            Accessibility.check(CHROME, "kc-identities");
            page.button("Revoke session").click();
            page.button("Revoke").click();
            page.awaitText("All done");
            CHROME.expectComplaint("404");
            page.button("Close").click();
            page.awaitText("Session is over");
            assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
            assertThat(browser.visit(wiki)).isEmpty();

            page.open("identities/settings", "Identities");
            page.field("User key attribute").sendKeys("email");
            page.button("Save").click();
            page.awaitText("Saved");
            assertThat(realm.admin()
                            .get(realm.path(""))
                            .at("/attributes/identities.user-key-attribute")
                            .asText())
                    .isEqualTo("email");
            CHROME.driver().get("about:blank");
        }
    }
}
