package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.compact;
import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiServer.Answer;
import dev.identities.listing.CachedSessions;
import dev.identities.listing.PersistentSessions;
import dev.identities.listing.Tables;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.SampleSession;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People in other orders than by id, and only some of them. */
class NgrokApiPeopleTest {

    private static final String ROOT = "https://sso.example.com/realms/acme/app";

    private final NgrokWorld world = new NgrokWorld();

    @BeforeEach
    void people() {
        world.directory.identityProvider(new IdentityProvider("google", "Google", ""));
        person("u1", "ann b&c=d", 1, "local");
        person("u2", "ben", 5, "google");
        person("u3", "ann b&c=e", 3, "google");
        person("u4", "cid", 2, "local");
        person("u5", "dan", 4, "google");
    }

    private void person(String id, String username, int active, String provider) {
        world.directory.person(id, new Person(username, "", username, true, Optional.empty()));
        SampleSession session =
                SampleSession.of("s" + id).user(id).lastActive(Instant.ofEpochSecond(SampleSession.SECOND + active));
        world.add((provider.equals("local") ? session : session.broker(provider, id)).build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("clients that follow next_page_uri get everybody whom they asked for once, in the order asked for")
    @CsvSource({
        "order_by=last_active, u2 u5 u3 u4 u1",
        "identity_provider=google, u2 u5 u3",
        "order_by=last_active&identity_provider=google, u2 u5 u3",
        "search=ann+b%26c%3D, u1 u3",
        "search=ann+b%26c%3D&order_by=last_active, u1 u3",
        "search=ann%20b&identity_provider=google, u3",
        "search=usr_u4, u4",
        "search=usr_u4&identity_provider=google, ''"
    })
    void followNextPageUri(String filter, String expected) {
        for (int limit = 1; limit < 7; limit++) {
            List<String> ids = new ArrayList<>();
            String next = ROOT + "/users?" + filter + "&limit=" + limit;
            for (int pages = 0; next != null; pages++) {
                JsonNode page = get(next.substring(ROOT.length()));
                assertThat(page.get("uri").textValue()).isEqualTo(ROOT + "/users");
                page.get("application_users")
                        .forEach(user -> ids.add(user.get("id").textValue().substring(4)));
                next = page.get("next_page_uri").textValue();
                assertThat(pages).isLessThan(10);
            }
            assertThat(String.join(" ", ids)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @DisplayName("next_page_uri repeats what was asked for")
    @CsvSource({
        "order_by=last_active, before_id=act_696adf90fsu2&limit=1&order_by=last_active",
        "identity_provider=google, before_id=act_696adf90fsu2&limit=1&identity_provider=google",
        "search=ann+b%26c%3D&order_by=last_active,"
                + " before_id=pos_1&limit=1&order_by=last_active&search=ann+b%26c%3D"
    })
    void nextPageUri(String filter, String expected) {
        assertThat(get("/users?limit=1&" + filter).get("next_page_uri").textValue())
                .isEqualTo(ROOT + "/users?" + expected);
    }

    @ParameterizedTest
    @DisplayName("an identity provider that is not there has no people, also if a session names it")
    @ValueSource(strings = {"identity_provider=gone", "search=eve&identity_provider=gone"})
    void unknownProvider(String filter) {
        person("u6", "eve", 9, "gone");
        assertThat(world.call("GET", "/users?" + filter).body())
                .isEqualTo(compact("{\"application_users\":[],\"uri\":\"" + ROOT + "/users\",\"next_page_uri\":null}"));
    }

    @ParameterizedTest
    @DisplayName("the accounts of a page are read at once, and before those that a filter of accounts judges")
    @CsvSource({
        "/users, u5 u4 u3 u2 u1",
        "/users?limit=2, u5 u4",
        "/sessions, u5 u4 u3 u2 u1",
        "/sessions?filter=obj.application_user.username=='ben', u2",
        "/users?search=ann&filter=obj.sessions_count==1, u1 u3",
        "/users?search=ann&filter=obj.username.endsWith('=d'), u1 u3|u1"
    })
    void readAhead(String list, String expected) {
        assertThat(world.call("GET", list).status()).isEqualTo(200);
        assertThat(world.directory.readAhead())
                .containsExactlyElementsOf(Stream.of(expected.split("\\|"))
                        .map(users ->
                                Stream.of(users.split(" ")).map(UserId::new).collect(Collectors.toSet()))
                        .toList());
    }

    @ParameterizedTest
    @DisplayName("a user whom the caller may not view is not found by any query")
    @ValueSource(strings = {"order_by=last_active", "search=ben", "search=usr_u2", "identity_provider=google"})
    void hidden(String filter) {
        world.caller.hiddenUsers.add("u2");
        String next = ROOT + "/users?limit=1&" + filter;
        while (next != null) {
            String body = world.call("GET", next.substring(ROOT.length())).body();
            assertThat(body).doesNotContain("usr_u2", "ben", "su2");
            next = tree(body).get("next_page_uri").textValue();
        }
    }

    @ParameterizedTest
    @DisplayName("if all rows up to the bound are hidden, a page of any list is empty and has a next one")
    @ValueSource(
            strings = {
                "/sessions",
                "/users",
                "/users?order_by=last_active",
                "/users?identity_provider=google",
                "/users?search=jane"
            })
    void bounded(String list) {
        world.catalog = new PersistentSessions(
                Tables.endless(SampleSession.of("s0").user("u0").build()), CachedSessions.NONE, world.seal);
        world.caller.hiddenUsers.add("u0");
        for (int i = 0; i < 1_100; i++) {
            String id = "h" + i;
            world.directory.person(id, new Person("jane" + i, "", "", true, Optional.empty()));
            world.caller.hiddenUsers.add(id);
        }
        String next = ROOT + list;
        for (int page = 0; page < 2; page++) {
            JsonNode body = get(next.substring(ROOT.length()));
            assertThat(body.elements().next()).isEmpty();
            next = body.get("next_page_uri").textValue();
            assertThat(next).matches(".*[?&]before_id=pos_[0-9]+&.*").doesNotContain("s0", "u0");
            if (list.contains("search")) {
                return;
            }
        }
    }

    @ParameterizedTest
    @DisplayName("a sealed place of one list is none of another list, and the refusal does not open it")
    @CsvSource({
        "ses_696adf8bfhidden, /users",
        "ses_696adf8bfhidden, /users?order_by=last_active",
        "ses_696adf8bfhidden, /users?search=ann",
        "usr_hidden, /sessions",
        "usr_hidden, /users?identity_provider=google",
        "usr_hidden, /users?search=ann",
        "act_696adf8bfhidden, /sessions",
        "act_696adf8bfhidden, /users",
        "act_696adf8bfhidden, /users/usr_u1/sessions",
        "off_77, /sessions",
        "off_77, /users?order_by=last_active"
    })
    void sealedPlaceOfAnotherList(String place, String list) {
        String sealed = world.seal.seal(place);
        Answer answer = world.call("GET", list + (list.contains("?") ? "&" : "?") + "before_id=" + sealed);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(tree(answer.body()).get("error_code").textValue()).isEqualTo("ERR_NGROK_227");
        assertThat(answer.body()).doesNotContain("hidden", "off_77");
    }

    @Test
    @DisplayName("a count of matches is no before_id without its seal: it would tell how many are passed over")
    void chosenCount() {
        Answer answer = world.call("GET", "/users?search=ann&before_id=off_2");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(tree(answer.body()).get("error_code").textValue()).isEqualTo("ERR_NGROK_227");
    }

    @Test
    @DisplayName("a place in one search is none of another: it would tell how many hidden people match that one")
    void placeOfAnotherSearch() {
        String next = get("/users?limit=1&search=ann").get("next_page_uri").textValue();
        String cursor = next.replaceAll(".*[?&]before_id=([^&]*).*", "$1");
        Answer same = world.call("GET", "/users?limit=1&search=ann&before_id=" + cursor);
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.body()).contains("usr_u3");

        Answer other = world.call("GET", "/users?limit=1&search=an&before_id=" + cursor);
        assertThat(other.status()).isEqualTo(400);
        assertThat(tree(other.body()).get("error_code").textValue()).isEqualTo("ERR_NGROK_227");
    }

    private JsonNode get(String path) {
        Answer answer = world.call("GET", path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return tree(answer.body());
    }
}
