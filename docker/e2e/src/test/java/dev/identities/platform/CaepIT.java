package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.cluster.Waiting;
import dev.identities.e2e.BulkCall;
import dev.identities.e2e.Http;
import dev.identities.e2e.Receiver;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What receivers of shared signals get from Keycloak's own transmitter when sessions end. */
class CaepIT {

    private static final String REALM = "caep";

    private static final String SESSION_REVOKED = "https://schemas.openid.net/secevent/caep/event-type/session-revoked";

    private static KeycloakServer server;
    private static Realm realm;
    private static App wiki;
    private static Http api;
    private static Http desk;
    private static Stream stream;
    private static String rosa;

    @BeforeAll
    static void server() {
        server = Testbed.start(
                "caep",
                Options.of(Testbed.providerJar())
                        .withArguments(
                                "--features=ssf",
                                "--spi-ssf-transmitter--default--allow-insecure-push-targets=true",
                                "--spi-ssf-transmitter--default--outbox-drainer-interval=1s"));
        realm = Realm.create(
                new AdminClient(server), REALM, Map.of("attributes", Map.of("ssf.transmitterEnabled", "true")));
        wiki = realm.client("wiki");
        rosa = realm.user("rosa", "rosa-password");
        realm.user("mark", "mark-password");
        App siem = realm.program("siem");
        api = Http.ngrok(server.url(), REALM, siem.apiKey());
        desk = Http.ping(server.url(), REALM, "desk", realm.helpDesk("desk").secret())
                .with("X-XSRF-Header", "x");
        stream = Stream.open(receiver("receiver", Map.of()), "{\"method\":\"urn:ietf:rfc:8936\"}");
    }

