package dev.identities.console;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The admin console of a realm in one browser, and the Identities page in it. */
final class ConsolePage {

    static final String USERS = "Signed in";
    static final String SESSIONS = "Sessions";
    static final String APPLICATIONS = "Applications";

    /** What holds our page in the console. */
    static final String MAIN = ":has(> kc-identities)";

    private static final String NAV_ITEM = "nav-item-identities";

    private final Chrome chrome;
    private final URI server;
    private final String loginRealm;
    private final String realm;

    private ConsolePage(Chrome chrome, URI server, String loginRealm, String realm) {
        this.chrome = chrome;
        this.server = server;
        this.loginRealm = loginRealm;
        this.realm = realm;
    }

    /** The console of a realm for the administrators of that realm. */
    static ConsolePage of(Chrome chrome, URI server, String realm) {
        return new ConsolePage(chrome, server, realm, realm);
    }

    /** The same realm as it is seen by administrators of another. */
    ConsolePage forAdministratorsOf(String otherRealm) {
        return new ConsolePage(chrome, server, otherRealm, realm);
    }

    Chrome chrome() {
        return chrome;
    }

    /** Where a route of the console is: {@code users}. */
    String url(String route) {
        return server + "/admin/" + loginRealm + "/console/#/" + realm + "/" + route;
    }

    /** Opens an address of the console as from a link elsewhere: the page is loaded anew. */
    ConsolePage load(String route) {
        chrome.driver().get("about:blank");
        chrome.driver().get(url(route));
        return this;
    }

    /** Signs in at an address of the console, where nobody is signed in yet, and waits for the menu. */
    ConsolePage signIn(String username, String password, String route) {
        load(route);
        fillLoginForm(username, password);
        awaitMenu();
        return this;
    }

    void fillLoginForm(String username, String password) {
        chrome.await("login form", () -> chrome.driver().findElement(By.id("username")))
                .sendKeys(username);
        chrome.driver().findElement(By.id("password")).sendKeys(password, Keys.ENTER);
    }

    void awaitMenu() {
        chrome.await("the console's menu", () -> chrome.driver()
                .findElement(By.cssSelector("#page-sidebar li, #nav-toggle, nav li"))
                .isDisplayed());
    }

    /** Our entry in the console's menu. */
    WebElement entry() {
        return chrome.await("Identities in the menu", () -> chrome.driver().findElement(By.id(NAV_ITEM)));
    }

    boolean hasEntry() {
        return !chrome.driver().findElements(By.id(NAV_ITEM)).isEmpty();
    }

    /** Goes by the menu. */
    ConsolePage open() {
        entry().click();
        awaitRow(USERS, "");
        return this;
    }

    /** Goes by an address, and waits for the title there. */
    ConsolePage open(String route, String title) {
        load(route);
        awaitTitle(title);
        return this;
    }

    String title() {
        return chrome.driver().findElement(By.cssSelector("kc-identities h1")).getText();
    }

    void awaitTitle(String title) {
        chrome.await("title " + title, () -> title().equals(title));
    }

    void awaitText(String text) {
        chrome.await("text: " + text, () -> chrome.text().contains(text));
    }

    /** The rows of a table, each by the names of its columns. */
    @SuppressWarnings("unchecked")
    List<Map<String, String>> rows(String table) {
        return (List<Map<String, String>>) chrome.driver().executeScript("""
                        const table = [...document.querySelectorAll("kc-identities table")]
                          .find((candidate) => candidate.getAttribute("aria-label") === arguments[0]);
                        return [...(table?.tBodies[0]?.rows ?? [])].map((row) => Object.fromEntries(
                          [...row.cells].filter((cell) => cell.dataset.label)
                            .map((cell) => [cell.dataset.label, cell.innerText.trim().replace(/\\s*\\n\\s*/g, "\\n")])));
                        """, table);
    }

    /** What stands in a column, from top to bottom. */
    List<String> column(String table, String column) {
        return rows(table).stream()
                .map(row -> row.getOrDefault(column, "").lines().findFirst().orElse(""))
                .toList();
    }

    /** Waits for a row that holds a text. */
    Map<String, String> awaitRow(String table, String text) {
        return chrome.await("row of " + text, () -> rows(table).stream()
                .filter(row -> String.join("\n", row.values()).contains(text))
                .findFirst()
                .orElse(null));
    }

    /** Waits until a table holds these and no others. */
    void awaitColumn(String table, String column, String... values) {
        chrome.await(column + " " + List.of(values), () -> List.of(values).equals(column(table, column)) ? true : null);
    }

    /** What is said about a term; the first where several pages' cards have it. */
    String fact(String term) {
        return visible("//kc-identities//dt[normalize-space(.)=" + quoted(term) + "]/following-sibling::dd[1]")
                .getText()
                .trim();
    }

    /** What the map says to those who do not see it. */
    String map() {
        return chrome.await("map", () -> chrome.driver()
                .findElement(By.cssSelector("svg.identities-map"))
                .getAttribute("aria-label"));
    }

    /** By how many pixels what is in a part of the page reaches beyond its edge, or the part beyond the window's. */
    long beyondEdge(String part) {
        return ((Number) chrome.driver().executeScript("""
                        const shown = document.querySelector(arguments[0]);
                        const { left, right } = shown.getBoundingClientRect();
                        return Math.round(Math.max(shown.scrollWidth - shown.clientWidth, right - innerWidth, -left));
                        """, part)).longValue();
    }

    /** By how many pixels the page is scrolled down. */
    long scrolled() {
        return ((Number) chrome.driver().executeScript("""
                        let place = document.querySelector("kc-identities");
                        while (place && place.scrollTop === 0) { place = place.parentElement; }
                        return Math.round(place?.scrollTop ?? 0);
                        """)).longValue();
    }

    WebElement link(String text) {
        return visible("//kc-identities//a[normalize-space(.)=" + quoted(text) + "]");
    }

    /** By what it says, or by its label. */
    WebElement button(String name) {
        String quoted = quoted(name);
        return visible("//button[@aria-label=" + quoted + " or normalize-space(.)=" + quoted + "]");
    }

    boolean hasButton(String name) {
        String quoted = quoted(name);
        return !chrome.driver()
                .findElements(By.xpath("//button[@aria-label=" + quoted + " or normalize-space(.)=" + quoted + "]"))
                .isEmpty();
    }

    /** By its label. */
    WebElement field(String label) {
        String quoted = quoted(label);
        return visible("//*[self::input or self::select or self::textarea][@aria-label=" + quoted
                + "] | //input[@id=//label[normalize-space(.)=" + quoted + "]/@for]");
    }

    /** Opens what is folded away under a title. */
    void unfold(String title) {
        visible("//kc-identities//summary[normalize-space(.)=" + quoted(title) + "]")
                .click();
    }

    /** The open dialog. */
    WebElement dialog() {
        return visible("//div[@role='dialog']");
    }

    void awaitNoDialog() {
        chrome.await("dialog closed", () -> chrome.driver()
                .findElements(By.cssSelector("[role=dialog]"))
                .isEmpty());
    }

    /** Empties a field by the keyboard, as a person does, and types something else. */
    void type(WebElement field, String text) {
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(text);
    }

    private WebElement visible(String xpath) {
        // The pointer may still stand where the last click was, and a tooltip there may cover what is clicked next.
        chrome.pointNowhere();
        return chrome.await(xpath, () -> {
            WebElement element = chrome.driver().findElement(By.xpath(xpath));
            return element.isDisplayed() ? element : null;
        });
    }

    private static String quoted(String text) {
        return text.contains("'") ? '"' + text + '"' : "'" + text + "'";
    }
}
