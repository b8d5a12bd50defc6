package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page with hostile texts, without a mouse, and while the server is in trouble. */
class StatesIT {

    private static final String SCRIPT = "<script>window.owned = true</script>";
    private static final String IMAGE = "<img src=x onerror='window.owned = true'>";
    private static final String REVERSED = "\u202egnp.exe";

    /** The same as the page shows it. */
    private static final String UNDIRECTED = "gnp.exe";

    private static final String LONG = "Maximiliana".repeat(20);

    @RegisterExtension
    private static final Chrome CHROME = Chrome.start("en");

    private static Realm realm;
    private static App evil;
    private static ConsolePage page;

    @BeforeAll
    static void hostilePeopleAreSignedIn() {
        realm = Testbed.realm("states");
        withoutNameRules();
        evil = realm.client("evil", Map.of("name", IMAGE + REVERSED));
        hostile("mallory", SCRIPT, REVERSED, SCRIPT);
        hostile("max", LONG, LONG, "A".repeat(500));
        realm.administrator("chief", "realm-admin");
        page = ConsolePage.of(CHROME, Testbed.server().url(), "states").signIn("chief", "chief", "clients");
    }

    /** Realms may allow any characters in names, and user stores may hold them. */
    private static void withoutNameRules() {
        ObjectNode profile = (ObjectNode) realm.admin().get(realm.path("/users/profile"));
        for (JsonNode attribute : profile.get("attributes")) {
            ((ObjectNode) attribute).remove("validations");
        }
        realm.admin().put(realm.path("/users/profile"), profile);
    }

    private static void hostile(String username, String firstName, String lastName, String userAgent) {
        realm.user(username, "password", Map.of("firstName", firstName, "lastName", lastName), Map.of());
        new Browser(userAgent, Places.BERLIN).signIn(evil, SignIn.as(username, "password"));
    }

    @Test
    @DisplayName("markup and endless names are text in every view, nothing runs, and no mark turns a text round")
    void hostileTexts() {
        page.load("clients").open();
        assertThat(page.awaitRow(ConsolePage.USERS, "mallory").get("User")).contains(SCRIPT + " " + UNDIRECTED);
        assertHarmless("hostile-list");
        page.button("Revoke all sessions of " + SCRIPT + " " + UNDIRECTED).click();
        CHROME.await("the application", () -> page.dialog().getText().contains(IMAGE));
        assertHarmless("hostile-dialog");
        page.button("Cancel").click();

        for (String username : List.of("mallory", "max")) {
            page.load("identities/users/usr_" + realm.userId(username));
            page.awaitRow(ConsolePage.SESSIONS, "Berlin");
            assertThat(page.rows(ConsolePage.APPLICATIONS)).hasSize(1);
            assertThat(page.awaitRow(ConsolePage.APPLICATIONS, "evil").get("Application"))
                    .contains(IMAGE);
            assertHarmless("hostile-user-" + username);
            CHROME.pointNowhere();
            CHROME.driver()
                    .findElement(By.cssSelector("td[data-label=Device] a"))
                    .click();
            page.awaitText("User agent");
            assertThat(page.fact("User agent")).isEqualTo(username.equals("max") ? "A".repeat(500) : SCRIPT);
            assertHarmless("hostile-session-" + username);
        }
    }

    private static void assertHarmless(String picture) {
        CHROME.screenshot(picture);
        assertThat(CHROME.driver().executeScript("return window.owned === undefined"))
                .isEqualTo(true);
        assertThat(CHROME.text()).doesNotContain("\u202e");
        assertThat(CHROME.driver()
                        .findElements(By.cssSelector(
                                "kc-identities script, kc-identities img, [role=dialog] img, [role=dialog] script")))
                .isEmpty();
        assertThat(page.beyondEdge(ConsolePage.MAIN))
                .as("pixels beyond the edge")
                .isZero();
    }

