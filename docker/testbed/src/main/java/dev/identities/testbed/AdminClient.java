package dev.identities.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.KeycloakServer.Credentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Keycloak's Admin REST API as an administrator. Paths are those below {@code /admin/realms}, encoded by the caller:
 * {@code /acme/users?username=alice}. The token is renewed when it is old.
 */
public final class AdminClient {

    /** Tokens of admin-cli live for a minute. */
    private static final Duration RENEW_AFTER = Duration.ofSeconds(40);

    private final HttpClient http = Wire.client();
    private final URI server;
    private final String realm;
    private final Credentials administrator;

    private String token = "";
    private Instant renew = Instant.MIN;

    /** As the master realm's administrator. */
    public AdminClient(KeycloakServer server) {
        this(server.url(), "master", server.administrator());
    }

    /** As a user of some realm who has admin roles there. */
    public AdminClient(URI server, String realm, Credentials administrator) {
        this.server = server;
        this.realm = realm;
        this.administrator = administrator;
    }

    /** The server's base URL. */
    public URI server() {
        return server;
    }

    /** An access token of this administrator, fresh enough for a call. */
    public synchronized String token() {
        if (Instant.now().isAfter(renew)) {
            Map<String, String> form = Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "admin-cli",
                    "username",
                    administrator.username(),
                    "password",
                    administrator.password());
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(server + "/realms/" + realm + "/protocol/openid-connect/token"))
                    .timeout(Wire.TIMEOUT)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(Wire.form(form)))
                    .build();
            token = Wire.parse(expect(Wire.send(http, request)).body())
                    .get("access_token")
                    .asText();
            renew = Instant.now().plus(RENEW_AFTER);
        }
        return token;
    }

    /** What is at a path. */
    public JsonNode get(String path) {
        return Wire.parse(expect(send("GET", path, null)).body());
    }

    /** Whether there is something at a path (404: no). */
    public boolean exists(String path) {
        HttpResponse<String> response = send("GET", path, null);
        return response.statusCode() != 404 && expect(response) != null;
    }

    /** Creates something; answers its id as named by the Location header, or nothing. */
    public String post(String path, Object body) {
        String location = expect(send("POST", path, body))
                .headers()
                .firstValue("Location")
                .orElse("");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** Replaces something. */
    public void put(String path, Object body) {
        expect(send("PUT", path, body));
    }

    /** Deletes something. */
    public void delete(String path) {
        expect(send("DELETE", path, null));
    }

    /** Any call, any answer. The body is written as JSON; null: no body. */
    public HttpResponse<String> send(String method, String path, Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + "/admin/realms" + path))
                .timeout(Wire.TIMEOUT)
                .header("Authorization", "Bearer " + token());
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(Wire.write(body)));
        }
        return Wire.send(http, request.build());
    }

    private static HttpResponse<String> expect(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new UnexpectedStatus(response);
        }
        return response;
    }
}
