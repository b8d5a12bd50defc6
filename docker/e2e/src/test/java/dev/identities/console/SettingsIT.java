package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.e2e.Http;
import dev.identities.testbed.App;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** Keycloak has the settings made on the page, and they take effect. */
class SettingsIT {

    /** Another value than the default for each setting of a realm, and how it is chosen. */
    private static final Map<String, String> OTHERS = others();

    private static final String CLIENTS = "Clients that may use the help desk APIs";

    @RegisterExtension
    private static final Chrome CHROME = Chrome.start("en");

    private static Realm realm;
    private static App helpDesk;
    private static ConsolePage page;

    private static Map<String, String> others() {
        Map<String, String> others = new LinkedHashMap<>();
        others.put("user-key-attribute", "email");
        others.put("hash-user-key", "sha-256");
        others.put("hash-user-key-encoding", "base64url");
        others.put("hash-user-key-salt", "pepper");
        others.put("user-key-rate-limit", "600");
        others.put("session-management-api", "false");
        others.put("session-revocation-api", "false");
        others.put("session-revocation-lifetime", "90");
        others.put("track-revoked-sris-on-logout", "false");
        others.put("revoked-sris-end-sessions", "false");
        others.put("revoked-sris-created-status", "204");
        others.put("revoked-sris-not-listed-status", "200");
        others.put("user-sessions-format", "array");
        others.put("require-xsrf-header", "true");
        others.put("revoke-offline-sessions", "false");
        others.put("logout-identity-provider", "false");
        others.put("bulk-reason-threshold", "50");
        others.put("signals-old-offline-days", "30");
        others.put("signals-max-speed-kmh", "900");
        others.put("audit-user-key", "none");
        return others;
    }

    @BeforeAll
    static void anAdministratorIsSignedIn() {
        realm = Testbed.realm("settings");
        realm.attribute("somebody-elses", "stays");
        App wiki = realm.client("wiki");
        helpDesk = realm.client("help-desk");
        realm.user("dana", "dana-password");
        new Browser(Browser.DESKTOP, Places.BERLIN).signIn(wiki, SignIn.as("dana", "dana-password"));
        realm.identityProvider("partner", Testbed.realm("settings-partner"), Map.of());
        realm.administrator("chief", "realm-admin");
        page = ConsolePage.of(CHROME, Testbed.server().url(), "settings").signIn("chief", "chief", "clients");
    }

    @BeforeEach
    void open() {
        page.load("clients").entry().click();
        page.link("Settings").click();
        CHROME.await("the settings", () -> setting("audit-user-key").isDisplayed());
        page.awaitRow(CLIENTS, "help-desk");
    }

    private static WebElement setting(String name) {
        return CHROME.driver().findElement(By.id("identities." + name));
    }

    private static JsonNode attributes() {
        return realm.admin().get(realm.path("")).get("attributes");
    }

    @Test
    @DisplayName("each setting of the realm is stored as its attribute, shown after a reload, and unset by its default")
    void everySettingOfTheRealm() {
        List<String> shown = CHROME.driver().findElements(By.cssSelector("kc-identities [id^='identities.']")).stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.endsWith("-help"))
                .map(id -> id.substring("identities.".length()))
                .distinct()
                .toList();
        assertThat(shown).containsExactlyElementsOf(OTHERS.keySet());
        assertThat(page.button("Save").isEnabled()).isFalse();
        Map<String, String> defaults = new LinkedHashMap<>();
        shown.forEach(name -> defaults.put(name, value(name)));
        assertThat(defaults)
                .allSatisfy((name, value) -> assertThat(value).as(name).isNotEqualTo(OTHERS.get(name)));

        OTHERS.forEach(SettingsIT::set);
        save();

        OTHERS.forEach((name, value) -> assertThat(
                        attributes().path("identities." + name).asText())
                .as(name)
                .isEqualTo(value));
        assertThat(attributes().get("somebody-elses").asText()).isEqualTo("stays");
        CHROME.driver().navigate().refresh();
        CHROME.await("the settings", () -> setting("audit-user-key").isDisplayed());
        OTHERS.forEach((name, value) -> assertThat(value(name)).as(name).isEqualTo(value));

