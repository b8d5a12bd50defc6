package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A person who is cut off has lost access, at once and everywhere. Other people have not. */
class NgrokRevocationIT {

    private static final SignIn BOB = SignIn.as("bob", "bob-password");
    private static final SignIn CAROL = SignIn.as("carol", "carol-password");
    private static final String HOME = "203.0.113.30";

    private static Realm realm;
    private static App wiki;
    private static App mail;
    private static Http api;
    private static String bob;
    private static Backend backend;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("revocation");
        wiki = realm.client("wiki");
        mail = realm.client("mail");
        bob = realm.user("bob", "bob-password");
        realm.user("carol", "carol-password");
        App siem = realm.program("siem");
        api = Http.ngrok(Testbed.server().url(), "revocation", siem.apiKey());
        backend = new Backend(wiki);
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        realm.admin().post(realm.path("/logout-all"), Map.of());
        realm.clearEvents();
    }

    @AfterEach
    void defaults() {
        realm.attribute("identities.revoke-offline-sessions", null);
    }

    @Test
    @Tag("container-smoke")
    @DisplayName("ending one session takes its tokens and its browser; the user's other browser and other users stay")
    void oneSession() {
        Browser victim = new Browser(Browser.DESKTOP, HOME);
        Browser other = new Browser(Browser.PHONE, HOME);
        Browser stranger = new Browser(Browser.DESKTOP, HOME);
        Tokens lost = victim.signIn(wiki, BOB);
        Tokens kept = other.signIn(wiki, BOB);
        Tokens carols = stranger.signIn(wiki, CAROL);
        String id = api.get("/sessions/" + lost.sessionId()).json().get("id").asText();

        Http.Answer answer = api.delete("/sessions/" + id);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        Backend.Access access = backend.access(lost);
        assertThat(access.lost()).as(access.toString()).isTrue();
        assertThat(victim.visit(wiki)).isEmpty();
        assertThat(backend.access(kept).alive()).isTrue();
        assertThat(other.visit(mail)).isPresent();
        assertThat(backend.access(carols).alive()).isTrue();
        assertThat(stranger.visit(wiki)).isPresent();
        NgrokContractIT.assertError(api.get("/sessions/" + id), 404, "ERR_NGROK_404");
        NgrokContractIT.assertError(api.delete("/sessions/" + id), 404, "ERR_NGROK_404");
        assertThat(api.get("/users/" + bob).json().get("sessions_count").asInt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("ending a user ends all of their sessions, not their account: they can sign in again")
    void wholeUser() {
        Browser desktop = new Browser(Browser.DESKTOP, HOME);
        Tokens first = desktop.signIn(wiki, BOB);
        Tokens second = new Browser(Browser.PHONE, HOME).signIn(mail, BOB.remembered());
        Tokens third = backend.directGrant(new Credentials("bob", "bob-password"));
        Tokens carols = new Browser(Browser.DESKTOP, HOME).signIn(wiki, CAROL);

        assertThat(api.delete("/users/usr_" + bob + "?reason=stolen%20laptop").status())
                .isEqualTo(204);

        assertThat(backend.access(first).lost()).isTrue();
        assertThat(new Backend(mail).access(second).lost()).isTrue();
        assertThat(backend.access(third).lost()).isTrue();
        assertThat(backend.access(carols).alive()).isTrue();
        NgrokContractIT.assertError(api.get("/users/usr_" + bob), 404, "ERR_NGROK_404");
        NgrokContractIT.assertError(api.delete("/users/usr_" + bob), 404, "ERR_NGROK_404");
        // Within the same second as the revocation: no clock decides.
        Tokens again = desktop.signIn(wiki, BOB);
        assertThat(backend.access(again).alive()).isTrue();
    }

    @Test
    @DisplayName("offline tokens die with the user by default")
    void offlineIncluded() {
        Tokens offline = new Browser(Browser.PHONE, HOME).signIn(wiki, BOB, "offline_access");
        assertThat(api.get("/users/" + bob + "/sessions")
                        .json()
                        .at("/application_sessions/0/kind")
                        .asText())
                .isEqualTo("offline");

        assertThat(api.delete("/users/" + bob).status()).isEqualTo(204);

        assertThat(backend.access(offline).lost()).isTrue();
        assertThat(realm.offlineSessions(bob, "wiki")).isEmpty();
    }

    @Test
    @DisplayName("offline tokens live where the realm says so, and the answer does not pretend otherwise")
    void offlineKept() {
        realm.attribute("identities.revoke-offline-sessions", "false");
        Tokens offline = new Browser(Browser.PHONE, HOME).signIn(wiki, BOB, "offline_access");
        Tokens online = new Browser(Browser.DESKTOP, HOME).signIn(wiki, BOB);

        assertThat(api.delete("/users/" + bob).status()).isEqualTo(204);

        assertThat(backend.access(online).lost()).isTrue();
        assertThat(backend.access(offline).alive()).isTrue();
        NgrokContractIT.assertError(api.delete("/users/" + bob), 409, "ERR_NGROK_409");
        // Named itself, the offline session goes.
        assertThat(api.delete("/sessions/" + offline.sessionId()).status()).isEqualTo(204);
        assertThat(backend.access(offline).lost()).isTrue();
    }

    @Test
    @DisplayName("an offline session and its online twin of the same id are two rows and go together")
    void twins() {
        Browser browser = new Browser(Browser.DESKTOP, HOME);
        Tokens online = browser.signIn(mail, BOB);
        Tokens offline = browser.visit(wiki, "offline_access").orElseThrow();
        assertThat(offline.sessionId()).isEqualTo(online.sessionId());
        JsonNode rows = api.get("/users/" + bob + "/sessions").json().get("application_sessions");
        assertThat(rows).hasSize(2);
        assertThat(List.of(rows.at("/0/kind").asText(), rows.at("/1/kind").asText()))
                .containsExactlyInAnyOrder("online", "offline");

        assertThat(api.delete("/sessions/" + online.sessionId()).status()).isEqualTo(204);

        assertThat(backend.access(offline).lost()).isTrue();
        assertThat(new Backend(mail).access(online).lost()).isTrue();
        assertThat(browser.visit(mail)).isEmpty();
        assertThat(api.get("/sessions").json().get("application_sessions")).isEmpty();
    }

    @Test
    @DisplayName("refreshes under way while the session is ended never leave it alive: 10 rounds of 20 at once")
    void race() throws Exception {
        ExecutorService refreshers = Executors.newFixedThreadPool(20);
        try {
            for (int round = 0; round < 10; round++) {
                Tokens tokens = new Backend(wiki).directGrant(new Credentials("bob", "bob-password"));
                AtomicBoolean stop = new AtomicBoolean();
                CountDownLatch warm = new CountDownLatch(20);
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    running.add(refreshers.submit(() -> {
                        while (!stop.get()) {
                            backend.refresh(tokens);
                            warm.countDown();
                        }
                    }));
                }
                assertThat(warm.await(30, TimeUnit.SECONDS)).isTrue();

                assertThat(api.delete("/sessions/" + tokens.sessionId()).status())
                        .isEqualTo(204);

                // Keycloak's own answers, at once and when all requests that were under way are through.
                assertThat(backend.refusal(tokens)).as("round " + round).isEqualTo("400 invalid_grant");
                stop.set(true);
                for (Future<?> refresher : running) {
                    refresher.get(30, TimeUnit.SECONDS);
                }
                Backend.Access access = backend.access(tokens);
                assertThat(access.lost()).as("round " + round + ": " + access).isTrue();
                assertThat(api.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(404);
            }
        } finally {
            refreshers.shutdownNow();
        }
    }

    @Test
    @DisplayName("the admin event names whose session ended, by whom and why, and holds no token")
    void audit() {
        Tokens tokens = new Browser(Browser.DESKTOP, HOME).signIn(wiki, BOB);

        api.delete("/users/" + bob + "?reason=laptop%20stolen");

        JsonNode event = realm.adminEvents("USER_SESSION").get(0);
        assertThat(event.get("operationType").asText()).isEqualTo("DELETE");
        assertThat(event.get("resourcePath").asText()).isEqualTo("sessions/" + tokens.sessionId());
        assertThat(event.at("/authDetails/userId").asText()).isEqualTo(realm.userId("service-account-siem"));
        JsonNode details = event.get("details");
        assertThat(details.get("user_id").asText()).isEqualTo(bob);
        assertThat(details.get("session_id").asText()).isEqualTo(tokens.sessionId());
        assertThat(details.get("outcome").asText()).isEqualTo("revoked");
        assertThat(details.get("reason").asText()).isEqualTo("laptop stolen");
        assertThat(details.get("applications").asText()).isEqualTo("wiki=cannot_tell");
        assertThat(Testbed.server().log())
                .contains("event=SESSION_REVOKED status=success realm=\"revocation\"")
                .contains("session=" + tokens.sessionId() + " kind=online reason=\"laptop stolen\"");
        assertThat(event.toString()).doesNotContain(tokens.accessToken()).doesNotContain(tokens.refreshToken());
    }

    @Test
    @DisplayName("an id of another realm is not found, and nothing happens there")
    void otherRealm() {
        Realm elsewhere = Testbed.realm("revocation-elsewhere");
        App app = elsewhere.client("wiki");
        String dave = elsewhere.user("dave", "dave-password");
        Tokens daves = new Browser(Browser.DESKTOP, HOME).signIn(app, SignIn.as("dave", "dave-password"));

        NgrokContractIT.assertError(api.delete("/sessions/" + daves.sessionId()), 404, "ERR_NGROK_404");
        NgrokContractIT.assertError(api.delete("/users/" + dave), 404, "ERR_NGROK_404");
        NgrokContractIT.assertError(api.get("/sessions/" + daves.sessionId()), 404, "ERR_NGROK_404");

        assertThat(new Backend(app).access(daves).alive()).isTrue();
        elsewhere.delete();
    }
}
