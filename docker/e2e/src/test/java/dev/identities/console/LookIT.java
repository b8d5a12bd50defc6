package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** How the page looks, in both modes and in several languages, and to those who do not see it. */
class LookIT {

    /** Not what a test would look like: the pictures are for people. */
    private static final String LINUX =
            "--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

    /** Every session here. To the page it is one filter among others. */
    private static final String SESSIONS = "identities/sessions?filter=!obj.remember_me";

    @RegisterExtension
    private static final Chrome ENGLISH = Chrome.start("en", LINUX);

    @RegisterExtension
    private static final Chrome GERMAN = Chrome.start("de", LINUX);

    private static Realm realm;
    private static ConsolePage page;
    private static ConsolePage german;
    private static String dana;

    @BeforeAll
    static void peopleAreSignedIn() {
        Realm partner = Testbed.realm("look-partner");
        partner.user("gita", "gita-password", Map.of("firstName", "Gita", "lastName", "Rao"), Map.of());
        realm = Testbed.realm("look");
        realm.update(Map.of(
                "displayName",
                "Acme",
                "internationalizationEnabled",
                true,
                "supportedLocales",
                List.of("en", "de"),
                "defaultLocale",
                "en"));
        realm.identityProvider("globex", partner, Map.of());
        String globex = realm.path("/identity-provider/instances/globex");
        realm.admin().put(globex, ((ObjectNode) realm.admin().get(globex)).put("displayName", "Globex"));
        App wiki = realm.client("wiki", Map.of("name", "Wiki"));
        App mail = realm.client("mail", Map.of("name", "Mail"));
        dana = person("dana", "Dana", "Miller");
        person("erik", "Erik", "Olsen");
        Browser danas = new Browser(Browser.DESKTOP, Places.BERLIN);
        danas.signIn(wiki, SignIn.as("dana", "dana-password"));
        assertThat(danas.visit(mail)).isPresent();
        new Browser(Browser.PHONE, Places.TOKYO).signIn(mail, SignIn.as("dana", "dana-password"));
        new Browser(Browser.PHONE, Places.NORWAY).signIn(mail, SignIn.as("erik", "erik-password"));
        new Browser(Browser.DESKTOP, Places.TOKYO)
                .signIn(wiki, SignIn.as("gita", "gita-password").through("globex"));
        realm.grantManagement(person("ada", "Ada", "Admin"), "realm-admin");
        realm.grantManagement(person("jonas", "Jonas", "Weber"), "realm-admin");
        page = ConsolePage.of(ENGLISH, Testbed.server().url(), "look").signIn("ada", "ada-password", "clients");
        german = ConsolePage.of(GERMAN, Testbed.server().url(), "look").signIn("jonas", "jonas-password", "clients");
    }

    private static String person(String username, String firstName, String lastName) {
        return realm.user(
                username, username + "-password", Map.of("firstName", firstName, "lastName", lastName), Map.of());
    }

