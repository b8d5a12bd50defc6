package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.Http;
import dev.identities.e2e.Script;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;

/** What an administrator of a realm sees on the page, and how it is found. */
class IdentitiesPageIT {

    private static final String EXPRESSION = "Filter expression";

    /** No condition that the page offers. */
    private static final String FROM_GITAS_NETWORK = "obj.browser_session.ip_address.startsWith(\"198.51.100.\")";

    @RegisterExtension
    private static final Chrome CHROME = Chrome.start("en");

    private static ConsolePage page;
    private static String dana;
    private static App mail;
    private static final Map<String, Tokens> TOKENS = new HashMap<>();

    @BeforeAll
    static void peopleAreSignedIn() {
        Realm partner = Testbed.realm("page-partner");
        partner.user("gita", "gita-password", Map.of("firstName", "Gita", "lastName", "Rao"), Map.of());
        Realm realm = Testbed.realm("page");
        realm.identityProvider("partner", partner, Map.of());
        App wiki = realm.client("wiki", Map.of("name", "Team Wiki"));
        mail = realm.client("mail", Map.of("name", "Webmail"));
        dana = person(realm, "dana", "Dana", "Miller");
        person(realm, "erik", "Erik", "Olsen");
        Browser danas = new Browser(Browser.DESKTOP, Places.BERLIN);
        danas.signIn(wiki, SignIn.as("dana", "dana-password"));
        assertThat(danas.visit(mail)).isPresent();
        new Browser(Browser.PHONE, Places.TOKYO).signIn(wiki, SignIn.as("dana", "dana-password"));
        TOKENS.put(
                "Erik Olsen",
                new Browser(Browser.PHONE, Places.NORWAY).signIn(mail, SignIn.as("erik", "erik-password")));
        TOKENS.put(
                "Gita Rao",
                new Browser(Browser.DESKTOP, "198.51.100.9")
                        .signIn(mail, SignIn.as("gita", "gita-password").through("partner")));
        realm.administrator("chief", "realm-admin");
        page = ConsolePage.of(CHROME, Testbed.server().url(), "page").signIn("chief", "chief", "clients");
    }

    private static String person(Realm realm, String username, String firstName, String lastName) {
        return realm.user(
                username, username + "-password", Map.of("firstName", firstName, "lastName", lastName), Map.of());
    }

    @Test
    @DisplayName("the menu has an entry beside Sessions that leads to everyone who is signed in")
    void table() {
        page.load("clients");
        assertThat(page.entry().getText()).isEqualTo("Identities");
        assertThat(page.entry()
                        .findElement(By.xpath("./ancestor::li/preceding-sibling::li[1]"))
                        .getText())
                .isEqualTo("Sessions");

        page.open();

        assertThat(CHROME.driver().getCurrentUrl()).isEqualTo(page.url("identities/users"));
        assertThat(page.entry().getAttribute("aria-current")).isEqualTo("page");
        page.awaitTitle("Identities");
        Map<String, String> row = page.awaitRow(ConsolePage.USERS, "Dana Miller");
        // Between the names stand the marks of what is unusual.
        assertThat(row.get("User")).startsWith("Dana Miller\n").endsWith("dana dana@page.example");
        assertThat(row).containsEntry("Identity provider", "page").containsEntry("Sessions", "2");
        assertThat(row.get("Place and device"))
                .isIn("Tokyo, Japan\nMobile Safari on iOS", "Berlin, Germany\nChrome on Windows");
        assertThat(row.get("Applications").lines()).containsExactlyInAnyOrder("Team Wiki", "Webmail");
        assertThat(row.get("Last login")).matches("\\d+ (second|minute)s? ago|now");
        assertThat(row.get("Last active")).matches("\\d+ (second|minute)s? ago|now");
        assertThat(page.awaitRow(ConsolePage.USERS, "Gita Rao"))
                .containsEntry("Identity provider", "Sign in with page-partner")
                .containsEntry("Place and device", "Unknown\nChrome on Windows");
        assertThat(page.awaitRow(ConsolePage.USERS, "Erik Olsen")).containsEntry("Sessions", "1");
        assertThat(page.awaitRow(ConsolePage.USERS, "chief Tester").get("User")).contains("You");
        String exact = CHROME.driver()
                .findElement(By.cssSelector("td[data-label='Last active'] time"))
                .getAttribute("title");
        assertThat(exact).matches("\\w+ \\d+, 20\\d\\d,? (at )?\\d+:\\d\\d:\\d\\d.*");
    }

