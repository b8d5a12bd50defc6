package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which sessions that Keycloak itself ends are put on the revocation list. */
class LogoutTrackingIT {

    private static final String REALM = "logouttracking";
    private static final SignIn GRACE = SignIn.as("grace", "grace-password");

    private static Realm realm;
    private static App wiki;
    private static App mail;
    private static Http gateway;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm(REALM);
        wiki = realm.client("wiki");
        mail = realm.client("mail");
        realm.user("grace", "grace-password");
        App client = realm.helpDesk("gateway");
        gateway = Http.ping(Testbed.server().url(), REALM, client.clientId(), client.secret())
                .with("X-XSRF-Header", "x");
    }

    @AfterEach
    void defaults() {
        realm.attribute("identities.track-revoked-sris-on-logout", null);
    }

    private static Browser browser() {
        return new Browser(Browser.DESKTOP, "203.0.113.93");
    }

    private static boolean listed(Tokens tokens) {
        return gateway.get("/revokedSris/" + tokens.sessionId()).status() == 200;
    }

    /** As RFC 7009 has it: an application gives a token of its own back. */
    private static void revoke(App app, String token) {
        Http.Answer answer = Http.at(Testbed.server().url(), REALM, "/protocol/openid-connect")
                .with("Authorization", Http.basic(app.clientId(), app.secret()))
                .post("/revoke", Map.of("token", token));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    @DisplayName("the refresh token of a session's only application is revoked: the session is over, and listed")
    void onlyApplication() {
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, GRACE);

        revoke(wiki, tokens.refreshToken());

        assertThat(browser.visit(wiki)).isEmpty();
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(listed(tokens)).isTrue();
    }

    @Test
    @DisplayName("a login form that was open when the last token was revoked does not bring the listed session back")
    void openForm() {
        Browser browser = browser();
        Tokens tokens = browser.signIn(wiki, GRACE);
        Browser.Form leftOpen = browser.formToSignInAgain(wiki);

        revoke(wiki, tokens.refreshToken());
        Optional<Tokens> after = leftOpen.submit(GRACE);

        assertThat(after.map(Tokens::sessionId)).isNotEqualTo(Optional.of(tokens.sessionId()));
        assertThat(listed(tokens)).isTrue();
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("one of two applications gives its refresh token back: the session lives, and is not listed")
    void oneOfTwo() {
        Browser browser = browser();
        Tokens wikis = browser.signIn(wiki, GRACE);
        Tokens mails = browser.visit(mail).orElseThrow();

        revoke(wiki, wikis.refreshToken());

        assertThat(new Backend(wiki).access(wikis).lost()).isTrue();
        assertThat(new Backend(mail).access(mails).alive()).isTrue();
        assertThat(listed(mails)).isFalse();
        revoke(mail, mails.refreshToken());
        assertThat(listed(mails)).isTrue();
    }

    @Test
    @DisplayName("a revoked access token ends no session, and lists none")
    void accessToken() {
        Tokens tokens = browser().signIn(wiki, GRACE);

        revoke(wiki, tokens.accessToken());

        assertThat(new Backend(wiki).introspect(tokens)).isFalse();
        assertThat(new Backend(wiki).refresh(tokens).statusCode()).isEqualTo(200);
        assertThat(listed(tokens)).isFalse();
    }

    @Test
    @DisplayName("a realm that does not track logouts lists only sessions that end by this API")
    void notTracked() {
        realm.attribute("identities.track-revoked-sris-on-logout", "false");
        Browser browser = browser();
        Tokens loggedOut = browser.signIn(wiki, GRACE);
        Tokens byTheApplication = browser().signIn(wiki, GRACE);
        Tokens byTheConsole = browser().signIn(wiki, GRACE);
        Tokens givenBack = browser().signIn(wiki, GRACE);
        Tokens revoked = browser().signIn(wiki, GRACE);

        browser.logout(wiki, loggedOut);
        new Backend(wiki).logout(byTheApplication);
        realm.admin().delete(realm.path("/sessions/" + byTheConsole.sessionId()));
        revoke(wiki, givenBack.refreshToken());
        assertThat(gateway.post("/sessions/" + revoked.sessionId() + "/revoke").status())
                .isEqualTo(200);

        for (Tokens tokens : new Tokens[] {loggedOut, byTheApplication, byTheConsole, givenBack}) {
            assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
            assertThat(listed(tokens)).isFalse();
            assertThat(gateway.get("/sessions/" + tokens.sessionId())
                            .json()
                            .get("status")
                            .asText())
                    .isEqualTo("NO_VALID_SESSIONS");
        }
        assertThat(listed(revoked)).isTrue();
        realm.attribute("identities.track-revoked-sris-on-logout", null);
        Tokens tracked = browser().signIn(wiki, GRACE);
        new Backend(wiki).logout(tracked);
        assertThat(listed(tracked)).isTrue();
    }
}