    @ParameterizedTest(name = "dark: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("no view violates a rule of axe, in neither mode")
    void accessible(boolean dark) {
        String mode = dark ? "dark" : "light";
        ENGLISH.prefersDark(dark);
        page.load("clients").open();
        page.awaitRow(ConsolePage.USERS, "Dana Miller");
        assertThat(ENGLISH.driver()
                        .executeScript("return document.documentElement.classList.contains('pf-v5-theme-dark')"))
                .isEqualTo(dark);
        checked("list-" + mode, "kc-identities");

        page.button("Revoke all sessions of Dana Miller").click();
        ENGLISH.await("all sessions", () -> page.dialog().getText().contains("Berlin"));
        checked("dialog-" + mode, "[role=dialog]");
        page.button("Cancel").click();
        page.awaitNoDialog();

        page.link("Dana Miller").click();
        page.awaitTitle("Dana Miller");
        page.map();
        checked("user-" + mode, "kc-identities");

        ENGLISH.pointNowhere();
        page.link("Chrome on Windows").click();
        page.awaitTitle("Chrome on Windows");
        page.map();
        checked("session-" + mode, "kc-identities");
        ENGLISH.driver()
                .executeScript(
                        "arguments[0].scrollIntoView()",
                        ENGLISH.driver().findElement(By.cssSelector(".identities-map")));
        ENGLISH.screenshot("map-" + mode);

        page.load(SESSIONS).awaitRow(ConsolePage.SESSIONS, "Dana Miller");
        page.unfold("More filters");
        page.unfold("Filter expression");
        checked("sessions-" + mode, "kc-identities");
        askToRevokeAll();
        checked("revoke-all-" + mode, "[role=dialog]");
        page.button("Cancel").click();
        page.awaitNoDialog();

        page.open("identities/settings", "Identities");
        page.awaitText("Settings of the realm");
        page.awaitRow("Clients that may use the help desk APIs", "wiki");
        checked("settings-" + mode, "kc-identities");

        page.load("identities/users?search=nobody").awaitText("Nobody who is signed in matches");
        checked("empty-" + mode, "kc-identities");
    }

    private static void askToRevokeAll() {
        page.button("Revoke all that match").click();
        page.awaitText("Own accounts");
    }

    private static void checked(String name, String part) {
        ENGLISH.screenshot(name);
        Accessibility.check(ENGLISH, part);
    }

    @Test
    @DisplayName("400 pixels are enough for the sessions, their filters, and the question before all that match end")
    void narrow() {
        ENGLISH.width(400);
        try {
            page.load(SESSIONS).awaitRow(ConsolePage.SESSIONS, "Dana Miller");
            page.unfold("More filters");
            page.unfold("Filter expression");
            assertThat(page.beyondEdge(ConsolePage.MAIN)).isZero();
            checked("sessions-400", "kc-identities");
            askToRevokeAll();
            assertThat(page.beyondEdge("[role=dialog]")).isZero();
            assertThat(page.beyondEdge("[role=dialog] .pf-v5-c-modal-box__body"))
                    .isZero();
            checked("revoke-all-400", "[role=dialog]");
            page.button("Cancel").click();
            page.awaitNoDialog();
        } finally {
            ENGLISH.width(Chrome.USUAL_WIDTH);
        }
    }

    @Test
    @DisplayName("dark mode is dark, and follows a change while the page is open")
    void dark() {
        ENGLISH.prefersDark(false);
        page.load("clients").open();
        int light = brightness();
        ENGLISH.prefersDark(true);
        ENGLISH.await("dark", () -> brightness() < 100);
        assertThat(light).isGreaterThan(200);
        ENGLISH.prefersDark(false);
    }

    /** Of the section behind the table, from 0 to 255. */
    private static int brightness() {
        Object value = ENGLISH.driver().executeScript("""
                        const section = document.querySelector("kc-identities section:last-of-type");
                        const colours = getComputedStyle(section).backgroundColor.match(/\\d+/g).slice(0, 3);
                        return Math.round(colours.map(Number).reduce((sum, part) => sum + part) / 3);
                        """);
        return ((Number) value).intValue();
    }

    @Test
    @DisplayName("with German as language all texts are German")
    void german() {
        german.load("clients");
        // The entry is there before its text in the administrator's language has been fetched.
        GERMAN.await("the entry in German", () -> german.entry().getText().equals("Identitäten"));
        german.entry().click();
        german.awaitTitle("Identitäten");
        Map<String, String> row = german.awaitRow("Angemeldet", "Dana Miller");
        assertThat(row).containsEntry("Sitzungen", "2").containsKeys("Benutzer", "Anwendungen", "Zuletzt aktiv");
        assertThat(row.get("Zuletzt aktiv")).matches("vor \\d+ (Sekunde|Minute)n?|jetzt");
        GERMAN.screenshot("list-german");
        german.link("Dana Miller").click();
        german.awaitTitle("Dana Miller");
        german.awaitRow("Sitzungen", "Berlin, Deutschland");
        german.button("Alle Sitzungen beenden").click();
        assertThat(german.dialog().getText()).contains("Zugriff beenden?", "Was endet", "Abbrechen");
        GERMAN.screenshot("dialog-german");
        Accessibility.check(GERMAN, "[role=dialog]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 1200, 1024})
    @DisplayName("a trash can does not cover other parts of its row, in either language")
    void nothingCovered(int width) {
        for (ConsolePage shown : List.of(page, german)) {
            Chrome chrome = shown == page ? ENGLISH : GERMAN;
            chrome.width(width);
            try {
                shown.load("identities/users");
                chrome.await("the people", () -> chrome.driver().getPageSource().contains("Dana Miller"));
                chrome.screenshot("list-" + width + (shown == page ? "" : "-german"));
                assertThat(covered(chrome)).isEmpty();
                shown.load("identities/users/usr_" + dana);
                chrome.await(
                        "the sessions", () -> chrome.driver().getPageSource().contains("192.0.2.10"));
                assertThat(covered(chrome)).isEmpty();
            } finally {
                chrome.width(Chrome.USUAL_WIDTH);
            }
        }
    }

    /** Texts of rows that reach into the cell with the trash can, or out of the table. */
    private static List<?> covered(Chrome chrome) {
        return (List<?>) chrome.driver().executeScript("""
                return [...document.querySelectorAll("kc-identities tbody tr")].flatMap((row) => {
                    const can = row.querySelector(".pf-v5-c-table__action");
                    if (!can) { return []; }
                    const end = can.getBoundingClientRect().left;
                    return [...row.querySelectorAll("time, .identities-text")]
                        .filter((text) => text.getBoundingClientRect().right > end + 1)
                        .map((text) => text.textContent);
                });
                """);
    }

    @Test
    @DisplayName("no text of a view is the key of a missing message")
    void noKeys() {
        for (String route :
                List.of("identities/users", SESSIONS, "identities/users/usr_" + dana, "identities/settings")) {
            german.load(route);
            GERMAN.await("loaded", () -> GERMAN.driver()
                    .findElement(By.cssSelector("kc-identities table tbody tr"))
                    .isDisplayed());
            assertThat(GERMAN.text()).doesNotContain("identities.");
        }
    }

    @Test
    @DisplayName("a realm's own texts stand in place of ours")
    void ownTexts() {
        realm.admin().post(realm.path("/localization/de"), Map.of("identities.search", "Wer soll gefunden werden?"));
        german.open("identities/users", "Identitäten");
        assertThat(german.field("Wer soll gefunden werden?").isDisplayed()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"users, Dana Miller", "settings, Settings of the realm"})
    @DisplayName("from right to left the page is mirrored, with nothing beyond its edges")
    void rightToLeft(String route, String text) {
        page.load("identities/" + route).awaitText(text);
        ENGLISH.driver().executeScript("document.documentElement.dir = 'rtl'");
        assertThat(
                        ENGLISH.driver()
                                .executeScript(
                                        "return document.querySelector('kc-identities h1').getBoundingClientRect().right > innerWidth / 2"))
                .isEqualTo(true);
        assertThat(page.beyondEdge(ConsolePage.MAIN)).isZero();
        ENGLISH.screenshot("right-to-left-" + route);
        Accessibility.check(ENGLISH, "kc-identities");
    }
}
