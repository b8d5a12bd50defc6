package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiServer.Answer;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.SampleSession;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a caller may view: that is what every list has, and nothing else is told from what is not there. */
class NgrokApiGrantsTest {

    private static final String ROOT = "https://sso.example.com/realms/acme/app";
    private static final int PEOPLE = 12;
    private static final int SEEDS = 10;

    @ParameterizedTest
    @DisplayName("random grants: people in every order and by every filter are those whom the caller may view")
    @ValueSource(
            strings = {
                "",
                "order_by=last_active&",
                "search=pers&",
                "identity_provider=google&",
                "search=pers&identity_provider=google&"
            })
    void people(String filter) {
        for (int seed = 0; seed < SEEDS; seed++) {
            try (NgrokWorld world = new NgrokWorld()) {
                Map<String, Boolean> throughGoogle = fill(world, new Random(seed));
                Set<String> expected = new TreeSet<>();
                throughGoogle.forEach((user, google) -> {
                    if (world.caller.mayView(new UserId(user)) && (google || !filter.contains("google"))) {
                        expected.add(user);
                    }
                });
                assertThat(walk(world, "/users?" + filter + "limit=" + (1 + seed % 4), "/id"))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("random grants: sessions are those of people whom the caller may view; of others none can be ended")
    @ValueSource(ints = {1, 3, 100})
    void sessions(int limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            try (NgrokWorld world = new NgrokWorld()) {
                Set<String> all = fill(world, new Random(seed)).keySet();
                Set<String> visible = new TreeSet<>(all);
                visible.removeAll(world.caller.hiddenUsers);
                assertThat(walk(world, "/sessions?limit=" + limit, "/application_user/id"))
                        .as("seed %d", seed)
                        .isEqualTo(visible);
                String nobody = withoutId(world.call("GET", "/users/usr_nobody"));
                for (String hidden : world.caller.hiddenUsers) {
                    for (String path : new String[] {"/users/usr_" + hidden, "/sessions/s" + hidden + "0"}) {
                        assertThat(withoutId(world.call("GET", path))).isEqualTo(nobody);
                        assertThat(world.call("DELETE", path).status()).isEqualTo(404);
                    }
                }
                assertThat(world.audited).isEmpty();
            }
        }
    }

    /** People with one to three sessions, some hidden; who came through Google. */
    private static Map<String, Boolean> fill(NgrokWorld world, Random random) {
        world.directory.identityProvider(new IdentityProvider("google", "Google", ""));
        Map<String, Boolean> throughGoogle = new TreeMap<>();
        for (int i = 0; i < PEOPLE; i++) {
            String user = String.format("u%02d", i);
            boolean google = random.nextBoolean();
            throughGoogle.put(user, google);
            world.directory.person(user, new Person("person" + i, "", "Person", true, Optional.empty()));
            for (int s = random.nextInt(3); s >= 0; s--) {
                SampleSession session = SampleSession.of("s" + user + s)
                        .user(user)
                        .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + random.nextInt(4)));
                world.add((google ? session.broker("google", user) : session).build());
            }
            if (random.nextInt(3) == 0) {
                world.caller.hiddenUsers.add(user);
            }
        }
        return throughGoogle;
    }

    private static Set<String> walk(NgrokWorld world, String first, String pointer) {
        Set<String> users = new TreeSet<>();
        String next = first;
        for (int pages = 0; next != null; pages++) {
            assertThat(pages).isLessThan(100);
            Answer answer = world.call("GET", next);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode page = tree(answer.body());
            page.path("application_users").forEach(item -> users.add(user(item, pointer)));
            page.path("application_sessions").forEach(item -> users.add(user(item, pointer)));
            JsonNode uri = page.get("next_page_uri");
            next = uri.isNull() ? null : uri.textValue().substring(ROOT.length());
        }
        return users;
    }

    private static String user(JsonNode item, String pointer) {
        return item.at(pointer).textValue().substring("usr_".length());
    }

    /** Each answer has an id of its own. */
    private static String withoutId(Answer answer) {
        return answer.status() + answer.body().replaceAll("op_[A-Za-z0-9]+", "op");
    }
}
