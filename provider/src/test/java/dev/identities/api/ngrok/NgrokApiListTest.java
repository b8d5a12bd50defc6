package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.compact;
import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiServer.Answer;
import dev.identities.session.Person;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NgrokApiListTest {

    private static final String ROOT = "https://sso.example.com/realms/acme/app";

    private final NgrokWorld world = new NgrokWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("clients that follow next_page_uri get every item once, newest first")
    @CsvSource({"/sessions, 1", "/sessions, 3", "/sessions, 7", "/users, 1", "/users, 3", "/users, 7"})
    void followNextPageUri(String list, int limit) {
        add(7);
        List<String> ids = new ArrayList<>();
        String next = ROOT + list + "?limit=" + limit;
        int pages = 0;
        while (next != null) {
            assertThat(next).startsWith(ROOT + list + "?");
            JsonNode page = get(next.substring(ROOT.length()));
            assertThat(items(page)).isNotEmpty();
            ids.addAll(items(page));
            next = page.get("next_page_uri").textValue();
            pages++;
            assertThat(pages).isLessThan(10);
        }
        assertThat(ids).hasSize(7).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(new HashSet<>(ids)).hasSize(7);
        assertThat(pages).isEqualTo((7 + limit - 1) / limit);
    }

    @Test
    @DisplayName("a list that has not changed is not sent again")
    void notModified() {
        add(2);
        String tag = world.call("GET", "/users").header("ETag");
        String[] conditional = {"ngrok-version", "2", "If-None-Match", tag};
        Answer unchanged = world.callWith("GET", "/users", conditional);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.header("ngrok-operation-id")).isNotEmpty();
        add(3);
        assertThat(world.callWith("GET", "/users", conditional).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("nor is a page that goes on behind a sealed place, although the seal is another each time")
    void notModifiedBehindASeal() {
        add(3);
        for (int i = 0; i < 3; i++) {
            world.directory.person("u" + i, new Person("jane" + i, "", "Jane", true, Optional.empty()));
        }
        Answer first = world.call("GET", "/users?search=jane&limit=1");
        String[] conditional = {"ngrok-version", "2", "If-None-Match", first.header("ETag")};
        assertThat(world.callWith("GET", "/users?search=jane&limit=1", conditional)
                        .status())
                .isEqualTo(304);
        assertThat(world.call("GET", "/users?search=jane&limit=1").body()).isNotEqualTo(first.body());
        assertThat(world.callWith("GET", "/users?search=jane&limit=2", conditional)
                        .status())
                .isEqualTo(200);
        String next = get("/users?search=jane&limit=1").get("next_page_uri").textValue();
        String second = next.substring(ROOT.length());
        String[] ofSecond = {
            "ngrok-version", "2", "If-None-Match", world.call("GET", second).header("ETag")
        };
        assertThat(world.callWith("GET", second, ofSecond).status()).isEqualTo(304);
    }

    @Test
    @DisplayName("next_page_uri is the list with before_id and limit, in this order, and null on the last page")
    void nextPageUri() {
        add(3);
        assertThat(get("/sessions?limit=2").get("next_page_uri").textValue())
                .isEqualTo(ROOT + "/sessions?before_id=ses_696adf8cfs1&limit=2");
        assertThat(get("/users?limit=2").get("next_page_uri").textValue())
                .isEqualTo(ROOT + "/users?before_id=usr_u1&limit=2");
        assertThat(get("/users/usr_u1/sessions?limit=1").get("next_page_uri").isNull())
                .isTrue();
        assertThat(get("/sessions?limit=3").get("next_page_uri").isNull()).isTrue();
        assertThat(get("/sessions?limit=2&before_id=ses_696adf8cfs1")
                        .get("next_page_uri")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("the item of before_id need not be there any more, nor ever have been")
    @ValueSource(strings = {"before_id", "beforeId"})
    void beforeIsAComparison(String name) {
        add(4);
        assertThat(items(get("/sessions?" + name + "=ses_696adf8dfs2")))
                .containsExactly("ses_696adf8cfs1", "ses_696adf8bfs0");
        world.streams.sessions().stream()
                .filter(session -> session.id().sid().equals("s2"))
                .forEach(session -> world.streams.remove(new SessionRef("s2", SessionKind.ONLINE, session.userId())));
        assertThat(items(get("/sessions?" + name + "=ses_696adf8dfs2")))
                .containsExactly("ses_696adf8cfs1", "ses_696adf8bfs0");
        assertThat(items(get("/sessions?" + name + "=ses_696adf8dazzz")))
                .containsExactly("ses_696adf8cfs1", "ses_696adf8bfs0");
        assertThat(items(get("/users?" + name + "=usr_u2"))).containsExactly("usr_u1", "usr_u0");
        assertThat(items(get("/users?" + name + "=usr_u1zzz"))).containsExactly("usr_u1", "usr_u0");
    }

    @Test
    @DisplayName("before_id may be what Keycloak itself calls a live session")
    void beforeSid() {
        add(3);
        assertThat(items(get("/sessions?before_id=s1"))).containsExactly("ses_696adf8bfs0");
    }

    @ParameterizedTest
    @DisplayName("empty parameters, and a bare question mark, are as if they were not there")
    @ValueSource(strings = {"?", "?before_id=", "?beforeId=", "?limit=", "?before_id=&limit=", "?limit=100", "?&"})
    void emptyParameters(String query) {
        add(3);
        assertThat(items(get("/sessions" + query))).hasSize(3);
        assertThat(items(get("/users" + query))).hasSize(3);
    }

    @ParameterizedTest
    @DisplayName("an empty list is a list, also behind the end, and has no next page")
    @CsvSource({"/users, application_users", "/sessions, application_sessions"})
    void empty(String list, String member) {
        String expected = compact("{\"" + member + "\":[],\"uri\":\"" + ROOT + list + "\",\"next_page_uri\":null}");
        assertThat(world.call("GET", list).body()).isEqualTo(expected);
        add(3);
        String behind = list.equals("/users") ? "usr_0" : "ses_00000000fx";
        assertThat(world.call("GET", list + "?before_id=" + behind).body()).isEqualTo(expected);
    }

    @Test
    @DisplayName("a hundred by default, and no more")
    void defaultLimit() {
        add(101);
        JsonNode page = get("/sessions");
        assertThat(items(page)).hasSize(100);
        assertThat(page.get("next_page_uri").textValue()).endsWith("&limit=100");
        assertThat(items(get("/users"))).hasSize(100);
    }

    @ParameterizedTest
    @DisplayName("limits from 1 to 100 are kept to")
    @CsvSource({"1, 1", "2, 2", "99, 99", "100, 100", "%2B5, 5", "007, 7"})
    void limits(String limit, int items) {
        add(101);
        assertThat(items(get("/sessions?limit=" + limit))).hasSize(items);
    }

    @Test
    @DisplayName("the sessions of one user, and of nobody else")
    void sessionsOfUser() {
        add(3);
        world.add(SampleSession.of("more").user("u1").build());
        JsonNode page = get("/users/usr_u1/sessions");
        assertThat(items(page)).containsExactly("ses_696adf8cfs1", "ses_696adf8bfmore");
        assertThat(page.get("uri").textValue()).isEqualTo(ROOT + "/users/usr_u1/sessions");
        assertThat(get("/users/usr_u1/sessions?limit=1").get("next_page_uri").textValue())
                .isEqualTo(ROOT + "/users/usr_u1/sessions?before_id=ses_696adf8cfs1&limit=1");
    }

    @Test
    @DisplayName("a user whom the caller may not view is on no page, in no count and in no cursor")
    void hiddenUsers() {
        add(6);
        List.of("u1", "u3", "u5").forEach(world.caller.hiddenUsers::add);
        for (String list : List.of("/users", "/sessions")) {
            String next = list + "?limit=1";
            List<String> ids = new ArrayList<>();
            while (next != null) {
                Answer answer = world.call("GET", next);
                assertThat(answer.body()).doesNotContain("u1", "s1", "u3", "s3", "u5", "s5");
                JsonNode page = tree(answer.body());
                ids.addAll(items(page));
                assertThat(ids).hasSizeLessThan(10);
                next = page.get("next_page_uri").isNull()
                        ? null
                        : page.get("next_page_uri").textValue().substring(ROOT.length());
            }
            assertThat(ids).hasSize(3);
        }
    }

    @Test
    @DisplayName("online and offline session of the same id are two")
    void twins() {
        world.add(SampleSession.of("twin").build());
        world.add(SampleSession.of(new SessionId(SampleSession.SECOND, SessionKind.OFFLINE, RememberMe.NO, "twin"))
                .build());
        assertThat(items(get("/sessions"))).containsExactly("ses_696adf8bftwin", "ses_696adf8bctwin");
        assertThat(get("/sessions/ses_696adf8bctwin").get("kind").textValue()).isEqualTo("offline");
        assertThat(get("/sessions/ses_696adf8bftwin").get("kind").textValue()).isEqualTo("online");
        assertThat(get("/sessions/twin").get("kind").textValue()).isEqualTo("online");
    }

    @Test
    @DisplayName("a user and a session are found by their public id and by Keycloak's own id")
    void names() {
        add(1);
        String uuid = "0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e";
        world.add(SampleSession.of(
                        new SessionId(SampleSession.SECOND, SessionKind.OFFLINE, RememberMe.UNKNOWN, "only-offline"))
                .user(uuid)
                .build());
        assertThat(get("/users/usr_" + uuid).get("id").textValue()).isEqualTo("usr_" + uuid);
        assertThat(get("/users/" + uuid).get("id").textValue()).isEqualTo("usr_" + uuid);
        assertThat(get("/users/" + uuid + "/").get("id").textValue()).isEqualTo("usr_" + uuid);
        assertThat(get("/sessions/only-offline").get("id").textValue()).isEqualTo("ses_696adf8baonly-offline");
        // Keycloak may fill in the remember-me flag of an old session: the id that a client holds goes on to name it.
        assertThat(get("/sessions/ses_696adf8bconly-offline").get("id").textValue())
                .isEqualTo("ses_696adf8baonly-offline");
    }

    @Test
    @DisplayName("answers are JSON, not to be stored, and name the operation")
    void headers() {
        add(1);
        for (String path : List.of("/users", "/sessions", "/users/usr_u0", "/sessions/s0", "/users/usr_u0/sessions")) {
            Answer answer = world.call("GET", path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.header("Cache-Control")).contains("no-store");
            assertThat(answer.header("ngrok-operation-id")).matches("op_[0-9A-Za-z]{27}");
            assertThat(answer.header("Location")).isNull();
        }
    }

    @Test
    @DisplayName("reading is not audited and ends no session")
    void readsOnly() {
        add(2);
        List.of("/users", "/sessions", "/users/usr_u0", "/sessions/s0").forEach(this::get);
        assertThat(world.audited).isEmpty();
        assertThat(world.streams.sessions()).hasSize(2);
    }

    private JsonNode get(String path) {
        Answer answer = world.call("GET", path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return tree(answer.body());
    }

    private static List<String> items(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.elements().next().forEach(item -> ids.add(item.get("id").textValue()));
        return ids;
    }

    /** Sessions s0, s1... of users u0, u1..., each a second younger than the one before. */
    private void add(int many) {
        IntStream.range(0, many)
                .mapToObj(i -> SampleSession.of(
                                new SessionId(SampleSession.SECOND + i, SessionKind.ONLINE, RememberMe.NO, "s" + i))
                        .user("u" + i)
                        .build())
                .forEach(world::add);
    }
}
