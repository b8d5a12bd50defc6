package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application of PingFederate's, moved here: it knows the issuer, its credentials, and nothing else of Keycloak. */
class MigrationIT {

    @Test
    @Tag("container-smoke")
    @DisplayName("discovery, sign-in, pi.sri from the token, query, extend, revoke, poll: all by the names it knew")
    void movedApplication() throws InterruptedException {
        Realm realm = Testbed.realm("migration");
        realm.user("grace", "grace-password");
        SriClaimIT.offerSri(realm, Map.of());
        App app = realm.client(
                "moved",
                Map.of(
                        "defaultClientScopes",
                        List.of("openid", "basic", "profile", SriClaimIT.SCOPE),
                        "attributes",
                        Map.of(
                                "identities.session-management-api", "true",
                                "identities.session-revocation-api", "true")));

        // From here on: the issuer, client id and secret.
        String issuer = Testbed.server().url() + "/realms/migration";
        JsonNode discovery = caller(app, URI.create(issuer))
                .get("/.well-known/openid-configuration")
                .json();
        assertThat(discovery.get("issuer").asText()).isEqualTo(issuer);
        Http sessions = caller(app, uri(discovery, "ping_session_management_sris_endpoint"));
        Http users = caller(app, uri(discovery, "ping_session_management_users_endpoint"));
        Http revokedSris = caller(app, uri(discovery, "ping_revoked_sris_endpoint"));
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.85");
        Tokens tokens = browser.signIn(app, SignIn.as("grace", "grace-password"));
        String sri = tokens.claims().get("pi.sri").asText();

        JsonNode queried = sessions.get("/" + sri).json();
        assertThat(queried.get("sri").asText()).isEqualTo(sri);
        assertThat(queried.get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(users.get("/grace").json().get("sri").asText()).isEqualTo(sri);
        assertThat(revokedSris.get("/" + sri).status()).isEqualTo(404);

        Thread.sleep(1_100);
        Http.Answer extended = sessions.post("/" + sri + "/extend");
        assertThat(extended.status()).as(extended.body()).isEqualTo(200);
        assertThat(extended.json().get("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(instant(extended.json(), "/lastActivityTime")).isAfter(instant(queried, "/lastActivityTime"));
        assertThat(instant(extended.json(), "/authnSessions/0/idleTimeout"))
                .isAfter(instant(queried, "/authnSessions/0/idleTimeout"));
        assertThat(extended.json().at("/authnSessions/0/maxTimeout"))
                .isEqualTo(queried.at("/authnSessions/0/maxTimeout"));

        assertThat(sessions.post("/" + sri + "/revoke").status()).isEqualTo(200);

        Http.Answer listed = revokedSris.get("/" + sri);
        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.json().get("id").asText()).isEqualTo(sri);
        assertThat(sessions.get("/" + sri).json().get("status").asText()).isEqualTo("SESSION_REVOKED");
        assertThat(sessions.post("/" + sri + "/extend").json().get("status").asText())
                .isEqualTo("SESSION_REVOKED");
        assertThat(users.get("/grace").json().path("sri").isMissingNode()).isTrue();
        assertThat(new Backend(app).access(tokens).lost()).isTrue();
        assertThat(browser.visit(app)).isEmpty();

        // A gateway puts an SRI on the list that no other part knows.
        Http.Answer added = revokedSris
                .with("Content-Type", "application/json")
                .send("POST", "", HttpRequest.BodyPublishers.ofString("{\"id\":\"abc123\"}"));
        assertThat(added.status()).isEqualTo(201);
        assertThat(revokedSris.get("/abc123").status()).isEqualTo(200);
    }

    private static Http caller(App app, URI base) {
        return new Http(Http.PLAIN, base, Map.of())
                .with("Authorization", Http.basic(app.clientId(), app.secret()))
                .with("X-XSRF-Header", "PingFederate");
    }

    private static URI uri(JsonNode discovery, String member) {
        assertThat(discovery.path(member).isTextual()).as(member).isTrue();
        return URI.create(discovery.get(member).asText());
    }

    private static Instant instant(JsonNode session, String pointer) {
        return Instant.parse(session.at(pointer).asText());
    }
}