        defaults.forEach(SettingsIT::set);
        save();
        OTHERS.keySet().forEach(name -> assertThat(
                        attributes().path("identities." + name).asText(""))
                .as(name)
                .isEmpty());
        assertThat(attributes().get("somebody-elses").asText()).isEqualTo("stays");
    }

    private static String value(String name) {
        WebElement control = setting(name);
        return "checkbox".equals(control.getAttribute("type"))
                ? String.valueOf(control.isSelected())
                : control.getAttribute("value");
    }

    private static void set(String name, String value) {
        WebElement control = setting(name);
        if (control.getTagName().equals("select")) {
            new Select(control).selectByValue(value);
        } else if ("checkbox".equals(control.getAttribute("type"))) {
            if (control.isSelected() != Boolean.parseBoolean(value)) {
                control.sendKeys(Keys.SPACE);
            }
        } else {
            page.type(control, value);
        }
    }

    private static void save() {
        page.button("Save").click();
        page.awaitText("Saved");
        CHROME.await("nothing left to save", () -> !page.button("Save").isEnabled());
    }

    @Test
    @DisplayName("text that is no number is not saved; a change can be reverted")
    void invalid() {
        set("user-key-rate-limit", "many");
        page.awaitText("A whole number from 1 to 1000000, or nothing.");
        assertThat(page.button("Save").isEnabled()).isFalse();
        page.button("Revert").click();
        CHROME.await("as before", () -> value("user-key-rate-limit").isEmpty());
        set("user-key-rate-limit", "0");
        assertThat(page.button("Save").isEnabled()).isFalse();
        assertThat(attributes().path("identities.user-key-rate-limit").asText(""))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "a change that was not saved is not left without a question: by a tab, by the console's menu, or by Back")
    void unsaved() {
        set("user-key-rate-limit", "77");
        for (Runnable way : List.<Runnable>of(
                () -> page.link("People").click(),
                () -> CHROME.driver().findElement(By.id("nav-item-clients")).click(),
                () -> CHROME.driver().navigate().back())) {
            way.run();
            page.awaitText("Leave without saving?");
            page.button("Cancel").click();
            CHROME.await("no question", () -> !CHROME.text().contains("Leave without saving?"));
            assertThat(CHROME.driver().getCurrentUrl()).isEqualTo(page.url("identities/settings"));
            assertThat(value("user-key-rate-limit")).isEqualTo("77");
        }

        CHROME.driver().findElement(By.id("nav-item-clients")).click();
        page.button("Leave").click();
        CHROME.await("Keycloak's own page", () -> CHROME.driver()
                .findElement(By.cssSelector("#kc-main-content-page-container h1"))
                .getText()
                .equals("Clients"));
        CHROME.driver().navigate().back();
        CHROME.await("the settings", () -> value("user-key-rate-limit").isEmpty());
        set("user-key-rate-limit", "78");
        CHROME.driver().navigate().back();
        page.button("Leave").click();
        CHROME.await("the page before", () -> CHROME.driver().getCurrentUrl().equals(page.url("identities/users")));
        page.awaitRow(ConsolePage.USERS, "dana");
        assertThat(attributes().path("identities.user-key-rate-limit").asText(""))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "a help desk's client may query once it is switched on here, by the key that is set here; then no more")
    void clients() {
        assertThat(query("dana").status()).isEqualTo(403);
        page.type(page.field("Client ID"), "help");
        CHROME.await("one client", () -> page.rows(CLIENTS).size() == 1);

        toggle("Session Management API: help-desk", true);
        assertThat(query("dana").body()).contains(Places.BERLIN);
        toggle("Session Revocation API: help-desk", true);
        JsonNode stored = client().get("attributes");
        assertThat(stored.get("identities.session-revocation-api").asText()).isEqualTo("true");
        assertThat(stored.get("post.logout.redirect.uris").asText()).isEqualTo("+");

        WebElement key =
                CHROME.driver().findElement(By.cssSelector("input[aria-label='User key attribute: help-desk']"));
        key.sendKeys("email", Keys.ENTER);
        CHROME.await("stored", () -> client().at("/attributes/identities.user-key-attribute")
                .asText()
                .equals("email"));
        assertThat(query("dana@settings.example").body()).contains(Places.BERLIN);
        assertThat(query("dana").body()).contains("\"sessions\":[]");

        toggle("Session Management API: help-desk", false);
        assertThat(query("dana@settings.example").status()).isEqualTo(403);
    }

    @Test
    @DisplayName("an identity provider that is switched on here may revoke, and keeps its other settings; then no more")
    void identityProviders() {
        String label = "May revoke: Sign in with settings-partner";
        JsonNode before = provider().get("config");
        assertThat(before.has("identities.global-token-revocation")).isFalse();
        assertThat(discovery()).doesNotContain("global_token_revocation_endpoint");

        toggle(label, true);
        ObjectNode on = provider().withObjectProperty("config");
        assertThat(on.remove("identities.global-token-revocation").asText()).isEqualTo("true");
        assertThat(on).isEqualTo(before);
        assertThat(discovery()).contains("\"global_token_revocation_endpoint\":\"");
        open();
        CHROME.await(
                "the switch is on after a reload",
                () -> CHROME.driver().findElement(switchOf(label)).isSelected());

        toggle(label, false);
        assertThat(provider().at("/config/identities.global-token-revocation").asText())
                .isEqualTo("false");
        assertThat(discovery()).doesNotContain("global_token_revocation_endpoint");
    }

    private static ObjectNode provider() {
        return (ObjectNode) realm.admin().get(realm.path("/identity-provider/instances/partner"));
    }

    private static String discovery() {
        return Http.at(Testbed.server().url(), "settings", "/.well-known")
                .get("/openid-configuration")
                .body();
    }

    private static JsonNode client() {
        return realm.admin().get(realm.path("/clients?clientId=help-desk")).get(0);
    }

    private static By switchOf(String label) {
        return By.cssSelector("input[aria-label='" + label + "']");
    }

    private static void toggle(String label, boolean on) {
        By toggle = switchOf(label);
        CHROME.await("usable", () -> CHROME.driver().findElement(toggle).isEnabled());
        CHROME.driver().findElement(toggle).sendKeys(Keys.SPACE);
        CHROME.await("stored", () -> {
            WebElement now = CHROME.driver().findElement(toggle);
            return now.isEnabled() && now.isSelected() == on;
        });
    }

    /** A help desk's question for somebody's sessions. */
    private static Http.Answer query(String userKey) {
        return Http.ping(Testbed.server().url(), "settings", helpDesk.clientId(), helpDesk.secret())
                .get("/users/" + userKey);
    }

    @Test
    @DisplayName("a client that cannot call the APIs cannot be switched on")
    void unfit() {
        assertThat(page.awaitRow(CLIENTS, "admin-cli").get("Client"))
                .contains("A public client cannot call these APIs.");
        assertThat(CHROME.driver()
                        .findElement(switchOf("Session Management API: admin-cli"))
                        .isEnabled())
                .isFalse();
    }
}