    @Test
    @DisplayName("the person active last comes first, and a person who becomes active moves up on the page")
    void live() {
        page.load("clients").open();
        String lower = isAbove("Gita Rao", "Erik Olsen") ? "Erik Olsen" : "Gita Rao";
        String upper = lower.equals("Erik Olsen") ? "Gita Rao" : "Erik Olsen";
        assertThat(page.button("Live").isDisplayed()).isTrue();

        new Backend(mail).refreshed(TOKENS.get(lower));

        CHROME.await(lower + " further up", () -> isAbove(lower, upper));
        page.button("Live").click();
        assertThat(page.button("Paused").getAttribute("title")).contains("Click to resume");
    }

    @Test
    @DisplayName("a mark of a signal says what it means, and why, to the pointer and to the keyboard")
    void signals() {
        page.load("clients").open();
        page.awaitRow(ConsolePage.USERS, "Impossible travel");

        new Actions(CHROME.driver()).moveToElement(travel()).perform();
        awaitExplanation();
        CHROME.pointNowhere();

        page.link("Dana Miller").sendKeys(Keys.TAB);
        CHROME.await(
                "the focus", () -> CHROME.driver().switchTo().activeElement().equals(travel()));
        awaitExplanation();
        CHROME.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        CHROME.await("closed by Escape", () -> CHROME.driver()
                .findElements(By.cssSelector("[role=tooltip]"))
                .isEmpty());
    }

    private static WebElement travel() {
        return CHROME.driver()
                .findElement(By.xpath("//kc-identities//*[contains(@class, 'identities-signal')]"
                        + "[normalize-space(.)='Impossible travel']"));
    }

    /** By the reference of the mark to its tooltip, which is what a screen reader follows. */
    private static void awaitExplanation() {
        String text = CHROME.await("an explanation", () -> {
            String id = travel().getAttribute("aria-describedby");
            WebElement tooltip = CHROME.driver().findElement(By.cssSelector("[role=tooltip][id='" + id + "']"));
            return tooltip.isDisplayed() ? tooltip.getText() : null;
        });
        assertThat(text).startsWith("Nobody travels so fast").containsPattern("8,8\\d\\d kilometers · ");
    }

    @Test
    @DisplayName("a refresh that brings nothing new is a few bytes, and the list itself is sent compressed")
    void cheap() {
        page.load("clients").open();
        CHROME.await("a refresh without a body", () -> CHROME.driver().executeScript("""
                        return performance.getEntriesByType("resource")
                          .filter((entry) => entry.name.includes("/identities/users?")).slice(1)
                          .some((entry) => entry.transferSize > 0 && entry.transferSize < 1000) || null;
                        """));
        assertThat(CHROME.driver().executeScript("""
                        const [first] = performance.getEntriesByType("resource")
                          .filter((entry) => entry.name.includes("/identities/users?"));
                        return first.encodedBodySize > 0 && first.encodedBodySize * 2 < first.decodedBodySize;
                        """)).isEqualTo(true);
    }

    private static boolean isAbove(String first, String second) {
        List<String> people = page.column(ConsolePage.USERS, "User");
        return people.contains(first) && people.indexOf(first) < people.indexOf(second);
    }

