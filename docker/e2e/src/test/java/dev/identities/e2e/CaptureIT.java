package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is known of a session: device, address, identity provider, applications, times. */
@Tag("container-smoke")
class CaptureIT {

    private static final SignIn JUDY = SignIn.as("judy", "judy-password");

    private static Realm realm;
    private static App wiki;
    private static App mail;
    private static Http api;
    private static String judy;

    @BeforeAll
    static void realm() {
        Realm partner = Testbed.realm("capture-partner");
        partner.user("ken", "ken-password");
        realm = Testbed.realm("capture");
        realm.identityProvider("partner", partner, Map.of());
        wiki = realm.client("wiki");
        mail = realm.client("mail");
        judy = realm.user("judy", "judy-password");
        App siem = realm.program("siem");
        api = Http.ngrok(Testbed.server().url(), "capture", siem.apiKey());
    }

    private static JsonNode session(Tokens tokens) {
        return api.get("/sessions/" + tokens.sessionId()).json();
    }

    private static String userAgent(Tokens tokens) {
        return session(tokens).at("/browser_session/user_agent/raw").asText();
    }

    @Test
    @DisplayName("the browser's own user agent and address are kept, not those of the application's back end")
    void browser() {
        Tokens tokens = new Browser(Browser.PHONE, "2001:db8:0:1:2:3:4:5").signIn(wiki, JUDY);
        new Backend(wiki).refreshed(tokens);

        JsonNode session = session(tokens);
        assertThat(session.at("/browser_session/user_agent/raw").asText()).isEqualTo(Browser.PHONE);
        assertThat(session.at("/browser_session/user_agent/device_type").asText())
                .isEqualTo("Mobile");
        assertThat(session.at("/browser_session/ip_address").asText()).isEqualTo("2001:db8:0:1:2:3:4:5");
    }

    @Test
    @DisplayName("a brokered session has its identity provider, and the person's id there")
    void brokered() {
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.90")
                .signIn(wiki, SignIn.as("ken", "ken-password").through("partner"));

        JsonNode session = session(tokens);
        assertThat(session.at("/browser_session/user_agent/raw").asText()).isEqualTo(Browser.DESKTOP);
        assertThat(session.at("/identity_provider/alias").asText()).isEqualTo("partner");
        assertThat(session.at("/identity_provider/name").asText()).isEqualTo("Sign in with capture-partner");
        String issuer = Testbed.server().url() + "/realms/capture-partner";
        assertThat(session.at("/identity_provider/url").asText()).isEqualTo(issuer);
        JsonNode user =
                api.get("/users/" + session.at("/application_user/id").asText()).json();
        assertThat(user.at("/identity_provider/url").asText()).isEqualTo(issuer);
        assertThat(user.get("provider_user_id").asText())
                .isEqualTo(Realm.of(Testbed.admin(), "capture-partner").userId("ken"));
        // The session holds the identity provider's tokens; they stay there.
        assertThat(session.toString() + user).doesNotContain("eyJ");
    }

    @Test
    @DisplayName("direct grants have the calling program as device, with offline access as well")
    void directGrant() {
        Tokens online = new Backend(wiki).directGrant(new Credentials("judy", "judy-password"));
        Tokens offline = new Backend(wiki).directGrant(new Credentials("judy", "judy-password"), "offline_access");

        assertThat(userAgent(online)).isEqualTo(Backend.USER_AGENT);
        assertThat(userAgent(offline)).isEqualTo(Backend.USER_AGENT);
        assertThat(session(offline).get("kind").asText()).isEqualTo("offline");
    }

    @Test
    @DisplayName("a session that began without a browser says by which request; a program is a program")
    void grants() {
        App service =
                realm.client("service", Map.of("attributes", Map.of("client_credentials.use_refresh_token", "true")));
        Tokens own = new Backend(service).clientCredentials();
        Tokens direct = new Backend(wiki).directGrant(new Credentials("judy", "judy-password"));
        Tokens browser = new Browser(Browser.PHONE, "203.0.113.96").signIn(wiki, JUDY);

        assertThat(session(own).get("grant").asText()).isEqualTo("client_credentials");
        assertThat(userAgent(own)).isEqualTo(Backend.USER_AGENT);
        assertThat(session(own).at("/browser_session/user_agent/device_type").asText())
                .isEqualTo("Bot");
        assertThat(session(direct).get("grant").asText()).isEqualTo("password");
        assertThat(session(browser).get("grant").isNull()).isTrue();
    }

    @Test
    @DisplayName("an empty user agent is an unknown device")
    void emptyUserAgent() {
        JsonNode agent =
                session(new Browser("", "203.0.113.97").signIn(wiki, JUDY)).at("/browser_session/user_agent");
        agent.forEach(member -> assertThat(member.asText()).isEmpty());
        assertThat(agent).hasSize(6);
    }

    @Test
    @DisplayName("an impersonated session shows the administrator's browser")
    void impersonation() {
        String leo = realm.user("leo", "leo-password");
        Browser administrator = new Browser(Browser.DESKTOP, "203.0.113.91");
        administrator.impersonate(Testbed.admin(), "capture", leo);

        JsonNode sessions = api.get("/users/" + leo + "/sessions").json().get("application_sessions");
        assertThat(sessions).hasSize(1);
        assertThat(sessions.at("/0/browser_session/user_agent/raw").asText()).isEqualTo(Browser.DESKTOP);
        assertThat(sessions.at("/0/grant").asText()).isEqualTo("impersonation");
    }

