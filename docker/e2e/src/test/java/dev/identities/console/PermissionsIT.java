package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.Grants;
import dev.identities.testbed.App;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** The page offers what an administrator may do, and nothing else. */
class PermissionsIT {

    @RegisterExtension
    private static final Chrome CHROME = Chrome.start("en");

    private static Realm realm;
    private static ConsolePage page;
    private static String dana;

    @BeforeAll
    static void somebodyIsSignedIn() {
        realm = Testbed.realm("permissions");
        App wiki = realm.client("wiki", Map.of("name", "Team Wiki"));
        dana = realm.user("dana", "dana-password", Map.of("firstName", "Dana", "lastName", "Miller"), Map.of());
        realm.user("erik", "erik-password", Map.of("firstName", "Erik", "lastName", "Olsen"), Map.of());
        new Browser(Browser.DESKTOP, Places.BERLIN).signIn(wiki, SignIn.as("dana", "dana-password"));
        new Browser(Browser.DESKTOP, Places.BERLIN).signIn(wiki, SignIn.as("erik", "erik-password"));
        page = ConsolePage.of(CHROME, Testbed.server().url(), "permissions");
    }

    @AfterEach
    void signOut() {
        CHROME.forgetEverything();
    }

    private static ConsolePage as(String username, String... roles) {
        realm.administrator(username, roles);
        return page.signIn(username, username, "");
    }

    @Test
    @DisplayName("view-users shows people and sessions, but permits neither endings nor settings")
    void viewUsers() {
        as("viewer", "view-users").open();
        assertThat(page.awaitRow(ConsolePage.USERS, "Dana Miller")).containsEntry("Applications", "Hidden application");
        assertNothingToEnd();
        assertThat(CHROME.text()).doesNotContain("Settings");

        page.link("Dana Miller").click();
        page.awaitTitle("Dana Miller");
        page.awaitRow(ConsolePage.SESSIONS, "Berlin");
        assertNothingToEnd();
        page.link("Chrome on Windows").click();
        page.awaitTitle("Chrome on Windows");
        page.awaitText("OpenStreetMap");
        assertNothingToEnd();
        assertThat(CHROME.text()).doesNotContain("Wiki");

        page.open("identities/settings", "Identities").awaitText("Not permitted");
        CHROME.screenshot("not-permitted");
    }

    private static void assertNothingToEnd() {
        assertThat(CHROME.driver().findElements(By.cssSelector("kc-identities button[aria-label^=Revoke]")))
                .isEmpty();
        assertThat(CHROME.driver().findElements(By.cssSelector("kc-identities input[type=checkbox]")))
                .isEmpty();
        assertThat(page.hasButton("Revoke all sessions")).isFalse();
        assertThat(page.hasButton("Revoke session")).isFalse();
    }

    @Test
    @DisplayName("manage-users permits endings, but does not show settings")
    void manageUsers() {
        as("manager", "view-users", "manage-users", "view-clients").open();
        assertThat(page.awaitRow(ConsolePage.USERS, "Dana Miller")).containsEntry("Applications", "Team Wiki");
        assertThat(page.button("Revoke all sessions of Dana Miller").isEnabled())
                .isTrue();
        assertThat(CHROME.driver().findElements(By.linkText("Settings"))).isEmpty();
    }

    @Test
    @DisplayName("an administrator of the realm but not of its clients gets the realm's settings only")
    void manageRealm() {
        as("setter", "view-users", "manage-realm").open();
        page.link("Settings").click();
        page.awaitText("Settings of the realm");
        page.awaitText("You are not permitted to manage clients.");
        assertThat(page.rows("Clients that may use the help desk APIs")).isEmpty();
    }

    @Test
    @DisplayName("an administrator who may not see users has no menu entry, and the address shows nothing")
    void noUsers() {
        as("clients-only", "view-clients");
        CHROME.await(
                "the menu",
                () -> CHROME.driver().findElement(By.id("nav-item-clients")).isDisplayed());
        assertThat(page.hasEntry()).isFalse();
        page.load("identities/users");
        CHROME.await(
                "the menu",
                () -> CHROME.driver().findElement(By.id("nav-item-clients")).isDisplayed());
        page.awaitText("Page Not Found");
        assertThat(CHROME.driver().findElements(By.tagName("kc-identities"))).isEmpty();
    }

    @Test
    @DisplayName("query-users alone shows no people")
    void queryUsers() {
        as("query-only", "query-users");
        page.entry().click();
        page.awaitText("Nobody is signed in whom you may see");
        assertThat(CHROME.text()).doesNotContain("Dana");
    }

    @Test
    @DisplayName("fine-grained permissions decide by row who is seen, and whom one may cut off")
    void fineGrained() {
        Grants grants = Grants.in(realm);
        realm.administrator("delegate", "query-users");
        grants.policy("delegate", realm.userId("delegate"), "POSITIVE");
        String erik = realm.userId("erik");
        grants.permission("view dana", List.of(dana), List.of("view"), "delegate");
        grants.permission("view erik", List.of(erik), List.of("view"), "delegate");
        grants.permission("manage erik", List.of(erik), List.of("manage"), "delegate");

        page.signIn("delegate", "delegate", "").open();

        page.awaitRow(ConsolePage.USERS, "Erik Olsen");
        assertThat(page.column(ConsolePage.USERS, "User")).containsExactlyInAnyOrder("Dana Miller", "Erik Olsen");
        assertThat(page.hasButton("Revoke all sessions of Erik Olsen")).isTrue();
        assertThat(page.hasButton("Revoke all sessions of Dana Miller")).isFalse();
    }

    @Test
    @DisplayName("an administrator of the master realm sees each realm's own people")
    void master() {
        Credentials admin = Testbed.server().administrator();
        ConsolePage masters = page.forAdministratorsOf("master").signIn(admin.username(), admin.password(), "clients");
        masters.open();
        masters.awaitRow(ConsolePage.USERS, "Dana Miller");
        assertThat(masters.column(ConsolePage.USERS, "User")).doesNotContain(admin.username());
        masters.link("Settings").click();
        masters.awaitText("Settings of the realm");

        ConsolePage own = ConsolePage.of(CHROME, Testbed.server().url(), "master");
        own.load("identities/users").awaitRow(ConsolePage.USERS, admin.username());
        assertThat(CHROME.text()).contains("You").doesNotContain("Dana Miller");
    }
}
