package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.Receiver;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an administrator of a realm sees on the page, and finds. */
class IdentitiesPageIT {

    @RegisterExtension
    private static final Chrome CHROME = Chrome.start("en");

    private static Realm realm;
    private static App wiki;
    private static App mail;
    private static ConsolePage page;
    private static String dana;
    private static Browser danas;
    private static Tokens danasOnTheWiki;

    @BeforeAll
    static void peopleAreSignedIn() {
        Realm partner = Testbed.realm("page-partner");
        partner.user("gita", "gita-password", Map.of("firstName", "Gita", "lastName", "Rao"), Map.of());
        realm = Testbed.realm("page");
        realm.identityProvider("partner", partner, Map.of());
        wiki = realm.client("wiki", Map.of("name", "Team Wiki"));
        mail = realm.client("mail", Map.of("name", "Webmail"));
        dana = person("dana", "Dana", "Miller");
        person("erik", "Erik", "Olsen");
        danas = new Browser(Browser.DESKTOP, Places.BERLIN);
        danasOnTheWiki = danas.signIn(wiki, SignIn.as("dana", "dana-password"));
        danas.visit(mail).orElseThrow();
        new Browser(Browser.PHONE, Places.TOKYO).signIn(wiki, SignIn.as("dana", "dana-password"));
        new Browser(Browser.PHONE, Places.NORWAY).signIn(mail, SignIn.as("erik", "erik-password"));
        new Browser(Browser.DESKTOP, "198.51.100.9")
                .signIn(wiki, SignIn.as("gita", "gita-password").through("partner"));
        realm.administrator("chief", "realm-admin");
        page = ConsolePage.of(CHROME, Testbed.server().url(), "page").signIn("chief", "chief", "");
    }

    private static String person(String username, String firstName, String lastName) {
        return realm.user(
                username, username + "-password", Map.of("firstName", firstName, "lastName", lastName), Map.of());
    }

    @Test
    @DisplayName("the menu leads to a table of everyone who is signed in, with place, device and applications")
    void table() {
        page.load("clients");
        assertThat(page.entry().getText()).isEqualTo("Identities");
        page.open();

        assertThat(CHROME.driver().getCurrentUrl()).isEqualTo(page.url("identities/users"));
        page.awaitTitle("Identities");
        Map<String, String> row = page.awaitRow(ConsolePage.USERS, "Dana Miller");
        System.out.println(page.rows(ConsolePage.USERS));
        CHROME.screenshot("x-users");
    }
}