    @Test
    @DisplayName("the list can be put in a fixed order, and back")
    void order() {
        page.load("clients").open();
        page.button("Last active").click();
        CHROME.await(
                "order in the address", () -> CHROME.driver().getCurrentUrl().endsWith("?order=id"));
        page.awaitRow(ConsolePage.USERS, "Dana");
        By sorted = By.cssSelector("th[aria-sort=descending]");
        CHROME.await("fixed order", () -> CHROME.driver().findElements(sorted).isEmpty());
        page.button("Last active").click();
        CHROME.await(
                "no order in the address", () -> CHROME.driver().getCurrentUrl().endsWith("/users"));
        assertThat(CHROME.await("latest first", () -> CHROME.driver().findElement(sorted))
                        .getText())
                .isEqualTo("Last active");
    }

    @Test
    @DisplayName("people are found by name, username, email and id; the address keeps the search")
    void search() {
        page.load("clients").open();
        for (String text : new String[] {"mill", "dana", "DANA@page.example", dana, "usr_" + dana}) {
            page.type(page.field("Name, username, email or ID"), text);
            CHROME.await("found by " + text, () -> page.column(ConsolePage.USERS, "User")
                    .equals(List.of("Dana Miller")));
            String encoded = text.replace("@", "%40");
            assertThat(CHROME.driver().getCurrentUrl()).endsWith("/users?search=" + encoded);
            page.type(page.field("Name, username, email or ID"), "");
            page.awaitRow(ConsolePage.USERS, "Erik Olsen");
        }

        page.type(page.field("Name, username, email or ID"), "mill");
        page.awaitColumn(ConsolePage.USERS, "User", "Dana Miller");
        CHROME.driver().navigate().refresh();
        page.awaitColumn(ConsolePage.USERS, "User", "Dana Miller");
        assertThat(page.field("Name, username, email or ID").getAttribute("value"))
                .isEqualTo("mill");
        page.link("Dana Miller").click();
        page.awaitTitle("Dana Miller");
        page.link("Identities").click();
        page.awaitColumn(ConsolePage.USERS, "User", "Dana Miller");
        assertThat(CHROME.driver().getCurrentUrl()).endsWith("/users?search=mill");

        page.type(page.field("Name, username, email or ID"), "nobody has this name");
        page.awaitText("Nobody who is signed in matches");
    }

    @Test
    @DisplayName("people are found by their identity provider; the address keeps that too")
    void identityProvider() {
        page.load("clients").open();
        new Select(page.field("Identity provider")).selectByVisibleText("Sign in with page-partner");
        page.awaitColumn(ConsolePage.USERS, "User", "Gita Rao");
        assertThat(CHROME.driver().getCurrentUrl()).endsWith("/users?identity_provider=partner");
        CHROME.driver().navigate().refresh();
        page.awaitColumn(ConsolePage.USERS, "User", "Gita Rao");
        new Select(page.field("Identity provider")).selectByVisibleText("All identity providers");
        page.awaitRow(ConsolePage.USERS, "Dana Miller");
    }

    @Test
    @DisplayName("a choice becomes an expression; one written by hand takes its place, and is in the page's address")
    void filterExpression() {
        page.load("identities/sessions").awaitRow(ConsolePage.SESSIONS, "Erik Olsen");
        page.unfold("More filters");
        new Select(page.field("Country")).selectByVisibleText("Germany");
        page.awaitColumn(ConsolePage.SESSIONS, "User", "Dana Miller");
        assertThat(page.button("Remove Country: Germany").isDisplayed()).isTrue();
        page.unfold(EXPRESSION);
        assertThat(page.field(EXPRESSION).getAttribute("value"))
                .isEqualTo("obj.browser_session.location.country_code == \"DE\"");

        page.type(page.field(EXPRESSION), FROM_GITAS_NETWORK);
        page.button("Apply").click();

        page.awaitColumn(ConsolePage.SESSIONS, "User", "Gita Rao");
        String address = CHROME.driver().getCurrentUrl();
        CHROME.driver().navigate().refresh();
        assertFilteredByHand();
        CHROME.driver().get("about:blank");
        CHROME.driver().get(address);
        assertFilteredByHand();
    }

