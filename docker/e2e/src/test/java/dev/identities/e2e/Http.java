package dev.identities.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.identities.testbed.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plain HTTP calls to our APIs: what goes over the wire is in the test, not in a client library. */
public record Http(HttpClient client, URI base, Map<String, String> headers) {

    private static final JsonMapper JSON = new JsonMapper();
    static final HttpClient PLAIN =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer, read as JSON when it is JSON. */
    public record Answer(int status, String body, HttpHeaders headers) {
        /** The body. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** The names of the body's members, in their order. */
        public List<String> members() {
            List<String> names = new ArrayList<>();
            json().fieldNames().forEachRemaining(names::add);
            return names;
        }
    }

    /** Anything below a realm's address, without a credential. */
    public static Http at(URI server, String realm, String api) {
        return new Http(PLAIN, URI.create(server + "/realms/" + realm + api), Map.of());
    }

    /** ngrok's API with its version header and a bearer credential. */
    public static Http ngrok(URI server, String realm, String bearer) {
        return at(server, realm, "/app").with("ngrok-version", "2").with("Authorization", "Bearer " + bearer);
    }

    /** The same as the admin console finds it. */
    static Http console(URI server, String realm, String token) {
        return new Http(PLAIN, URI.create(server + "/admin/realms/" + realm + "/identities"), Map.of())
                .with("ngrok-version", "2")
                .with("Authorization", "Bearer " + token);
    }

    /** PingFederate's API as a client that authenticates by HTTP Basic. */
    public static Http ping(URI server, String realm, String clientId, String secret) {
        return at(server, realm, "/pf-ws/rest/sessionMgmt").with("Authorization", basic(clientId, secret));
    }

    /** Global Token Revocation as an OAuth client that names a person by the user's id. */
    public static Answer globalRevocation(App client, String userId) {
        return at(client.server(), client.realm(), "/app")
                .with("Authorization", basic(client.clientId(), client.secret()))
                .postJson("/global-token-revocation", json(Map.of("sub_id", Map.of("format", "opaque", "id", userId))));
    }

    public static String basic(String clientId, String secret) {
        return "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** A value as JSON. */
    public static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parameters for a query or a form. */
    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** For a path segment or a query, by RFC 3986: what Java's form encoder does differently is put right. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }

    /** The same with one more header. */
    public Http with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Http(client, base, more);
    }

    Http without(String header) {
        Map<String, String> fewer = new TreeMap<>(headers);
        fewer.remove(header);
        return new Http(client, base, fewer);
    }

    Http through(HttpClient other, URI server) {
        return new Http(other, URI.create(server + base.getRawPath()), headers);
    }

    /** Gets the resource at a path. */
    public Answer get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    /** Deletes the resource at a path. */
    public Answer delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }

    /** Without a body. */
    public Answer post(String path) {
        return send("POST", path, HttpRequest.BodyPublishers.noBody());
    }

    /** With a form. */
    public Answer post(String path, Map<String, String> form) {
        return with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", path, HttpRequest.BodyPublishers.ofString(query(form)));
    }

    /** With a body of JSON. */
    public Answer postJson(String path, String json) {
        return with("Content-Type", "application/json").send("POST", path, HttpRequest.BodyPublishers.ofString(json));
    }

    Answer send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response =
                    client.send(request.method(method, body).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
