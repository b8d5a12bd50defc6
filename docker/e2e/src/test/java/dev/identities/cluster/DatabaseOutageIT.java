package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.cluster.Tenant.Person;
import dev.identities.e2e.Http;
import dev.identities.e2e.Http.Answer;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend.Access;
import dev.identities.testbed.ClientPolicy;
import dev.identities.testbed.ClientPolicy.Part;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Tokens;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The database stops in the middle of revocations of many sessions, and comes back. */
class DatabaseOutageIT {

    /** As the plugin has them: a call for many sessions ends so many before it tells of progress. */
    private static final int IN_ONE_BATCH = 250;

    private static Tenant tenant;
    private static Person olga;
    private static Person otto;
    private static Person bystander;

    @BeforeAll
    static void realm() {
        tenant = Tenant.create(Cluster.shared(), "outage");
        olga = tenant.person("olga");
        otto = tenant.person("otto");
        bystander = tenant.person("bystander");
    }

    @Test
    @DisplayName(
            "503 in the shape of each API; what is reported revoked is, what was not begun is whole; without a restart "
                    + "the nodes recover, and the repeated call ends the rest")
    void stoppedDuringRevokes() throws Exception {
        List<Tokens> olgas = olga.signIn(Rows.MANY);
        List<Tokens> ottos = otto.signIn(Rows.MANY);
        Tokens bystanders = bystander.signIn(Node.ONE);
        List<String> restOfOlga = Rows.rest(Rows.inOrder(olga));
        List<String> restOfOtto = Rows.rest(Rows.inOrder(otto));

        AdminClient manager = tenant.realm().administrator("manager", "view-users", "manage-users");
        tenant.realm().update(Map.of("accessTokenLifespan", 3600));
        String token = manager.token();
        Credentials judged = judgedClient();

        try {
            stopInTheMiddle();
            for (Node node : Node.values()) {
                assertAppUnavailable(bearer(node, token).get("/users/" + olga.id()));
                assertAppUnavailable(bearer(node, token).delete("/users/" + olga.id()));
                assertPingUnavailable(ping(node, judged).get("/users/otto"));
                assertPingUnavailable(ping(node, judged).post("/users/otto/revoke"));
                assertAppUnavailable(tenant.app(node).get("/users/" + olga.id() + "/sessions"));
                assertAppUnavailable(revokeByApp(node));
                assertPingUnavailable(tenant.ping(node).get("/users/otto"));
                assertPingUnavailable(revokeByPing(node));
            }
        } finally {
            tenant.cluster().database().start();
        }
        awaitRecovery();

        assertConsistent(
                olga, olgas, restOfOlga, reported(Node.ONE, "event=SESSION_REVOKED status=success .* session=(\\S+)"));
        assertConsistent(otto, ottos, restOfOtto, reported(Node.TWO, "event=SRI_REVOKED status=success .* sri=(\\S+)"));
        assertStatus(revokeByApp(Node.TWO), 204);
        assertStatus(revokeByPing(Node.ONE), 200);
        assertEnded(olga, olgas);
        assertEnded(otto, ottos);
        for (Node node : Node.values()) {
            assertThat(tenant.backend(node).access(bystanders).alive()).isTrue();
        }
    }

    @Test
    @DisplayName("a bulk call: what is reported ended is, all others are reported as not ended, and the repeated call "
            + "ends them")
    void stoppedDuringBulk() throws Exception {
        Person crowd = tenant.person("crowd");
        List<Tokens> older = crowd.signIn(Rows.MANY);
        // The newest come first, and times of sessions are in seconds.
        Thread.sleep(1_100);
        List<Tokens> newer = crowd.signIn(IN_ONE_BATCH);
        Tokens bystanders = bystander.signIn(Node.ONE);

        Answer answer;
        try {
            answer = stopInTheSecondBatch(crowd, older);
        } finally {
            tenant.cluster().database().start();
        }
        awaitRecovery();

        assertStatus(answer, 207);
        assertThat(answer.json().get("ended").asInt()).isEqualTo(IN_ONE_BATCH);
        assertThat(answer.json().get("failed")).hasSize(Rows.MANY);
        assertThat(revoked(answer)).isEqualTo(Tenant.sids(newer));
        assertThat(Tenant.sids(older)).containsAll(Rows.of(crowd));
        for (Node node : Node.values()) {
            assertThat(newer).allMatch(tokens -> tenant.lost(node, tokens));
            // The locks are gone as well, so transactions that waited for them may have begun.
            assertThat(older)
                    .filteredOn(tokens -> tenant.backend(node).access(tokens).alive())
                    .hasSizeGreaterThanOrEqualTo(Rows.MANY - Rows.WAITED_FOR);
        }
        assertStatus(crowd.endInBulk(Node.TWO), 200);
        assertEnded(crowd, older);
        for (Node node : Node.values()) {
            assertThat(tenant.backend(node).access(bystanders).alive()).isTrue();
        }
    }

    private static Answer stopInTheSecondBatch(Person crowd, List<Tokens> older) throws Exception {
        try (Connection held = Rows.hold(crowd, Tenant.sids(older))) {
            CompletableFuture<Answer> call = CompletableFuture.supplyAsync(() -> crowd.endInBulk(Node.ONE));
            Waiting.until("the first batch is gone", () -> Rows.of(crowd).size() == Rows.MANY);
            Waiting.until("the second is waited for", () -> Rows.waiting(crowd) == Rows.WAITED_FOR);
            assertThat(held.isClosed()).isFalse();
            tenant.cluster().database().stop();
            return call.join();
        }
    }