    private static void assertFilteredByHand() {
        page.awaitColumn(ConsolePage.SESSIONS, "User", "Gita Rao");
        assertThat(page.button("Remove " + FROM_GITAS_NETWORK).isDisplayed()).isTrue();
        page.unfold(EXPRESSION);
        assertThat(page.field(EXPRESSION).getAttribute("value")).isEqualTo(FROM_GITAS_NETWORK);
    }

    @Test
    @DisplayName("the line for curl that the page copies brings the sessions that the page shows")
    void curl() {
        String encoded = Http.encode(FROM_GITAS_NETWORK);
        page.load("identities/sessions?filter=" + encoded).awaitColumn(ConsolePage.SESSIONS, "User", "Gita Rao");
        page.unfold(EXPRESSION);

        page.button("Copy as a curl line").click();
        CHROME.await(
                "copied",
                () -> page.button("Copy as a curl line").getAttribute("title").equals("Copied"));
        page.type(page.field(EXPRESSION), Keys.chord(Keys.CONTROL, "v"));

        String line = page.field(EXPRESSION).getAttribute("value");
        assertThat(line).contains("'filter=" + FROM_GITAS_NETWORK + "'");
        Script.Result result = Script.bash(Map.of("TOKEN", Testbed.admin().token()), "-c", line);
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output()).contains("198.51.100.9").doesNotContain(Places.BERLIN);
    }

    @Test
    @DisplayName("from a person to a session: device, address, place on a map, applications; and back again")
    void details() {
        page.load("clients").open();
        assertAttribution();
        page.link("Dana Miller").click();
        page.awaitTitle("Dana Miller");
        page.awaitRow(ConsolePage.SESSIONS, "Tokyo");
        assertThat(page.fact("Email")).isEqualTo("dana@page.example");
        assertThat(page.fact("ID")).isEqualTo(dana);
        assertThat(page.fact("Account")).isEqualTo("Enabled");
        assertThat(page.fact("Identity provider")).startsWith("page");
        assertThat(page.column(ConsolePage.APPLICATIONS, "Application"))
                .containsExactlyInAnyOrder("Team Wiki", "Webmail");
        Map<String, String> berlin = page.awaitRow(ConsolePage.SESSIONS, "Berlin");
        assertThat(berlin.get("Device").lines().findFirst()).contains("Chrome on Windows");
        assertThat(berlin).containsEntry("IP address", Places.BERLIN).containsEntry("Place", "Berlin, Germany");
        assertAttribution();
        assertThat(page.map()).startsWith("World map that shows ").contains("Tokyo, Japan", " and ", "Berlin, Germany");

        page.link("Chrome on Windows").click();
        page.awaitTitle("Chrome on Windows");
        assertThat(page.fact("Type")).isEqualTo("Computer");
        assertThat(page.fact("Browser")).startsWith("Chrome 126");
        assertThat(page.fact("Operating system")).isEqualTo("Windows 10 or 11");
        assertThat(page.fact("User agent")).isEqualTo(Browser.DESKTOP);
        assertThat(page.fact("IP address")).isEqualTo(Places.BERLIN);
        assertThat(page.fact("City")).isEqualTo("Berlin");
        assertThat(page.fact("Country")).isEqualTo("Germany");
        assertThat(page.fact("Coordinates")).contains("52.52, 13.4");
        assertThat(page.fact("Accuracy")).contains("20 kilometers");
        assertThat(page.fact("Ends at the latest")).startsWith("in ");
        assertThat(page.fact("Kind")).startsWith("Online");
        assertThat(page.map()).isEqualTo("World map that shows Berlin, Germany");
        assertAttribution();
        assertThat(page.link("Open in OpenStreetMap").getAttribute("href"))
                .startsWith("https://www.openstreetmap.org/?mlat=52.52&mlon=13.4");
        assertThat(page.column(ConsolePage.APPLICATIONS, "Application"))
                .containsExactlyInAnyOrder("Team Wiki", "Webmail");

        CHROME.driver().navigate().back();
        page.awaitTitle("Dana Miller");
        page.link("Identities").click();
        page.awaitTitle("Identities");
    }

    private static void assertAttribution() {
        assertThat(page.link("IP Geolocation by DB-IP").getAttribute("href")).isEqualTo("https://db-ip.com/");
    }

    @Test
    @DisplayName("where only the country is known, there is no point on a map")
    void countryOnly() {
        page.load("clients").open();
        page.link("Erik Olsen").click();
        page.link("Mobile Safari on iOS").click();
        page.awaitTitle("Mobile Safari on iOS");
        assertThat(page.fact("Type")).isEqualTo("Phone");
        assertThat(page.fact("Country")).isEqualTo("Norway");
        assertThat(page.fact("Coordinates")).isEqualTo("Unknown");
        assertThat(page.fact("Accuracy")).contains("only the country is known");
        assertThat(CHROME.driver().findElements(By.cssSelector("svg.identities-map")))
                .isEmpty();
    }

    @Test
    @DisplayName("the console's own pages are what they were, but for links to ours; the account is one of them")
    void stockPages() {
        page.load("clients").open();
        page.link("Dana Miller").click();
        page.awaitTitle("Dana Miller");

        page.link("Open the account in Keycloak").click();

        CHROME.await("Keycloak's own page", () -> CHROME.driver()
                .findElement(By.id("username"))
                .getAttribute("value")
                .equals("dana"));
        assertThat(CHROME.driver().findElements(By.tagName("kc-identities"))).isEmpty();
        assertThat(page.entry().getAttribute("aria-current")).isNull();
        assertThat(linkToOurs()).endsWith("/identities/users/usr_" + dana);
        CHROME.driver().findElement(By.id("nav-item-sessions")).click();
        CHROME.await("Sessions", () -> CHROME.driver()
                .findElement(By.cssSelector("#kc-main-content-page-container h1"))
                .getText()
                .equals("Sessions"));
        assertThat(CHROME.text()).doesNotContain("Page Not Found");
        assertThat(linkToOurs()).endsWith("/identities/sessions");
        CHROME.driver().navigate().back();
        CHROME.driver().navigate().back();
        page.awaitTitle("Dana Miller");
        assertThat(CHROME.driver().findElements(By.id("identities-link"))).isEmpty();
    }

    /** Where the link on a page of Keycloak's own leads to. */
    private static String linkToOurs() {
        return CHROME.driver().findElement(By.linkText("Open in Identities")).getAttribute("href");
    }

    @Test
    @DisplayName("every view has an address: from outside, after a reload, and in its short form")
    void deepLinks() {
        page.open("identities/users/usr_" + dana, "Dana Miller");
        page.link("Chrome on Windows").click();
        page.awaitTitle("Chrome on Windows");
        String session = CHROME.driver().getCurrentUrl();
        assertThat(session).contains("/sessions/");
        CHROME.driver().navigate().refresh();
        page.awaitTitle("Chrome on Windows");
        CHROME.driver().get("about:blank");
        CHROME.driver().get(session);
        page.awaitTitle("Chrome on Windows");

        page.open("identities", "Identities");
        CHROME.await("the whole address", () -> CHROME.driver().getCurrentUrl().equals(page.url("identities/users")));
        CHROME.expectComplaint("404");
        page.load("identities/users/usr_nobody").awaitText("Not signed in");
        page.load("identities/users/usr_" + dana + "/sessions/as_nothing").awaitText("Session is over");
    }
}
