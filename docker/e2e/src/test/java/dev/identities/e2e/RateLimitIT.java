package dev.identities.e2e;

import static dev.identities.e2e.SessionManagementIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How often a client may ask by user key, where the realm limits that. */
class RateLimitIT {

    private static final String SETTING = "identities.user-key-rate-limit";

    private static Realm realm;
    private static App wiki;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("ratelimit");
        wiki = realm.client("wiki");
        realm.user("grace", "grace-password");
    }

    @AfterEach
    void defaults() {
        realm.attribute(SETTING, null);
    }

    /** Limits are counted for each client: every test has its own. */
    private static Http desk(String clientId) {
        App client = realm.helpDesk(clientId);
        return Http.ping(Testbed.server().url(), "ratelimit", client.clientId(), client.secret())
                .with("X-XSRF-Header", "x");
    }

    @Test
    @DisplayName(
            "one request too many is 429 and says when to come back, and ends nothing; other clients are not held up")
    void limited() {
        realm.attribute(SETTING, "3");
        Http desk = desk("eager");
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.90").signIn(wiki, SignIn.as("grace", "grace-password"));
        assertThat(desk.get("/users/grace").status()).isEqualTo(200);
        assertThat(desk.get("/users?user_key=grace").status()).isEqualTo(200);
        assertThat(desk.post("/users/nobody/revoke").status()).isEqualTo(200);

        for (Http.Answer answer : new Http.Answer[] {
            desk.get("/users/grace"), desk.get("/users?user_key=grace"), desk.post("/users/grace/revoke")
        }) {
            assertError(answer, 429, "too_many_requests");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 20);
        }
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        assertThat(desk("calm").post("/users/grace/revoke").status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("calls by SRI and of the revocation list are not counted, nor are refused callers")
    void otherCalls() {
        realm.attribute(SETTING, "1");
        Http desk = desk("poller");
        String sri = "NEVER-THERE-".repeat(2);
        for (int i = 0; i < 5; i++) {
            assertThat(desk.get("/sessions/" + sri).status()).isEqualTo(200);
            assertThat(desk.post("/sessions/" + sri + "/extend").status()).isEqualTo(200);
            assertThat(desk.get("/revokedSris/" + sri).status()).isEqualTo(404);
            assertThat(desk.with("Authorization", Http.basic("poller", "wrong"))
                            .get("/users/grace")
                            .status())
                    .isEqualTo(401);
        }

        assertThat(desk.get("/users/grace").status()).isEqualTo(200);
        assertThat(desk.get("/users/grace").status()).isEqualTo(429);
    }

    @Test
    @DisplayName("there is no limit unless the realm sets a number")
    void offByDefault() {
        Http desk = desk("busy");
        for (String value : new String[] {null, "0", "-1", "many"}) {
            realm.attribute(SETTING, value);
            for (int i = 0; i < 10; i++) {
                assertThat(desk.get("/users/grace").status()).isEqualTo(200);
            }
        }
    }
}
