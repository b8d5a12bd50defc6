package dev.identities.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.Browser.SignIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shortest way through both APIs: what must work wherever the server runs. */
@Tag("container-smoke")
final class SmokeIT {

    private static final SignIn ALICE = SignIn.as("alice", "alice-password");
    private static final String HOME = "203.0.113.5";

    private final HttpClient http = Wire.client();

    @Test
    @DisplayName("an administrator sees who has signed in and from where, and ends the session")
    void administrator() {
        Realm realm = Testbed.realm("smoke-app");
        realm.user("alice", "alice-password");
        App wiki = realm.client("wiki");
        Tokens tokens = new Browser(Browser.DESKTOP, HOME).signIn(wiki, ALICE);
        String sessions = Testbed.server().url() + "/realms/smoke-app/app/sessions";

        JsonNode listed = json(asAdministrator("GET", sessions)).get("application_sessions");

        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).at("/browser_session/ip_address").asText()).isEqualTo(HOME);
        assertThat(listed.get(0).at("/browser_session/user_agent/raw").asText()).isEqualTo(Browser.DESKTOP);

        String session = sessions + "/" + listed.get(0).get("id").asText();
        assertThat(asAdministrator("DELETE", session).statusCode()).isEqualTo(204);

        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(json(asAdministrator("GET", sessions)).get("application_sessions"))
                .isEmpty();
    }

    @Test
    @DisplayName("the help desk finds somebody by name, and ends all she has")
    void helpDesk() {
        Realm realm = Testbed.realm("smoke-desk");
        realm.user("alice", "alice-password");
        App wiki = realm.client("wiki");
        App desk = realm.client("desk", Map.of("attributes", Map.of("identities.session-management-api", "true")));
        Tokens tokens = new Browser(Browser.PHONE, HOME).signIn(wiki, ALICE);
        String alice = Testbed.server().url() + "/realms/smoke-desk/pf-ws/rest/sessionMgmt/users/alice";

        JsonNode found = json(asClient(desk, "GET", alice));

        assertThat(found.path("status").asText()).isEqualTo("HAS_VALID_SESSIONS");
        assertThat(found.path("sri").asText()).isEqualTo(tokens.sessionId());
        assertThat(asClient(desk, "POST", alice + "/revoke").statusCode()).isEqualTo(200);

        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(json(asClient(desk, "GET", alice)).path("sri").isMissingNode())
                .isTrue();
    }

    private HttpResponse<String> asAdministrator(String method, String url) {
        return send(method, url, "Bearer " + Testbed.admin().token());
    }

    private HttpResponse<String> asClient(App app, String method, String url) {
        return send(method, url, "Basic " + app.apiKey());
    }

    private HttpResponse<String> send(String method, String url, String authorization) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Wire.TIMEOUT)
                .header("Authorization", authorization)
                .header("ngrok-version", "2")
                .header("X-XSRF-Header", "help desk")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return Wire.send(http, request);
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Wire.parse(response.body());
    }
}