    @Test
    @DisplayName("without a mouse: from the menu to a person who is signed out")
    void keyboard() {
        realm.user("vic", "password", Map.of("firstName", "Vic", "lastName", "Tim"), Map.of());
        Tokens tokens = new Browser(Browser.DESKTOP, Places.TOKYO).signIn(evil, SignIn.as("vic", "password"));
        page.load("clients").entry();

        tabTo("Identities").sendKeys(Keys.ENTER);
        page.awaitRow(ConsolePage.USERS, "Vic Tim");
        tabTo("Vic Tim").sendKeys(Keys.ENTER);
        page.awaitTitle("Vic Tim");
        page.awaitRow(ConsolePage.SESSIONS, "Tokyo");
        assertThat(CHROME.driver().switchTo().activeElement().getText()).isEqualTo("Vic Tim");
        tabTo("Revoke session Chrome on Windows, " + Places.TOKYO).sendKeys(Keys.ENTER);
        page.dialog();
        WebElement revoke = tabTo("Revoke");
        assertThat(revoke.findElements(By.xpath("./ancestor::*[@role='dialog']")))
                .hasSize(1);
        revoke.sendKeys(Keys.ENTER);
        page.awaitText("All done");
        CHROME.expectComplaint("404");
        tabTo("Close").sendKeys(Keys.SPACE);
        page.awaitText("Not signed in");

        assertThat(new Backend(evil).access(tokens).lost()).isTrue();
        // Not lost: the next Tab goes on from the page, not from the top of the console.
        assertThat(CHROME.driver().switchTo().activeElement().findElements(By.xpath("./ancestor::kc-identities")))
                .hasSize(1);
    }

    /** Goes on by the Tab key until something of this name has the focus. */
    private static WebElement tabTo(String name) {
        for (int i = 0; i < 80; i++) {
            WebElement focused = CHROME.driver().switchTo().activeElement();
            if (focused.getTagName().matches("a|button")
                    && focused.getAccessibleName().equals(name)) {
                return focused;
            }
            focused.sendKeys(Keys.TAB);
        }
        throw new AssertionError("The Tab key does not lead to " + name);
    }

    @Test
    @DisplayName("a server that cannot be reached is said to be so, and can be asked again")
    void unreachable() {
        CHROME.block("*/identities/users*");
        CHROME.expectComplaint("ERR_BLOCKED_BY_CLIENT");
        page.load("clients").entry().click();
        page.awaitText("The server does not answer.");
        CHROME.screenshot("unreachable");
        Accessibility.check(CHROME, "kc-identities");

        CHROME.block();
        page.button("Try again").click();

        page.awaitRow(ConsolePage.USERS, "mallory");
    }

    @Test
    @DisplayName("while the server fails, the last answer stays, and is said to be old")
    void stale() {
        page.load("clients").open();
        answerWith(503);
        page.awaitText("Could not be refreshed; this is from before");
        assertThat(page.awaitRow(ConsolePage.USERS, "mallory")).isNotEmpty();
        CHROME.screenshot("stale");
        answerWith(0);
        CHROME.await("fresh again", () -> !CHROME.text().contains("this is from before"));
    }

    /** From now on the page's API answers with this status; 0: as it does. */
    private static void answerWith(int status) {
        CHROME.driver().executeScript("""
                        window.asItIs ??= window.fetch;
                        const status = arguments[0];
                        window.fetch = (url, how) => status && String(url).includes("/identities/")
                          ? Promise.resolve(new Response("{}", { status }))
                          : window.asItIs(url, how);
                        """, status);
    }

    @Test
    @DisplayName("when the administrator's session has ended, the page asks to sign in again")
    void signedOut() {
        Chrome another = Chrome.start("en");
        try {
            realm.administrator("leaver", "realm-admin");
            ConsolePage own = ConsolePage.of(another, Testbed.server().url(), "states")
                    .signIn("leaver", "leaver", "identities/users");
            own.awaitRow(ConsolePage.USERS, "mallory");
            realm.admin().send("POST", realm.path("/users/" + realm.userId("leaver") + "/logout"), null);
            another.await("a way to sign in", () -> another.text().contains("Sign in"));
        } finally {
            another.close();
        }
    }
}
