package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.cluster.Tenant.Person;
import dev.identities.e2e.FeedReader;
import dev.identities.e2e.Http;
import dev.identities.e2e.Http.Answer;
import dev.identities.e2e.ProviderKey;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Tokens;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A change on one node holds on the other by the time the call returns. */
class ClusterIT {

    /** More than end in one transaction. */
    private static final int MANY = 22;

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private static Tenant tenant;
    private static Person bystander;
    private static Tokens bystanders;

    /** How a session, or all of somebody's, can be ended. */
    private enum Call {
        APP_SESSION(false) {
            @Override
            void make(Node node, Person person, Tokens one) {
                assertStatus(tenant.app(node).delete("/sessions/" + one.sessionId()), 204);
            }
        },
        APP_USER(true) {
            @Override
            void make(Node node, Person person, Tokens one) {
                assertStatus(tenant.app(node).delete("/users/" + person.id()), 204);
            }
        },
        PING_SRI(false) {
            @Override
            void make(Node node, Person person, Tokens one) {
                assertStatus(tenant.ping(node).post("/sessions/" + one.sessionId() + "/revoke"), 200);
            }
        },
        PING_USER(true) {
            @Override
            void make(Node node, Person person, Tokens one) {
                assertStatus(tenant.ping(node).post("/users/" + person.name() + "/revoke"), 200);
            }
        },
        PING_LIST(false) {
            @Override
            void make(Node node, Person person, Tokens one) {
                assertStatus(tenant.ping(node).postJson("/revokedSris", "{\"id\":\"" + one.sessionId() + "\"}"), 201);
            }
        };

        private final boolean endsAll;

        Call(boolean endsAll) {
            this.endsAll = endsAll;
        }

        abstract void make(Node node, Person person, Tokens one);
    }

    @BeforeAll
    static void realm() {
        tenant = Tenant.create(Cluster.shared(), "cluster");
        bystander = tenant.person("bystander");
        bystanders = bystander.signIn(Node.ONE);
    }

    private static Person somebody() {
        return tenant.person("person" + PEOPLE.incrementAndGet());
    }

