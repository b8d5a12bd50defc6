package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.e2e.Http;
import dev.identities.e2e.Receiver;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Places;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Sessions that the page ends are over for the person, in the browser and in the applications. */
class RevokeIT {

    /** Sessions that the server ends in four parts, of which the last is a small one. */
    private static final int SEVERAL_PARTS = 760;

    @RegisterExtension
    private static final Chrome CHROME = Chrome.start("en");

    private static Realm realm;
    private static Receiver receiver;
    private static App wiki;
    private static App mail;
    private static ConsolePage page;

    @BeforeAll
    static void anAdministratorIsSignedIn() {
        realm = Testbed.realm("revoke");
        receiver = Receiver.answering(200);
        wiki = realm.client("wiki", Map.of("name", "Team Wiki", "frontchannelLogout", false));
        mail = realm.client(
                "mail",
                Map.of(
                        "name",
                        "Webmail",
                        "frontchannelLogout",
                        false,
                        "attributes",
                        Map.of("backchannel.logout.url", receiver.url())));
        realm.administrator("chief", "realm-admin");
        page = ConsolePage.of(CHROME, Testbed.server().url(), "revoke").signIn("chief", "chief", "clients");
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    /** Somebody's browser, and what an application got when they signed in to it. */
    private record Visit(Browser browser, App app, Tokens tokens) {

        static Visit of(String username, String userAgent, String address) {
            Browser browser = new Browser(userAgent, address);
            return new Visit(browser, wiki, browser.signIn(wiki, SignIn.as(username, username + "-password")));
        }

        boolean isOver() {
            return new Backend(app).access(tokens).lost() && browser.visit(app).isEmpty();
        }

        boolean lives() {
            return new Backend(app).access(tokens).alive() && browser.visit(app).isPresent();
        }
    }

    private static String person(String username, String firstName, String lastName) {
        return realm.user(
                username, username + "-password", Map.of("firstName", firstName, "lastName", lastName), Map.of());
    }

    @Test
    @DisplayName("the trash can of a session: the question names everything, the other session lives on")
    void oneSession() {
        String dana = person("dana", "Dana", "Miller");
        Visit desktop = Visit.of("dana", Browser.DESKTOP, Places.BERLIN);
        Visit phone = Visit.of("dana", Browser.PHONE, Places.TOKYO);
        page.open("identities/users/usr_" + dana, "Dana Miller");

        page.button("Revoke session Chrome on Windows, " + Places.BERLIN).click();

        String question = page.dialog().getText();
        assertThat(question)
                .contains("Revoke access?", "Dana Miller", "dana@revoke.example", "Chrome on Windows")
                .contains("Berlin, Germany · " + Places.BERLIN, "Team Wiki")
                .contains("What ends", "What does not", "Other sessions of the user")
                .doesNotContain("Mobile Safari", "your own session");
        CHROME.screenshot("revoke-session");
        page.button("Cancel").click();
        page.awaitNoDialog();
        assertThat(desktop.lives()).isTrue();

        page.button("Revoke session Chrome on Windows, " + Places.BERLIN).click();
        page.field("Reason for the audit (optional)").sendKeys("laptop was stolen");
        page.button("Revoke").click();
        page.awaitText("All done");
        assertThat(page.dialog().getText()).contains("1 session ended", "Team Wiki: cannot be notified");
        CHROME.screenshot("revoke-result");
        Accessibility.check(CHROME, "[role=dialog]");
        page.button("Close").click();

        page.awaitColumn(ConsolePage.SESSIONS, "Device", "Mobile Safari on iOS");
        assertThat(desktop.isOver()).isTrue();
        assertThat(phone.lives()).isTrue();
        assertThat(realm.adminEvents().toString()).contains("laptop was stolen");
    }

    @Test
    @DisplayName("the trash can of a person ends all their sessions and tells each application that can be told")
    void onePerson() {
        person("erik", "Erik", "Olsen");
        Visit desktop = Visit.of("erik", Browser.DESKTOP, Places.BERLIN);
        Visit phone = Visit.of("erik", Browser.PHONE, Places.TOKYO);
        assertThat(desktop.browser().visit(mail)).isPresent();
        int toldBefore = receiver.tokens().size();
        page.load("identities/users?search=erik").awaitRow(ConsolePage.USERS, "Erik Olsen");

        page.button("Revoke all sessions of Erik Olsen").click();
        // The latest is named at once, whichever that is; the other when it is loaded.
        CHROME.await(
                "both sessions",
                () -> page.dialog().getText().contains("Mobile Safari on iOS")
                        && page.dialog().getText().contains("Chrome on Windows"));
        assertThat(page.dialog().getText())
                .contains("Chrome on Windows", "Berlin, Germany", "Tokyo, Japan", "Webmail")
                .contains("All sessions", "The account: the user may sign in again");
        page.button("Revoke").click();
        page.awaitText("All done");

        assertThat(page.dialog().getText())
                .contains("2 sessions ended")
                .contains("Team Wiki: cannot be notified")
                .containsPattern("Webmail: (notified, and confirmed it|is being notified)");
        page.button("Close").click();
        page.awaitText("Nobody who is signed in matches");
        assertThat(desktop.isOver()).isTrue();
        assertThat(phone.isOver()).isTrue();
        CHROME.await("mail is told", () -> receiver.tokens().size() == toldBefore + 1);
    }

    @Test
    @DisplayName("several people, and several sessions of one, are ended at once")
    void several() {
        String anna = person("several.anna", "Anna", "Several");
        person("several.bert", "Bert", "Several");
        person("several.carl", "Carl", "Several");
        Visit first = Visit.of("several.anna", Browser.DESKTOP, Places.BERLIN);
        Visit second = Visit.of("several.anna", Browser.PHONE, Places.TOKYO);
        Visit third = Visit.of("several.anna", Browser.DESKTOP, Places.NORWAY);
        Visit bert = Visit.of("several.bert", Browser.DESKTOP, Places.BERLIN);
        Visit carl = Visit.of("several.carl", Browser.DESKTOP, Places.BERLIN);

        page.open("identities/users/usr_" + anna, "Anna Several");
        page.awaitRow(ConsolePage.SESSIONS, "Tokyo");
        assertThat(page.button("Revoke selected").isEnabled()).isFalse();
        page.field("Chrome on Windows, " + Places.BERLIN + ": select").click();
        page.field("Mobile Safari on iOS, " + Places.TOKYO + ": select").click();
        page.button("Revoke selected (2)").click();
        assertThat(page.dialog().getText()).contains("Revoke access?");
        page.button("Revoke 2 sessions").click();
        page.awaitText("All done");
        page.button("Close").click();
        page.awaitColumn(ConsolePage.SESSIONS, "IP address", Places.NORWAY);
        assertThat(first.isOver()).isTrue();
        assertThat(second.isOver()).isTrue();
        assertThat(third.lives()).isTrue();

        page.load("identities/users?search=several").awaitRow(ConsolePage.USERS, "Carl Several");
        page.field("Anna Several: select").click();
        page.field("Bert Several: select").click();
        page.button("Revoke selected (2)").click();
        assertThat(page.dialog().getText())
                .contains("Anna Several", "Bert Several")
                .doesNotContain("Carl");
        page.button("Revoke 2 sessions of 2 people").click();
        page.awaitText("All done");
        page.button("Close").click();
        page.awaitColumn(ConsolePage.USERS, "User", "Carl Several");
        assertThat(third.isOver()).isTrue();
        assertThat(bert.isOver()).isTrue();
        assertThat(carl.lives()).isTrue();
    }

    @Test
    @DisplayName("all sessions from one address are found by it, counted, and ended; all others live on")
    void allThatMatch() {
        person("match.kim", "Kim", "Match");
        person("match.lou", "Lou", "Match");
        String address = "198.51.100.77";
        Visit kim = Visit.of("match.kim", Browser.DESKTOP, address);
        Visit lou = Visit.of("match.lou", Browser.PHONE, address);
        Visit elsewhere = Visit.of("match.kim", Browser.DESKTOP, Places.BERLIN);
        page.load("identities/users").awaitRow(ConsolePage.USERS, "Kim Match");

        page.field("Name, username, email or ID").sendKeys(address, Keys.ENTER);
        page.awaitText("2 sessions");
        page.awaitRow(ConsolePage.SESSIONS, "Lou Match");
        assertThat(page.column(ConsolePage.SESSIONS, "IP address")).containsExactly(address, address);
        assertThat(CHROME.driver().getCurrentUrl()).contains("filter=").doesNotContain("kim", "Kim");
        CHROME.screenshot("sessions-by-address");
        Accessibility.check(CHROME, "kc-identities");

        page.button("Revoke all that match").click();
        page.awaitText("Own accounts");
        assertThat(page.dialog().getText()).contains("Kim Match", "Lou Match", "Team Wiki");
        page.field("Reason for the audit (optional)").sendKeys("address is known to be hostile");
        CHROME.screenshot("revoke-all-question");
        Accessibility.check(CHROME, "[role=dialog]");
        page.button("Revoke 2 sessions of 2 people").click();
        page.awaitText("All done");
        assertThat(page.dialog().getText()).contains("2 sessions ended", "Team Wiki: cannot be notified");
        page.button("Close").click();
        page.awaitText("No session matches");

        assertThat(kim.isOver()).isTrue();
        assertThat(lou.isOver()).isTrue();
        assertThat(elsewhere.lives()).isTrue();
        assertThat(realm.adminEvents().toString()).contains("address is known to be hostile");
    }

    @Test
    @DisplayName("Stop leaves the sessions alone that the call has not come to; they can be counted again")
    void stopped() {
        String max = person("max", "Max", "Stop");
        try (Receiver silent = Receiver.hanging()) {
            // The server waits a moment for its answers to each part of the call.
            Backend backend = new Backend(realm.toldAt(silent.url(), "silent"));
            Map<String, Tokens> all = IntStream.range(0, SEVERAL_PARTS)
                    .parallel()
                    .mapToObj(i -> backend.directGrant(new Credentials("max", "max-password")))
                    .collect(Collectors.toMap(Tokens::sessionId, Function.identity()));
            String filter = "obj.application_user.id == \"usr_" + max + "\"";
            page.load("identities/sessions?filter=" + Http.encode(filter)).awaitRow(ConsolePage.SESSIONS, "Max Stop");
            page.button("Revoke all that match").click();
            page.awaitText("Own accounts");
            CHROME.driver().findElement(By.id("identities-reason")).sendKeys("stopped half-way");
            page.button("Revoke " + SEVERAL_PARTS + " sessions of 1 person").click();
            String partDone = "(?s).*\\b(250|500) / " + SEVERAL_PARTS + "\\b.*";
            CHROME.await("the end of a part", () -> CHROME.text().matches(partDone));

            page.button("Stop").click();

            page.awaitText("What has ended stays ended.");
            String summary = CHROME.await("the audit of the call", () -> realm.adminEvents("USER_SESSION").stream()
                    .filter(event -> event.get("operationType").asText().equals("ACTION"))
                    .map(event -> event.get("representation").asText())
                    .filter(text -> text.contains("stopped half-way"))
                    .findFirst()
                    .orElse(null));
            Set<String> left = realm.sessions(max).stream()
                    .map(session -> session.get("id").asText())
                    .collect(Collectors.toSet());
            assertThat(left).isNotEmpty().allMatch(sid -> backend.introspect(all.get(sid)));
            assertThat(summary).contains("\"ended\":" + (SEVERAL_PARTS - left.size()) + ",");
            Set<String> ended = new TreeSet<>(all.keySet());
            ended.removeAll(left);
            assertThat(backend.access(all.get(ended.iterator().next())).lost()).isTrue();
            page.button("Count again").click();
            page.awaitText("Revoke " + left.size() + " sessions of 1 person");
            page.button("Cancel").click();
            page.awaitNoDialog();
        } finally {
            realm.admin().delete(realm.path("/users/" + max));
        }
    }

    @Test
    @DisplayName("with the account disabled, nobody signs in with it again")
    void disable() {
        String fay = person("fay", "Fay", "Disabled");
        Visit visit = Visit.of("fay", Browser.DESKTOP, Places.BERLIN);
        page.open("identities/users/usr_" + fay, "Fay Disabled");

        page.button("Revoke all sessions").click();
        page.field("Revoke sessions and disable account").click();
        assertThat(page.dialog().getText())
                .contains("First the account is disabled")
                .doesNotContain("the user may sign in again");
        page.button("Revoke sessions and disable account").click();
        page.awaitText("All done");
        assertThat(page.dialog().getText()).contains("Account disabled", "1 session ended");
        page.button("Close").click();
        CHROME.expectComplaint("404");
        page.awaitText("Not signed in");

        assertThat(visit.isOver()).isTrue();
        assertThat(realm.admin().get(realm.path("/users/" + fay)).get("enabled").asBoolean())
                .isFalse();
        assertThatThrownBy(() -> visit.browser().signIn(wiki, SignIn.as("fay", "fay-password")))
                .hasMessageContaining("Account is disabled");
    }

    @Test
    @DisplayName("a session's own page ends it")
    void fromTheSessionsPage() {
        String hans = person("hans", "Hans", "Page");
        Visit visit = Visit.of("hans", Browser.PHONE, Places.TOKYO);
        page.open("identities/users/usr_" + hans, "Hans Page");
        page.link("Mobile Safari on iOS").click();
        page.awaitTitle("Mobile Safari on iOS");
        page.button("Revoke session").click();
        page.button("Revoke").click();
        page.awaitText("All done");
        CHROME.expectComplaint("404");
        page.button("Close").click();
        page.awaitText("Session is over");
        assertThat(visit.isOver()).isTrue();
    }

    @Test
    @DisplayName("the question is left by Escape, and nothing happens")
    void escape() {
        String ina = person("ina", "Ina", "Escape");
        Visit visit = Visit.of("ina", Browser.PHONE, Places.TOKYO);
        page.open("identities/users/usr_" + ina, "Ina Escape");
        page.button("Revoke all sessions").click();
        assertThat(page.dialog().getAttribute("aria-modal")).isEqualTo("true");
        CHROME.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        page.awaitNoDialog();
        CHROME.await(
                "the focus is back",
                () -> CHROME.driver().switchTo().activeElement().getText().equals("Revoke all sessions"));
        assertThat(visit.lives()).isTrue();
    }

    @Test
    @DisplayName("among many people the warning and one's own row are seen first, and only one's own tick selects it")
    void ownRowAmongMany() {
        for (int i = 0; i < 8; i++) {
            person("many." + i, "Many" + i, "Chief");
            Visit.of("many." + i, Browser.DESKTOP, Places.BERLIN);
        }
        page.load("identities/users").awaitRow(ConsolePage.USERS, "Many7");
        page.field("Select all on this page").click();
        assertThat(page.field("chief Tester: select").isSelected()).isFalse();
        assertThat(page.field("Many7 Chief: select").isSelected()).isTrue();
        page.field("chief Tester: select").click();
        CHROME.driver()
                .findElement(By.xpath("//button[starts-with(normalize-space(.), 'Revoke selected (')]"))
                .click();

        assertThat(inSight("[role=dialog] .pf-v5-c-alert")).isTrue();
        assertThat(inSight("[role=dialog] [role=region] > ul > li:first-child > span"))
                .isTrue();
        assertThat(CHROME.driver()
                        .findElement(By.cssSelector("[role=dialog] [role=region] > ul > li:first-child"))
                        .getText())
                .contains("chief Tester", "You");
        assertThat(CHROME.driver().executeScript("""
                        return document.querySelector("[role=dialog] .pf-v5-c-modal-box__body").scrollTop""")).isEqualTo(0L);
        CHROME.screenshot("revoke-many");
        Accessibility.check(CHROME, "[role=dialog]");
        page.button("Cancel").click();
        page.awaitNoDialog();
    }

    /** Whether an element is within the part of the dialog that is seen. */
    private static boolean inSight(String selector) {
        return (boolean) CHROME.driver().executeScript("""
                        const box = document.querySelector(arguments[0]).getBoundingClientRect();
                        const x = box.left + box.width / 2;
                        const y = box.top + box.height / 2;
                        return !!document.elementFromPoint(x, y)?.closest(arguments[0]);
                        """, selector);
    }

    @Test
    @DisplayName("the browser's back, the breadcrumb and a reload lead to the same row in the same place")
    void comesBack() {
        for (int i = 0; i < 12; i++) {
            person("back." + i, "Back" + i, "Comer");
            Visit.of("back." + i, Browser.DESKTOP, Places.BERLIN);
        }
        page.load("identities/users?search=comer").awaitRow(ConsolePage.USERS, "Back9");
        String person = page.column(ConsolePage.USERS, "User").get(10);
        CHROME.driver().executeScript("arguments[0].scrollIntoView()", page.link(person));
        long before = page.scrolled();
        assertThat(before).isPositive();

        page.link(person).click();
        page.awaitTitle(person);
        CHROME.driver().navigate().back();
        assertIsAt(person, before);
        page.link(person).click();
        page.awaitTitle(person);
        page.link("Identities").click();
        assertIsAt(person, before);
        CHROME.driver().navigate().refresh();
        assertIsAt(person, before);
    }

    private static void assertIsAt(String person, long scrolled) {
        CHROME.await(
                "the focus at " + person,
                () -> CHROME.driver().switchTo().activeElement().getText().equals(person));
        assertThat(page.scrolled()).isEqualTo(scrolled);
    }

    @Test
    @DisplayName("after a revocation the list is where it was, and the next trash can has the focus")
    void staysWhereItWas() {
        for (int i = 0; i < 12; i++) {
            person("place." + i, "Place" + i, "Keeper");
            Visit.of("place." + i, Browser.DESKTOP, Places.BERLIN);
        }
        page.load("identities/users?search=keeper").awaitRow(ConsolePage.USERS, "Place9");
        List<String> people = page.column(ConsolePage.USERS, "User");
        String last = people.get(10);
        String next = people.get(11);
        CHROME.driver().executeScript("arguments[0].scrollIntoView()", page.link(last));
        long before = page.scrolled();
        assertThat(before).isPositive();

        page.button("Revoke all sessions of " + last).click();
        page.button("Revoke").click();
        page.awaitText("All done");
        page.button("Close").click();

        CHROME.await("the next trash can", () -> CHROME.driver()
                .switchTo()
                .activeElement()
                .getAccessibleName()
                .equals("Revoke all sessions of " + next));
        // The list has become shorter by one row, and its end is in sight.
        assertThat(page.scrolled()).isBetween(before - 100, before);
    }

    @Test
    @DisplayName("one's own session is ended only after a warning, and then it is over")
    void ownSession() {
        realm.administrator("deputy", "realm-admin");
        Chrome another = Chrome.start("en");
        try {
            ConsolePage own = ConsolePage.of(another, Testbed.server().url(), "revoke")
                    .signIn("deputy", "deputy", "identities/users?search=deputy");
            assertThat(own.awaitRow(ConsolePage.USERS, "deputy").get("User")).contains("You");
            own.button("Revoke all sessions of deputy Tester").click();
            assertThat(own.dialog().getText())
                    .contains("This includes your own session: you will be signed out of this console.");
            assertThat(another.driver().findElements(By.id("identities-how-disable")))
                    .isEmpty();
            another.screenshot("revoke-own");
            own.button("Revoke").click();
            own.awaitText("All done");
            own.button("Close").click();
            another.await("a way to sign in", () -> another.text().contains("Sign in"));
            assertThat(realm.sessions(realm.userId("deputy"))).isEmpty();
        } finally {
            another.close();
        }
    }

    @Test
    @DisplayName("a session that is over when it is to be ended is no failure")
    void overAlready() {
        String jim = person("jim", "Jim", "Gone");
        Visit visit = Visit.of("jim", Browser.PHONE, Places.TOKYO);
        page.open("identities/users/usr_" + jim, "Jim Gone");
        page.button("Revoke session Mobile Safari on iOS, " + Places.TOKYO).click();
        assertThat(page.dialog().getText()).contains("Jim Gone");
        new Backend(wiki).logout(visit.tokens());
        CHROME.expectComplaint("404");
        page.button("Revoke").click();
        page.awaitText("All done");
        assertThat(page.dialog().getText()).contains("Was over already");
        page.button("Close").click();
        page.awaitText("Not signed in");
        assertThat(visit.isOver()).isTrue();
    }
}