    /** The sessions that an answer reports as ended. */
    private static Set<String> revoked(Answer answer) {
        Set<String> sids = new TreeSet<>();
        for (JsonNode report : answer.json().get("reports")) {
            if (report.get("status").asText().equals("revoked")) {
                sids.add(report.get("id").asText());
            }
        }
        return sids;
    }

    private static void awaitRecovery() throws InterruptedException {
        for (Node node : Node.values()) {
            Waiting.until(
                    "both APIs answer again",
                    () -> tenant.app(node).get("/users/" + bystander.id()).status() == 200
                            && tenant.ping(node).get("/users/bystander").status() == 200);
        }
    }

    private static Http bearer(Node node, String token) {
        return Http.ngrok(tenant.cluster().server(node).url(), "outage", token);
    }

    private static Http ping(Node node, Credentials client) {
        return Http.ping(tenant.cluster().server(node).url(), "outage", client.username(), client.password());
    }

    /** A client that both nodes know, and a client policy whose question about it they have not asked yet. */
    private static Credentials judgedClient() {
        App client = tenant.realm().helpDesk("judged");
        Credentials credentials = new Credentials(client.clientId(), client.secret());
        for (Node node : Node.values()) {
            assertStatus(ping(node, credentials).get("/users/otto"), 200);
        }
        tenant.realm()
                .clientPolicy(new ClientPolicy(
                        new Part("client-roles", Map.of("roles", List.of("judged"))),
                        new Part(
                                "secure-client-authenticator",
                                Map.of("allowed-client-authenticators", List.of("client-secret")))));
        for (Node node : Node.values()) {
            // The realm is read anew; the question about the role is one about another client.
            assertStatus(tenant.ping(node).get("/users/bystander"), 200);
        }
        return credentials;
    }

    private static void stopInTheMiddle() throws Exception {
        try (Connection one = Rows.hold(olga);
                Connection two = Rows.hold(otto)) {
            CompletableFuture<Answer> byApp = CompletableFuture.supplyAsync(() -> revokeByApp(Node.ONE));
            CompletableFuture<Answer> byPing = CompletableFuture.supplyAsync(() -> revokeByPing(Node.TWO));
            Waiting.until(
                    "the first sessions of both are gone",
                    () -> Rows.of(olga).size() < Rows.MANY && Rows.of(otto).size() < Rows.MANY);
            Waiting.until("both wait for the others", () -> Rows.waiting(olga) > Rows.WAITED_FOR);
            assertThat(one.isClosed() || two.isClosed()).isFalse();
            tenant.cluster().database().stop();
            assertAppAnswers(byApp.join(), "ERR_NGROK_251");
            assertPingUnavailable(byPing.join());
        }
    }

    private static Answer revokeByApp(Node node) {
        return tenant.app(node).delete("/users/" + olga.id());
    }

    private static Answer revokeByPing(Node node) {
        return tenant.ping(node).post("/users/otto/revoke");
    }

    private static void assertAppUnavailable(Answer answer) {
        assertAppAnswers(answer, "ERR_NGROK_503");
    }

    private static void assertAppAnswers(Answer answer, String code) {
        assertStatus(answer, 503);
        assertThat(answer.json().get("error_code").asText()).isEqualTo(code);
        assertThat(answer.json().at("/details/operation_id").asText()).isNotEmpty();
    }

    private static void assertPingUnavailable(Answer answer) {
        assertStatus(answer, 503);
        assertThat(answer.members()).containsExactly("resultId", "message");
        assertThat(answer.json().get("resultId").asText()).isEqualTo("service_unavailable");
    }

    private static void assertStatus(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    /** The sessions that have ended by the audit of a node. */
    private static Set<String> reported(Node node, String line) {
        Set<String> sids = new TreeSet<>();
        Matcher matcher =
                Pattern.compile(line).matcher(tenant.cluster().server(node).log());
        while (matcher.find()) {
            sids.add(matcher.group(1));
        }
        return sids;
    }

    private static void assertConsistent(Person person, List<Tokens> all, List<String> rest, Set<String> reported) {
        Set<String> left = Rows.of(person);
        assertThat(left).isNotEmpty().hasSizeLessThan(Rows.MANY);
        // It may be nothing: what cannot be looked for again is not reported as gone.
        assertThat(left).noneMatch(reported::contains);
        for (Node node : Node.values()) {
            Set<String> alive = new TreeSet<>();
            for (Tokens tokens : all) {
                Access access = tenant.backend(node).access(tokens);
                assertThat(access.alive()).as("%s: %s", tokens, access).isNotEqualTo(access.lost());
                if (access.alive()) {
                    alive.add(tokens.sessionId());
                }
            }
            Set<String> listed = person.inPing(node);
            assertThat(person.inApp(node)).isEqualTo(listed);
            assertThat(left).containsAll(listed);
            // Sessions that were being ended may be refused already, because Keycloak tells its caches before the
            // database.
            assertThat(listed).containsAll(alive);
            // The database's locks are gone as well, so transactions that waited for them may have begun.
            List<String> begun =
                    rest.stream().filter(sid -> !alive.contains(sid)).toList();
            assertThat(begun).hasSizeLessThanOrEqualTo(Rows.WAITED_FOR);
        }
    }

    private static void assertEnded(Person person, List<Tokens> all) {
        assertThat(Rows.of(person)).isEmpty();
        for (Node node : Node.values()) {
            assertThat(all).allMatch(tokens -> tenant.lost(node, tokens));
            assertThat(person.inApp(node)).isEmpty();
            assertThat(person.inPing(node)).isEmpty();
        }
    }
}