    private static void assertStatus(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    @Test
    @DisplayName("they are one cluster")
    void oneCluster() {
        assertThat(Cluster.shared().server(Node.TWO).log()).containsPattern("ISPN000094.*\\(2\\)");
    }

    @ParameterizedTest(name = "{0}: listed on {1}, ended on {2}, gone on {3}")
    @DisplayName("what is listed on one node and ended on one is gone on the other when the call returns; "
            + "others' sessions live")
    @CsvSource(textBlock = """
            APP_SESSION, ONE, ONE, ONE
            APP_SESSION, ONE, ONE, TWO
            APP_SESSION, ONE, TWO, ONE
            APP_SESSION, ONE, TWO, TWO
            APP_SESSION, TWO, ONE, ONE
            APP_SESSION, TWO, ONE, TWO
            APP_SESSION, TWO, TWO, ONE
            APP_SESSION, TWO, TWO, TWO
            APP_USER,    ONE, ONE, ONE
            APP_USER,    ONE, ONE, TWO
            APP_USER,    ONE, TWO, ONE
            APP_USER,    ONE, TWO, TWO
            APP_USER,    TWO, ONE, ONE
            APP_USER,    TWO, ONE, TWO
            APP_USER,    TWO, TWO, ONE
            APP_USER,    TWO, TWO, TWO
            PING_SRI,    ONE, ONE, ONE
            PING_SRI,    ONE, ONE, TWO
            PING_SRI,    ONE, TWO, ONE
            PING_SRI,    ONE, TWO, TWO
            PING_SRI,    TWO, ONE, ONE
            PING_SRI,    TWO, ONE, TWO
            PING_SRI,    TWO, TWO, ONE
            PING_SRI,    TWO, TWO, TWO
            PING_USER,   ONE, ONE, ONE
            PING_USER,   ONE, ONE, TWO
            PING_USER,   ONE, TWO, ONE
            PING_USER,   ONE, TWO, TWO
            PING_USER,   TWO, ONE, ONE
            PING_USER,   TWO, ONE, TWO
            PING_USER,   TWO, TWO, ONE
            PING_USER,   TWO, TWO, TWO
            PING_LIST,   ONE, ONE, ONE
            PING_LIST,   ONE, ONE, TWO
            PING_LIST,   ONE, TWO, ONE
            PING_LIST,   ONE, TWO, TWO
            PING_LIST,   TWO, ONE, ONE
            PING_LIST,   TWO, ONE, TWO
            PING_LIST,   TWO, TWO, ONE
            PING_LIST,   TWO, TWO, TWO
            """)
    void revoked(Call call, Node listedOn, Node endedOn, Node goneOn) {
        Person person = somebody();
        List<Tokens> all = person.signIn(call.endsAll ? MANY : 3);
        List<Tokens> ended = call.endsAll ? all : all.subList(0, 1);
        List<Tokens> kept = all.subList(ended.size(), all.size());
        assertThat(person.inApp(listedOn)).isEqualTo(Tenant.sids(all));
        assertThat(person.inPing(listedOn)).isEqualTo(Tenant.sids(all));
        // Both nodes have used them, and may hold them in their caches.
        assertThat(all).allMatch(tokens -> tenant.backend(goneOn).access(tokens).alive());
        assertThat(all)
                .allMatch(
                        tokens -> tenant.backend(goneOn.other()).access(tokens).alive());

        call.make(endedOn, person, ended.get(0));

        assertThat(ended).allMatch(tokens -> tenant.lost(goneOn, tokens));
        assertThat(person.inApp(goneOn)).isEqualTo(Tenant.sids(kept));
        assertThat(person.inPing(goneOn)).isEqualTo(Tenant.sids(kept));
        for (Tokens tokens : ended) {
            assertStatus(tenant.ping(goneOn).get("/revokedSris/" + tokens.sessionId()), 200);
        }
        assertStatus(tenant.app(goneOn).get("/sessions/" + ended.get(0).sessionId()), 404);
        assertThat(status(goneOn, ended.get(0))).isEqualTo("SESSION_REVOKED");
        assertThat(kept)
                .allMatch(tokens -> tenant.backend(goneOn).access(tokens).alive());
        assertThat(tenant.backend(goneOn).access(bystanders).alive()).isTrue();
    }

    private static String status(Node node, Tokens tokens) {
        return session(node, tokens).get("status").asText();
    }

    private static JsonNode session(Node node, Tokens tokens) {
        return tenant.ping(node).get("/sessions/" + tokens.sessionId()).json();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a browser whose session ended on the other node has to sign in again")
    void singleSignOn(Node endedOn) {
        Person person = somebody();
        Browser browser = new Browser(Browser.DESKTOP, "203.0.113.92");
        Tokens tokens = browser.signIn(tenant.wiki(), SignIn.as(person.name(), person.name()));
        assertThat(browser.visit(tenant.wiki()).map(Tokens::sessionId)).contains(tokens.sessionId());

        assertStatus(tenant.app(endedOn).delete("/sessions/" + tokens.sessionId()), 204);

        assertThat(browser.visit(tenant.wiki())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an extension on one node is seen on the other at once")
    void extended(Node node) throws InterruptedException {
        Tokens tokens = somebody().signIn(node.other());
        JsonNode before = session(node.other(), tokens);
        // Times are in seconds.
        Thread.sleep(1_100);

        JsonNode extended = tenant.ping(node)
                .post("/sessions/" + tokens.sessionId() + "/extend")
                .json();

        assertThat(session(node.other(), tokens)).isEqualTo(extended).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "a source that is deleted on one node is gone on the other at once, and so is the session with the last")
    void authnSessions(Node node) {
        Tokens tokens = somebody().signIn(node);
        String path = "/sessions/" + tokens.sessionId();
        JsonNode both = session(node.other(), tokens).get("authnSessions");
        assertThat(both).hasSize(2);

        String first = path + "/authnSessions/" + both.at("/0/id").asText();
        assertStatus(tenant.ping(node).delete(first), 200);

        assertThat(session(node.other(), tokens).get("authnSessions")).containsExactly(both.get(1));
        assertThat(tenant.backend(node.other()).access(tokens).alive()).isTrue();
        assertStatus(tenant.ping(node.other()).delete(first), 404);
        String second = path + "/authnSessions/" + both.at("/1/id").asText();
        assertStatus(tenant.ping(node.other()).delete(second), 200);
        assertThat(status(node, tokens)).isEqualTo("SESSION_REVOKED");
        assertStatus(tenant.ping(node).get("/revokedSris/" + tokens.sessionId()), 200);
        assertThat(tenant.lost(node, tokens)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a ticket of a dry run on one node is used on the other, once for both")
    void ticket(Node node) {
        Person person = somebody();
        Tokens tokens = person.signIn(node);
        String filter = "obj.application_user.username == \"" + person.name() + "\"";
        JsonNode preview = bulk(node, Map.of("filter", filter, "dry_run", true)).json();
        assertThat(preview.get("sessions").asInt()).isEqualTo(1);
        Map<String, Object> call =
                Map.of("filter", filter, "ticket", preview.get("ticket").asText());

        Answer used = bulk(node.other(), call);

        assertStatus(used, 200);
        assertThat(used.json().get("ended").asInt()).isEqualTo(1);
        assertThat(tenant.lost(node, tokens)).isTrue();
        assertStatus(bulk(node, call), 409);
        assertStatus(bulk(node.other(), call), 409);
    }

    private static Answer bulk(Node node, Map<String, Object> body) {
        return tenant.app(node).postJson("/sessions/revoke", Http.json(body));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a token of an identity provider ends sessions on both nodes, and counts once on both")
    void globalTokenRevocation(Node node) {
        String alias = "partner-" + node;
        Realm partner = Realm.create(tenant.realm().admin(), alias, Map.of());
        ProviderKey key = ProviderKey.added(partner, 1000);
        tenant.realm().identityProvider(alias, partner, Map.of("identities.global-token-revocation", "true"));
        Person named = linked(alias);
        Person spared = linked(alias);
        Tokens ended = named.signIn(node.other());
        Tokens kept = spared.signIn(node);
        // The realm has one address, that of the first node.
        String realm = Cluster.shared().server(Node.ONE).url() + "/realms/";
        String token = key.revocation(
                realm + alias, "broker-cluster", realm + "cluster/app/global-token-revocation", all -> {});

        assertStatus(revocation(node, token, named), 204);
        assertStatus(revocation(node.other(), token, spared), 401);

        assertThat(tenant.lost(node.other(), ended)).isTrue();
        assertThat(tenant.lost(node, ended)).isTrue();
        assertThat(tenant.backend(node).access(kept).alive()).isTrue();
        String fresh = key.revocation(
                realm + alias, "broker-cluster", realm + "cluster/app/global-token-revocation", all -> {});
        assertStatus(revocation(node.other(), fresh, spared), 204);
        assertThat(tenant.lost(node, kept)).isTrue();
    }

    private static Person linked(String alias) {
        Person person = somebody();
        tenant.realm()
                .admin()
                .post(
                        tenant.realm().path("/users/" + person.id() + "/federated-identity/" + alias),
                        Map.of("identityProvider", alias, "userId", person.name(), "userName", person.name()));
        return person;
    }

    private static Answer revocation(Node node, String token, Person person) {
        return Http.at(Cluster.shared().server(node).url(), "cluster", "/app")
                .with("Authorization", "Bearer " + token)
                .postJson(
                        "/global-token-revocation",
                        "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"" + person.id() + "\"}}");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a feed of events on one node has what begins and ends on the other, and goes on there")
    void events(Node node) {
        Person person = somebody();
        Tokens missed;
        String last;
        try (FeedReader feed = FeedReader.open(tenant.app(node), "")) {
            Tokens tokens = person.signIn(node.other());
            assertThat(feed.next("session.started", tokens.sessionId())
                            .at("/user/id")
                            .asText())
                    .isEqualTo("usr_" + person.id());
            assertStatus(tenant.app(node.other()).delete("/sessions/" + tokens.sessionId() + "?reason=x"), 204);
            JsonNode ended = feed.next("session.ended", tokens.sessionId());
            assertThat(ended.at("/ended/reason").asText()).isEqualTo("x");
            assertThat(ended.at("/session/created_at").asText()).isNotEmpty();
            last = feed.lastId();
        }
        try (FeedReader there = FeedReader.open(tenant.app(node.other()), "")) {
            missed = person.signIn(node);
            there.next("session.started", missed.sessionId());
        }
        try (FeedReader moved = FeedReader.open(tenant.app(node.other()).with("Last-Event-ID", last), "")) {
            moved.next("session.started", missed.sessionId());
        }
    }
}
