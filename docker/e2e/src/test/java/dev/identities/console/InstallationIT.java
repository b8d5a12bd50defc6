package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.FreePort;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/**
 * The two jars in a server as it runs in production, with all caches: the console on another host than the sign-in, both
 * under a path. Nothing is configured, and nothing stays when they are taken out.
 */
@TestMethodOrder(OrderAnnotation.class)
class InstallationIT {

    @RegisterExtension
    private static final Chrome CHROME = Chrome.start("en", "--host-resolver-rules=MAP *.example.test 127.0.0.1");

    @TempDir
    private static Path folder;

    private static int port;
    private static KeycloakServer server;
    private static Realm acme;

    @BeforeAll
    static void install() {
        port = FreePort.any();
        server = start(Options.of(Testbed.providerJar(), Testbed.themeJar(), ThemesJar.in(folder)), false);
        acme = realm("acme");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void overPlainHttp() {
        // Said by a page of Keycloak's own, where its address is not https.
        CHROME.expectComplaint("requestStorageAccess: May not be used in an insecure context");
    }

    @AfterEach
    void signOut() {
        CHROME.forgetEverything();
    }

    private static KeycloakServer start(Options options, boolean keepData) {
        Options production = options.inProduction()
                .withArguments(
                        "--hostname=http://login.example.test:" + port + "/auth",
                        "--hostname-admin=http://admin.example.test:" + port + "/auth",
                        "--http-relative-path=/auth",
                        "--http-management-relative-path=/");
        return Testbed.startAt(port, "installation", production, keepData);
    }

    private static Realm realm(String name) {
        URI behind = URI.create("http://localhost:" + port + "/auth");
        Realm realm = Realm.create(new AdminClient(behind, "master", Options.ADMINISTRATOR), name, Map.of());
        App wiki = realm.client("wiki");
        realm.user("dana", "dana-password");
        new Backend(wiki).directGrant(new Credentials("dana", "dana-password"));
        realm.administrator("chief", "realm-admin");
        return realm;
    }

    private static ConsolePage console(String realm) {
        return ConsolePage.of(CHROME, URI.create("http://admin.example.test:" + port + "/auth"), realm);
    }

    @Test
    @Order(1)
    @DisplayName("every realm has the page, one that is made later too; the sign-in is on another host")
    void everyRealm() {
        realm("later");
        for (String realm : new String[] {"acme", "later"}) {
            ConsolePage page =
                    console(realm).signIn("chief", "chief", "clients").open();
            page.awaitRow(ConsolePage.USERS, "dana");
            assertThat(CHROME.driver().getCurrentUrl())
                    .startsWith("http://admin.example.test:" + port + "/auth/admin/");
            page.link("dana Tester").click();
            page.awaitTitle("dana Tester");
            page.button("Revoke all sessions").click();
            page.button("Revoke").click();
            page.awaitText("All done");
            CHROME.expectComplaint("404");
            page.button("Close").click();
            page.awaitText("Not signed in");
            CHROME.forgetEverything();
        }
        Credentials admin = Options.ADMINISTRATOR;
        console("master").signIn(admin.username(), admin.password(), "clients").open();
        assertThat(acme.admin().get("/master").path("adminTheme").asText("")).isEmpty();
        assertThat(acme.admin().get("/acme").path("adminTheme").asText("")).isEmpty();
    }

    @ParameterizedTest(name = "{0}: entry {1}, brand {2}")
    @Order(2)
    @CsvSource({
        "keycloak.v2, true, none",
        "identities, true, none",
        "not-there, false, none",
        "plain, false, plain",
        "branded, true, branded",
    })
    @DisplayName("an own admin theme of a realm stays as it is, and has the page too where it names ours as its parent")
    void themes(String adminTheme, boolean entry, String brand) {
        acme.update(Map.of("adminTheme", adminTheme));
        ConsolePage page = console("acme").signIn("chief", "chief", "clients");
        CHROME.await(
                "the menu",
                () -> CHROME.driver().findElement(By.id("nav-item-clients")).isDisplayed());
        assertThat(CHROME.driver().executeScript("return document.documentElement.dataset.brand ?? 'none'"))
                .isEqualTo(brand);
        if (entry) {
            page.open();
        } else {
            assertThat(CHROME.driver().findElements(By.cssSelector("script[src*=identities]")))
                    .isEmpty();
            assertThat(page.hasEntry()).isFalse();
        }
        acme.update(Map.of("adminTheme", ""));
        assertThat(acme.admin().get("/acme").path("adminTheme").asText()).isEmpty();
    }

    @Test
    @Order(3)
    @DisplayName("without the jars the console is the stock one, and the realm is as if they had never been there")
    void removal() {
        server.close();
        server = start(Options.of(), true);
        ConsolePage page = console("acme").signIn("chief", "chief", "clients");
        CHROME.await(
                "the menu",
                () -> CHROME.driver().findElement(By.id("nav-item-sessions")).isDisplayed());
        assertThat(CHROME.driver().findElements(By.cssSelector("script[src*=identities]")))
                .isEmpty();
        assertThat(page.hasEntry()).isFalse();
        assertThat(server.log()).doesNotContain("dev.identities", "ERROR");
    }
}
