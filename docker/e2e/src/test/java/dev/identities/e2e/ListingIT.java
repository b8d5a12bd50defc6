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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lists stay right while sessions come, go and expire. */
class ListingIT {

    private static Realm realm;
    private static App wiki;
    private static Http api;
    private static String peggy;

    @BeforeAll
    static void realm() {
        Realm partner = Testbed.realm("listing-partner");
        partner.user("quinn", "quinn-password");
        realm = Testbed.realm("listing");
        realm.identityProvider("partner", partner, Map.of());
        wiki = realm.client("wiki");
        peggy = realm.user("peggy", "peggy-password");
        App siem = realm.program("siem");
        api = Http.ngrok(Testbed.server().url(), "listing", siem.apiKey());
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        realm.admin().post(realm.path("/logout-all"), Map.of());
    }

    private static Tokens grant() {
        return new Backend(wiki).directGrant(new Credentials("peggy", "peggy-password"));
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.get("application_sessions").spliterator(), false)
                .map(session -> session.get("id").asText())
                .toList();
    }

    @Test
    @DisplayName("a walk misses nothing and repeats nothing while sessions are made and ended between its pages")
    void whilePaging() throws InterruptedException {
        List<String> sids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sids.add(grant().sessionId());
        }
        List<String> whole = ids(api.get("/sessions").json());
        List<String> walked = new ArrayList<>(ids(api.get("/sessions?limit=4").json()));
        // Newer ones do not shift the walk, and neither does the end of the very item that it stands on.
        // One of the same second has its place among the others, by its id.
        Thread.sleep(1_000);
        grant();
        assertThat(api.delete("/sessions/" + walked.get(3)).status()).isEqualTo(204);
        assertThat(api.delete("/sessions/" + walked.get(0)).status()).isEqualTo(204);
        JsonNode page = api.get("/sessions?limit=4&before_id=" + walked.get(3)).json();
        walked.addAll(ids(page));
        while (!page.get("next_page_uri").isNull()) {
            page = api.get("/sessions?limit=4&before_id=" + walked.get(walked.size() - 1))
                    .json();
            walked.addAll(ids(page));
        }

        assertThat(walked).isEqualTo(whole);
        assertThat(sids).hasSize(12);
    }

    @Test
    @DisplayName("remembered, plain and offline sessions of one second stand side by side, each once")
    void branches() {
        for (int i = 0; i < 3; i++) {
            new Browser(Browser.DESKTOP, "203.0.113.110").signIn(wiki, SignIn.as("peggy", "peggy-password"));
            new Browser(Browser.DESKTOP, "203.0.113.110")
                    .signIn(wiki, SignIn.as("peggy", "peggy-password").remembered());
            new Backend(wiki).directGrant(new Credentials("peggy", "peggy-password"), "offline_access");
        }
        for (int limit = 1; limit <= 9; limit++) {
            List<String> walked = new ArrayList<>();
            String next = "/sessions?limit=" + limit;
            while (next != null) {
                JsonNode page = api.get(next).json();
                walked.addAll(ids(page));
                JsonNode uri = page.get("next_page_uri");
                next = uri.isNull()
                        ? null
                        : uri.asText().substring(api.base().toString().length());
            }
            assertThat(walked).as("limit " + limit).hasSize(9).doesNotHaveDuplicates();
        }
        assertThat(api.get("/users/" + peggy).json().get("sessions_count").asInt())
                .isEqualTo(9);
    }

    @Test
    @DisplayName("a session that is over by the realm's settings is neither listed, counted nor shown")
    void expired() throws InterruptedException {
        Tokens tokens = grant();
        Thread.sleep(2100);
        realm.update(Map.of("ssoSessionMaxLifespan", 1));
        assertGone(tokens);
        realm.update(Map.of("ssoSessionMaxLifespan", 36000, "ssoSessionIdleTimeout", 1));
        assertGone(tokens);
        realm.update(Map.of("ssoSessionIdleTimeout", 1800));
        assertThat(ids(api.get("/sessions").json())).hasSize(1);
    }

    @Test
    @DisplayName("a session that is over is ended by DELETE and stays away when the limit is raised; others come back")
    void overIsEnded() throws InterruptedException {
        Tokens ended = grant();
        Tokens other = grant();
        Thread.sleep(2100);
        realm.update(Map.of("ssoSessionIdleTimeout", 1));
        assertThat(api.get("/sessions/" + ended.sessionId()).status()).isEqualTo(404);
        assertThat(api.delete("/sessions/" + ended.sessionId()).status()).isEqualTo(204);
        realm.update(Map.of("ssoSessionIdleTimeout", 1800));

        assertThat(new Backend(wiki).access(ended).lost()).isTrue();
        assertThat(new Backend(wiki).access(other).alive()).isTrue();
    }

    @Test
    @DisplayName("remembered sessions are over when the realm stops remembering")
    void noLongerRemembered() {
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.111")
                .signIn(wiki, SignIn.as("peggy", "peggy-password").remembered());
        realm.update(Map.of("rememberMe", false));
        assertGone(tokens);
        realm.update(Map.of("rememberMe", true));
        assertThat(api.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("sessions that came through an identity provider are over when that is removed")
    void removedIdentityProvider() {
        Tokens tokens = new Browser(Browser.DESKTOP, "203.0.113.112")
                .signIn(wiki, SignIn.as("quinn", "quinn-password").through("partner"));
        assertThat(api.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(200);
        realm.admin().delete(realm.path("/identity-provider/instances/partner"));
        assertGone(tokens);
    }

    private static void assertGone(Tokens tokens) {
        assertThat(ids(api.get("/sessions").json())).isEmpty();
        assertThat(api.get("/users").json().get("application_users")).isEmpty();
        for (String filter : List.of("order_by=last_active", "search=peggy", "identity_provider=partner")) {
            JsonNode page = api.get("/users?" + filter).json();
            assertThat(page.get("application_users")).isEmpty();
            assertThat(page.get("next_page_uri").isNull()).isTrue();
        }
        assertThat(api.get("/sessions/" + tokens.sessionId()).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("sessions of a deleted client are still shown, and can be ended")
    void deletedClient() {
        App gone = realm.client("gone");
        new Browser(Browser.DESKTOP, "203.0.113.113").signIn(gone, SignIn.as("peggy", "peggy-password"));
        realm.admin().delete(realm.path("/clients/" + realm.clientUuid("gone")));

        JsonNode session = api.get("/sessions").json().at("/application_sessions/0");
        assertThat(session.get("public_url").asText())
                .isEqualTo(Testbed.server().url() + "/realms/listing/account");
        assertThat(api.delete("/sessions/" + session.get("id").asText()).status())
                .isEqualTo(204);
    }

    @Test
    @DisplayName("looking changes nothing: neither last activity nor expiry of a session")
    void readOnly() throws InterruptedException {
        Tokens tokens = grant();
        JsonNode before = api.get("/sessions/" + tokens.sessionId()).json();
        Thread.sleep(1100);
        assertThat(api.get("/users").status()).isEqualTo(200);
        assertThat(api.get("/users/" + peggy).status()).isEqualTo(200);
        assertThat(api.get("/sessions/" + tokens.sessionId()).json()).isEqualTo(before);
    }
}
