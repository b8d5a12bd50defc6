package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.e2e.Http;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A realm with an identity provider whose people it does not store. Tess and Ursula come from there. Bob has an account
 * here. The server needs the feature {@code transient-users}.
 */
record TransientPeople(Realm realm, App wiki, Http api, Http desk, Tokens tess, Tokens ursula, Tokens bob) {

    static TransientPeople create(KeycloakServer server, AdminClient admin) {
        Realm partner = Realm.create(admin, "transient-partner", Map.of());
        partner.user("tess", "password");
        partner.user("ursula", "password");
        Realm realm = Realm.create(admin, "transient", Map.of());
        realm.identityProvider("partner", partner, Map.of("doNotStoreUsers", "true"));
        realm.user("bob", "password");
        App wiki = realm.client("wiki");
        App desk = realm.helpDesk("desk");
        return new TransientPeople(
                realm,
                wiki,
                Http.ngrok(server.url(), "transient", realm.program("siem").apiKey()),
                Http.ping(server.url(), "transient", "desk", desk.secret()).with("X-XSRF-Header", "x"),
                signIn(wiki, "tess"),
                signIn(wiki, "ursula"),
                new Browser(Browser.DESKTOP, "203.0.113.182").signIn(wiki, SignIn.as("bob", "password")));
    }

    private static Tokens signIn(App wiki, String name) {
        return new Browser(Browser.DESKTOP, "203.0.113.180")
                .signIn(wiki, SignIn.as(name, "password").through("partner"));
    }

    private List<JsonNode> users(String query) {
        JsonNode page = api.get("/users?" + query).json().get("application_users");
        return StreamSupport.stream(page.spliterator(), false).toList();
    }

    private List<String> names(String query) {
        return users(query).stream()
                .map(user -> user.get("username").asText())
                .sorted()
                .toList();
    }

    /** In all lists, with who they are. */
    void areShown() {
        for (String query : List.of("limit=9", "order_by=last_active")) {
            assertThat(names(query)).as(query).containsExactly("bob", "tess", "ursula");
        }
        assertThat(names("identity_provider=partner")).containsExactly("tess", "ursula");
        JsonNode user = users("search=tess").get(0);
        // The id is encoded where the session's has an underscore.
        String id = "lightweight-" + tess.sessionId();
        assertThat(user.get("id").asText())
                .isIn(
                        "usr_" + id,
                        "usr_x_"
                                + Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(id.getBytes(StandardCharsets.UTF_8)));
        assertThat(user.get("email").asText()).isEqualTo("tess@transient-partner.example");
        assertThat(user.get("name").asText()).isEqualTo("tess Tester");
        assertThat(user.get("enabled").asBoolean()).isTrue();
        assertThat(user.get("account").asText()).isEqualTo("transient");
        assertThat(users("search=bob").get(0).get("account").asText()).isEqualTo("stored");
        JsonNode session = api.get("/sessions/" + tess.sessionId()).json();
        assertThat(session.at("/application_user/username").asText()).isEqualTo("tess");
        assertThat(session.get("suspended").isNull()).isTrue();
        assertThat(desk.get("/sessions/" + tess.sessionId())
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("HAS_VALID_SESSIONS");
    }

    /** By all that a search looks at, and by user key. */
    void areFound() {
        assertThat(names("search=tess@transient-partner.example")).containsExactly("tess");
        assertThat(names("search=TE")).containsExactly("bob", "tess", "ursula");
        assertThat(names("search=te%20urs")).containsExactly("ursula");
        assertThat(names("search=*urs*example")).containsExactly("ursula");
        assertThat(names("search=%22tess%22")).containsExactly("tess");
        assertThat(names("search=ess")).isEmpty();
        JsonNode first = api.get("/users?search=te&limit=1").json();
        assertThat(first.get("application_users")).hasSize(1);
        assertThat(first.get("next_page_uri").isNull()).isFalse();
        assertThat(desk.get("/users/TESS").json().get("sessions")).hasSize(1);
        assertThat(desk.get("/users/nobody").json().get("sessions")).isEmpty();
    }

    /** By user key, whatever it is made of, and by id. Everybody else keeps their access. */
    void areEnded() {
        Backend backend = new Backend(wiki);
        assertThat(backend.access(tess).alive()).isTrue();
        revoke("tess");
        assertThat(backend.access(tess).lost()).isTrue();
        assertThat(names("search=tess")).isEmpty();
        assertThat(backend.access(ursula).alive()).isTrue();

        realm.attribute("identities.user-key-attribute", "email");
        revoke("Ursula@transient-partner.example");
        assertThat(backend.access(ursula).lost()).isTrue();

        Tokens again = signIn(wiki, "tess");
        realm.attribute("identities.user-key-attribute", "id");
        revoke("lightweight-" + again.sessionId());
        assertThat(backend.access(again).lost()).isTrue();

        Tokens last = signIn(wiki, "tess");
        String id = users("search=tess").get(0).get("id").asText();
        assertThat(api.delete("/users/" + id).status()).isEqualTo(204);
        assertThat(backend.access(last).lost()).isTrue();
        assertThat(backend.access(bob).alive()).isTrue();
        assertThat(names("limit=9")).containsExactly("bob");
    }

    private void revoke(String key) {
        assertThat(desk.post("/users/" + key + "/revoke").status()).isEqualTo(200);
    }
}