    private static App receiver(String clientId, Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(Map.of("ssf.enabled", "true", "ssf.defaultSubjects", "ALL"));
        all.putAll(attributes);
        return realm.client(
                clientId, Map.of("attributes", all, "optionalClientScopes", List.of("ssf.read", "ssf.manage")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A receiver's stream. One by push delivery (RFC 8935) has nothing to poll. */
    private record Stream(App receiver, URI endpoint) {

        static Stream open(App receiver, String delivery) {
            Http.Answer answer = Http.at(server.url(), REALM, "/ssf/transmitter")
                    .with("Authorization", "Bearer " + token(receiver))
                    .postJson(
                            "/streams",
                            "{\"delivery\":" + delivery + ",\"events_requested\":[\"" + SESSION_REVOKED + "\"]}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            return new Stream(
                    receiver,
                    URI.create(answer.json().at("/delivery/endpoint_url").asText()));
        }

        private static String token(App receiver) {
            return Http.at(server.url(), REALM, "/protocol/openid-connect")
                    .post(
                            "/token",
                            Map.of(
                                    "grant_type",
                                    "client_credentials",
                                    "client_id",
                                    receiver.clientId(),
                                    "client_secret",
                                    receiver.secret(),
                                    "scope",
                                    "ssf.read ssf.manage"))
                    .json()
                    .get("access_token")
                    .asText();
        }

        /** What is there now, acknowledged. */
        List<JsonNode> poll() {
            Http http = new Http(Http.at(server.url(), REALM, "").client(), endpoint, Map.of())
                    .with("Authorization", "Bearer " + token(receiver));
            JsonNode sets = http.postJson("", "{\"maxEvents\":100,\"returnImmediately\":true}")
                    .json()
                    .get("sets");
            List<JsonNode> events = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            sets.properties().forEach(set -> {
                ids.add("\"" + set.getKey() + "\"");
                events.add(new Tokens(set.getValue().asText(), "", "", "").claims());
            });
            if (!ids.isEmpty()) {
                http.postJson("", "{\"maxEvents\":0,\"returnImmediately\":true,\"ack\":" + ids + "}");
            }
            return events;
        }

        /**
         * The events from now on until there are as many as wanted, and all that come before that of a session that ends
         * after them. The plugin hands events over one after the other, and Keycloak does so within the request.
         */
        List<JsonNode> await(int wanted) throws InterruptedException {
            List<JsonNode> events = new ArrayList<>();
            Waiting.until("events: " + wanted, () -> {
                events.addAll(poll());
                return events.size() >= wanted;
            });
            String marker = new Backend(wiki)
                    .directGrant(new Credentials("mark", "mark-password"))
                    .sessionId();
            assertThat(api.delete("/sessions/" + marker).status()).isEqualTo(204);
            Waiting.until("the event of the last session", () -> {
                events.addAll(poll());
                return events.stream().anyMatch(token -> isOf(marker, token));
            });
            events.removeIf(token -> isOf(marker, token));
            return events;
        }

        private static boolean isOf(String sid, JsonNode token) {
            return token.at("/sub_id/session/id").asText().equals(sid);
        }
    }

    private static Tokens signIn(String... scopes) {
        return new Backend(wiki).directGrant(new Credentials("rosa", "rosa-password"), scopes);
    }

    private static JsonNode event(JsonNode token) {
        return token.get("events").get(SESSION_REVOKED);
    }

    private static void assertTold(JsonNode token, Tokens ended, String by) {
        assertThat(token.at("/sub_id/session/id").asText()).isEqualTo(ended.sessionId());
        assertThat(token.at("/sub_id/user/iss").asText()).isEqualTo(server.url() + "/realms/" + REALM);
        assertThat(token.at("/sub_id/user/sub").asText()).isEqualTo(rosa);
        assertThat(event(token).get("initiating_entity").asText()).isEqualTo(by);
        assertThat(event(token).get("event_timestamp").asLong())
                .isBetween(
                        Instant.now().minusSeconds(120).getEpochSecond(),
                        Instant.now().plusSeconds(5).getEpochSecond());
    }

    @Test
    @DisplayName("DELETE of a session: one event, by an administrator, with the caller's words")
    void session() throws InterruptedException {
        Tokens tokens = signIn();

        assertThat(api.delete("/sessions/" + tokens.sessionId() + "?reason=Stolen%20laptop")
                        .status())
                .isEqualTo(204);

        List<JsonNode> told = stream.await(1);
        assertThat(told).hasSize(1);
        assertTold(told.get(0), tokens, "admin");
        assertThat(event(told.get(0)).at("/reason_admin/en").asText()).isEqualTo("Stolen laptop");
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("DELETE of a user: one event for each session, and one for an online session with its offline twin")
    void user() throws InterruptedException {
        Tokens online = signIn();
        Tokens offline = signIn("offline_access");

        assertThat(api.delete("/users/" + rosa).status()).isEqualTo(204);

        List<JsonNode> told = stream.await(2);
        assertThat(told)
                .extracting(token -> token.at("/sub_id/session/id").asText())
                .containsExactlyInAnyOrder(online.sessionId(), offline.sessionId());
        assertThat(told).allSatisfy(token -> assertThat(event(token).has("reason_admin"))
                .isFalse());
    }

    @Test
    @DisplayName(
            "a bulk revocation: one event for each session that ended, by an administrator, with the caller's words")
    void bulk() throws InterruptedException {
        List<Tokens> ended = List.of(signIn(), signIn());
        Tokens spared = new Backend(wiki).directGrant(new Credentials("mark", "mark-password"));
        String filter = "obj.sid in [\"" + ended.get(0).sessionId() + "\", \""
                + ended.get(1).sessionId() + "\"]";

        Http.Answer answer = BulkCall.endAll(api, filter, "Incident 4711");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("ended").asInt()).isEqualTo(2);

        List<JsonNode> told = stream.await(2);
        assertThat(told).hasSize(2);
        for (Tokens tokens : ended) {
            List<JsonNode> of = told.stream()
                    .filter(token -> Stream.isOf(tokens.sessionId(), token))
                    .toList();
            assertThat(of).hasSize(1);
            assertTold(of.get(0), tokens, "admin");
            assertThat(event(of.get(0)).at("/reason_admin/en").asText()).isEqualTo("Incident 4711");
        }
        assertThat(new Backend(wiki).access(spared).alive()).isTrue();
    }

    @Test
    @DisplayName(
            "a revocation by PingFederate's API: one event, and not Keycloak's own for the LOGOUT event of the audit")
    void pingFederate() throws InterruptedException {
        Tokens tokens = signIn();

        assertThat(desk.post("/sessions/" + tokens.sessionId() + "/revoke").status())
                .isEqualTo(200);

        List<JsonNode> told = stream.await(1);
        assertThat(told).hasSize(1);
        assertTold(told.get(0), tokens, "admin");
        assertThat(realm.events("LOGOUT"))
                .anySatisfy(
                        event -> assertThat(event.path("sessionId").asText()).isEqualTo(tokens.sessionId()));
    }

    @Test
    @DisplayName("Global Token Revocation: one event, by a policy, and not Keycloak's own")
    void globalTokenRevocation() throws InterruptedException {
        Tokens tokens = signIn();

        Http.Answer revoked = Http.globalRevocation(realm.helpDesk("revoker"), rosa);
        assertThat(revoked.status()).as(revoked.body()).isEqualTo(204);

        List<JsonNode> told = stream.await(1);
        assertThat(told).hasSize(1);
        assertTold(told.get(0), tokens, "policy");
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("Keycloak's own DELETE of a session, about which Keycloak tells nobody: one event")
    void consoles() throws InterruptedException {
        Tokens online = signIn();
        realm.admin().delete(realm.path("/sessions/" + online.sessionId()));
        List<JsonNode> told = stream.await(1);
        assertThat(told).hasSize(1);
        assertTold(told.get(0), online, "admin");

        Tokens offline = signIn("offline_access");
        realm.admin().delete(realm.path("/sessions/" + offline.sessionId() + "?isOffline=true"));
        told = stream.await(1);
        assertThat(told).hasSize(1);
        assertTold(told.get(0), offline, "admin");
    }

    @Test
    @DisplayName("sign out all sessions of a realm, about which Keycloak tells nobody: one event for each")
    void logoutAll() throws InterruptedException {
        assertThat(api.delete("/users/" + rosa).status()).isIn(204, 404);
        List<JsonNode> unused = stream.await(0);
        Tokens first = signIn();
        Tokens second = signIn();

        realm.admin().post(realm.path("/logout-all"), null);

        assertThat(stream.await(2))
                .extracting(token -> token.at("/sub_id/session/id").asText())
                .contains(first.sessionId(), second.sessionId())
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("the account console's sign-out, at which Keycloak's own transmitter breaks: one event, by the user")
    void accountConsole() throws InterruptedException {
        Tokens other = signIn();
        Tokens own = signIn();

        assertThat(Http.at(server.url(), REALM, "/account")
                        .with("Authorization", "Bearer " + own.accessToken())
                        .with("Accept", "application/json")
                        .delete("/sessions/" + other.sessionId())
                        .status())
                .isEqualTo(204);

        List<JsonNode> told = stream.await(1);
        assertThat(told).hasSize(1);
        assertTold(told.get(0), other, "user");
    }

    @Test
    @DisplayName("an application's logout, about which Keycloak tells itself: one event, and not a second one of ours")
    void keycloaksOwn() throws InterruptedException {
        Tokens tokens = signIn();

        new Backend(wiki).logout(tokens);

        List<JsonNode> told = stream.await(1);
        assertThat(told).hasSize(1);
        assertTold(told.get(0), tokens, "user");
    }

    /** A stream that Keycloak pushes to a receiver. */
    private static void push(String clientId, Receiver to) {
        Stream unused = Stream.open(
                receiver(clientId, Map.of("ssf.validPushUrls", to.url())),
                "{\"method\":\"urn:ietf:rfc:8935\",\"endpoint_url\":\"" + to.url() + "\"}");
    }

    /** What was pushed about a session. The bodies are the signed tokens (RFC 8935, 2). */
    private static List<JsonNode> pushed(Receiver to, Tokens about) {
        return to.requests().stream()
                .map(request -> new Tokens(request.substring(request.lastIndexOf(' ') + 1), "", "", "").claims())
                .filter(token -> Stream.isOf(about.sessionId(), token))
                .toList();
    }

    @Test
    @DisplayName("a receiver by push gets one event for a session, and a receiver that hangs holds up no answer")
    void pushed() throws InterruptedException {
        try (Receiver receiver = Receiver.answering(202);
                Receiver hanging = Receiver.hanging()) {
            push("hanging", hanging);
            push("pushed", receiver);
            Tokens first = signIn();
            Tokens second = signIn();

            assertThat(api.delete("/sessions/" + first.sessionId() + "?reason=Stolen%20laptop")
                            .status())
                    .isEqualTo(204);
            Waiting.until("the receiver that hangs has the event", () -> !pushed(hanging, first)
                    .isEmpty());
            Instant held = Instant.now();
            assertThat(desk.post("/sessions/" + second.sessionId() + "/revoke").status())
                    .isEqualTo(200);
            assertThat(Duration.between(held, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(List.of(first, second))
                    .allMatch(tokens -> new Backend(wiki).access(tokens).lost());

            Waiting.until(
                    "both events",
                    () -> !pushed(receiver, first).isEmpty()
                            && !pushed(receiver, second).isEmpty());
            // An event twice would come with the next one.
            Tokens last = signIn();
            assertThat(api.delete("/sessions/" + last.sessionId()).status()).isEqualTo(204);
            Waiting.until("the last event", () -> !pushed(receiver, last).isEmpty());
            for (Tokens ended : List.of(first, second, last)) {
                List<JsonNode> told = pushed(receiver, ended);
                assertThat(told).hasSize(1);
                assertTold(told.get(0), ended, "admin");
            }
            assertThat(event(pushed(receiver, first).get(0))
                            .at("/reason_admin/en")
                            .asText())
                    .isEqualTo("Stolen laptop");
            List<JsonNode> unused = stream.await(3);
        } finally {
            for (String clientId : List.of("hanging", "pushed")) {
                realm.admin().delete(realm.path("/clients/" + realm.clientUuid(clientId)));
            }
        }
    }

    @Test
    @DisplayName("a realm that does not transmit tells nobody, and its revocations are as ever")
    void off() throws InterruptedException {
        realm.attribute("ssf.transmitterEnabled", "false");
        try {
            Tokens tokens = signIn();
            assertThat(api.delete("/sessions/" + tokens.sessionId()).status()).isEqualTo(204);
            assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        } finally {
            realm.attribute("ssf.transmitterEnabled", "true");
        }
        assertThat(stream.await(0)).isEmpty();
    }
}