    @Test
    @DisplayName(
            "an impersonated session says so in both APIs, and names the administrator to whom may see that person")
    void impersonator() {
        String max = realm.user("max", "max-password");
        AdminClient chief = realm.administrator("chief", "impersonation", "view-users");
        String chiefId = realm.userId("chief");
        new Browser(Browser.DESKTOP, "203.0.113.94").impersonate(chief, "capture", max);

        JsonNode session = api.get("/users/" + max + "/sessions").json().at("/application_sessions/0");
        assertThat(session.at("/impersonator/id").asText()).isEqualTo("usr_" + chiefId);
        assertThat(session.at("/impersonator/username").asText()).isEqualTo("chief");
        App desk = realm.helpDesk("capture-desk");
        JsonNode seen = Http.ping(Testbed.server().url(), "capture", desk.clientId(), desk.secret())
                .get("/users/max")
                .json();
        assertThat(seen.at("/authnSessions/0/authnSource/id").asText()).isEqualTo("impersonation");
        assertThat(seen.at("/contextData/impersonatorId").asText()).isEqualTo(chiefId);
        assertThat(seen.toString()).doesNotContain("chief");
    }

    @Test
    @DisplayName("an administrator of another realm, whom nobody may see in this one, is not named")
    void impersonatorOfAnotherRealm() {
        String nora = realm.user("nora", "nora-password");
        new Browser(Browser.DESKTOP, "203.0.113.95").impersonate(Testbed.admin(), "capture", nora);

        JsonNode session = api.get("/users/" + nora + "/sessions").json().at("/application_sessions/0");
        assertThat(session.at("/impersonator/id").asText()).isEqualTo("");
        assertThat(session.at("/impersonator/username").asText()).isEqualTo("(hidden)");
    }

    @Test
    @DisplayName("a session of a sign-in has no impersonator")
    void noImpersonator() {
        Tokens tokens = new Browser(Browser.PHONE, "203.0.113.92").signIn(wiki, JUDY);

        assertThat(session(tokens).get("impersonator").isNull()).isTrue();
    }

    @Test
    @DisplayName("the user agent goes along when offline access moves the session")
    void offline() {
        Tokens tokens = new Browser(Browser.PHONE, "203.0.113.92").signIn(wiki, JUDY, "offline_access");

        JsonNode session = session(tokens);
        assertThat(session.get("kind").asText()).isEqualTo("offline");
        assertThat(session.at("/browser_session/user_agent/raw").asText()).isEqualTo(Browser.PHONE);
        assertThat(Instant.parse(session.get("expires_at").asText())).isAfter(Instant.now());
    }

    @Test
    @DisplayName("single sign-on adds the application and moves the last login; the session stays one")
    void secondApplication() throws InterruptedException {
        String mia = realm.user("mia", "mia-password");
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.93");
        Tokens tokens = browser.signIn(wiki, SignIn.as("mia", "mia-password"));
        // Keycloak counts in seconds.
        Thread.sleep(1100);
        assertThat(browser.visit(mail)).isPresent();

        JsonNode session = session(tokens);
        assertThat(session.get("clients"))
                .extracting(client -> client.get("client_id").asText())
                .containsExactly("mail", "wiki");
        assertThat(session.get("public_url").asText()).isEqualTo("https://mail.example/");
        JsonNode user = api.get("/users/" + mia).json();
        assertThat(user.get("sessions_count").asInt()).isEqualTo(1);
        assertThat(Instant.parse(user.get("last_login").asText()))
                .isAfter(Instant.parse(session.get("created_at").asText()));
    }

    @Test
    @DisplayName("remember-me is shown, and lives as long as the realm remembers")
    void rememberMe() {
        realm.update(Map.of("ssoSessionMaxLifespanRememberMe", 864000, "ssoSessionIdleTimeoutRememberMe", 432000));
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.94").signIn(wiki, JUDY.remembered());

        JsonNode session = session(tokens);
        assertThat(session.get("remember_me").asBoolean()).isTrue();
        assertThat(Instant.parse(session.get("expires_at").asText()))
                .isAfter(Instant.now().plusSeconds(860_000));
        assertThat(Instant.parse(session.get("idle_expires_at").asText()))
                .isAfter(Instant.now().plusSeconds(430_000));
    }

    @Test
    @DisplayName("hostile user agents are only text: cut, without control characters, never an error")
    void hostile() {
        String script = "<script>alert(1)</script> =cmd|' /C calc'!A0 {{7*7}} ${jndi:ldap://x}";
        Tokens scripted = new Browser(script, "203.0.113.95").signIn(wiki, JUDY);
        assertThat(userAgent(scripted)).isEqualTo(script);
        // The longest that fits the server's own limit for headers.
        Tokens lengthy = new Browser("Mozilla/5.0 " + "x".repeat(8000), "203.0.113.95").signIn(wiki, JUDY);
        assertThat(userAgent(lengthy)).hasSize(512).startsWith("Mozilla/5.0 xxx");
        Tokens tabs = new Browser("agent\twith\ttabs", "203.0.113.95").signIn(wiki, JUDY);
        assertThat(userAgent(tabs)).doesNotContain("\t");
        assertThat(api.get("/users/" + judy + "/sessions").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("an address that the proxy did not vouch for, or that is none, does no harm")
    void oddAddresses() {
        for (String address : new String[] {"not-an-address.example", "fe80::1%25eth0", "::ffff:203.0.113.7"}) {
            Tokens tokens = new Browser(Browser.DESKTOP, address).signIn(wiki, JUDY);
            JsonNode session = session(tokens);
            assertThat(session.at("/browser_session/ip_address").isTextual()).isTrue();
            assertThat(session.at("/browser_session/location").isNull()).isTrue();
        }
    }
}
