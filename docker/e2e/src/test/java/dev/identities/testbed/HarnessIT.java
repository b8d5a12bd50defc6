package dev.identities.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The assumptions of all other end-to-end tests. */
@Tag("container-smoke")
class HarnessIT {

    private static final SignIn ALICE = SignIn.as("alice", "alice-password");
    private static final String HOME = "203.0.113.5";

    private static Realm realm;
    private static App wiki;
    private static App mail;
    private static String alice;

    @BeforeAll
    static void realms() {
        realm = Testbed.realm("harness");
        wiki = realm.client("wiki");
        mail = realm.client("mail");
        alice = realm.user("alice", "alice-password", Map.of("firstName", "Ålice"), Map.of("employeeNumber", "0042"));
        Realm partner = Testbed.realm("harness-partner");
        partner.user("bob", "bob-password");
        realm.identityProvider("partner", partner, Map.of());
    }

    @Test
    @DisplayName("somebody signs in by the form: the application's tokens work, and the session has her address")
    void form() {
        Tokens tokens = new Browser(Browser.DESKTOP, HOME).signIn(wiki, ALICE);

        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        JsonNode session = realm.sessions(alice).stream()
                .filter(row -> row.get("id").asText().equals(tokens.sessionId()))
                .findFirst()
                .orElseThrow();
        assertThat(session.get("ipAddress").asText()).isEqualTo(HOME);
        assertThat(session.get("rememberMe").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("a second application is reached without a form, in the same session")
    void singleSignOn() {
        Browser browser = new Browser(Browser.PHONE, "2001:db8::7");
        assertThat(browser.visit(mail)).isEmpty();
        Tokens first = browser.signIn(wiki, ALICE);

        Optional<Tokens> second = browser.visit(mail);

        assertThat(second.orElseThrow().sessionId()).isEqualTo(first.sessionId());
        assertThat(new Backend(mail).access(second.orElseThrow()).alive()).isTrue();
    }

    @Test
    @DisplayName("a removed session takes refresh, introspection, userinfo and single sign-on with it")
    void lossOfAccess() {
        Browser browser = new Browser(Browser.DESKTOP, HOME);
        Tokens tokens = browser.signIn(wiki, ALICE);

        realm.admin().delete(realm.path("/sessions/" + tokens.sessionId() + "?isOffline=false"));

        assertThat(new Backend(wiki).access(tokens))
                .isEqualTo(new Backend.Access(400, "invalid_grant", false, 401))
                .matches(Backend.Access::lost);
        assertThat(browser.visitSilently(wiki)).isEqualTo(new Browser.Silent("", "login_required"));
        assertThat(browser.visit(wiki)).isEmpty();
    }

    @Test
    @DisplayName("somebody comes through another realm")
    void brokered() {
        Tokens tokens = new Browser(Browser.DESKTOP, HOME)
                .signIn(wiki, SignIn.as("bob", "bob-password").through("partner"));

        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        assertThat(tokens.claims().get("preferred_username").asText()).isEqualTo("bob");
    }

    @Test
    @DisplayName("remember-me outlives the browser, a session without it does not")
    void rememberMe() {
        Browser remembered = new Browser(Browser.DESKTOP, HOME);
        Tokens tokens = remembered.signIn(wiki, ALICE.remembered());
        remembered.reopen();
        assertThat(remembered.visit(wiki).orElseThrow().sessionId()).isEqualTo(tokens.sessionId());

        Browser forgotten = new Browser(Browser.DESKTOP, HOME);
        forgotten.signIn(wiki, ALICE);
        forgotten.reopen();
        assertThat(forgotten.visit(wiki)).isEmpty();
    }

    @Test
    @DisplayName("offline access makes an offline session")
    void offline() {
        Tokens tokens = new Browser(Browser.PHONE, HOME).signIn(wiki, ALICE, "offline_access");

        assertThat(realm.offlineSessions(alice, "wiki"))
                .extracting(row -> row.get("id").asText())
                .contains(tokens.sessionId());
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    @Test
    @DisplayName("direct grant and service account work; the first has a session")
    void withoutBrowser() {
        Tokens tokens = new Backend(wiki).directGrant(new Credentials("alice", "alice-password"));

        assertThat(tokens.sessionId()).isNotEmpty();
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        assertThat(new Backend(wiki).clientCredentials().accessToken()).isNotEmpty();
    }

    @Test
    @DisplayName("logout in the browser ends the session; so does the application's own logout")
    void logout() {
        Browser browser = new Browser(Browser.DESKTOP, HOME);
        Tokens tokens = browser.signIn(wiki, ALICE);
        browser.logout(wiki, tokens);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();

        Tokens other = browser.signIn(wiki, ALICE);
        new Backend(wiki).logout(other);
        assertThat(new Backend(wiki).access(other).lost()).isTrue();
    }

    @Test
    @DisplayName("prompt=login asks again in the same session")
    void signInAgain() {
        Browser browser = new Browser(Browser.DESKTOP, HOME);
        Tokens first = browser.signIn(wiki, ALICE);

        assertThat(browser.signInAgain(wiki, ALICE).sessionId()).isEqualTo(first.sessionId());
    }

    @Test
    @DisplayName("an administrator becomes a user")
    void impersonation() {
        Browser browser = new Browser(Browser.DESKTOP, HOME);
        browser.impersonate(Testbed.admin(), realm.name(), alice);

        assertThat(browser.visit(wiki).orElseThrow().claims().get("sub").asText())
                .isEqualTo(alice);
    }

    @Test
    @DisplayName("events are kept and can be read back; attributes can be set")
    void eventsAndAttributes() {
        new Browser(Browser.DESKTOP, HOME).signIn(wiki, ALICE);
        assertThat(realm.events("LOGIN")).isNotEmpty();
        realm.attribute("some.switch", "true");
        assertThat(realm.adminEvents("REALM")).isNotEmpty();
        assertThat(realm.admin()
                        .get(realm.path(""))
                        .at("/attributes/some.switch")
                        .asText())
                .isEqualTo("true");
        realm.clientAttribute("mail", "some.switch", "true");
        realm.attribute("some.switch", null);
        assertThat(realm.admin()
                        .get(realm.path(""))
                        .at("/attributes/some.switch")
                        .asText())
                .isEmpty();
    }

    @Test
    @DisplayName("an administrator with one role sees what that role allows")
    void administrator() {
        AdminClient viewer = realm.administrator("viewer", "view-users");

        assertThat(viewer.get(realm.path("/users?username=alice"))).hasSize(1);
        assertThat(viewer.send("GET", realm.path("/events"), null).statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("a client authenticates with a certificate of the test authority over https")
    void mutualTls() throws Exception {
        realm.client(
                "robot",
                Map.of(
                        "clientAuthenticatorType",
                        "client-x509",
                        "attributes",
                        Map.of("x509.subjectdn", "CN=robot,O=Acme", "x509.allow.regex.pattern.comparison", "false")));
        Certificates certificates = Testbed.server().certificates();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(Testbed.server().httpsUrl() + "/realms/harness/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id=robot"))
                .build();
        HttpClient with = HttpClient.newBuilder()
                .sslContext(certificates.presenting(certificates.client("robot", "CN=robot,O=Acme")))
                .build();
        HttpClient without =
                HttpClient.newBuilder().sslContext(certificates.trusting()).build();

        assertThat(with.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThat(without.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }
}
