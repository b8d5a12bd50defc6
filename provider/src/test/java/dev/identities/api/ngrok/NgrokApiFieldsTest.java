package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.filter.Filter;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every member of a list is a field of the filter language. */
class NgrokApiFieldsTest {

    private final NgrokWorld world = new NgrokWorld();

    @BeforeEach
    void sessions() {
        world.knowBerlinAndTokyo();
        world.add(session("home", SampleSession.SECOND, "203.0.113.7"));
        world.add(session("away", SampleSession.SECOND + 3_600, "203.0.113.8"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Session session(String sid, long second, String address) {
        return SampleSession.of(new SessionId(second, SessionKind.ONLINE, RememberMe.NO, sid))
                .ipAddress(address)
                .clients("wiki")
                .build();
    }

    @Test
    @DisplayName("of a session")
    void ofSessions() {
        List<String> conditions =
                conditions(tree(world.call("GET", "/sessions").body()).at("/application_sessions/0"));

        assertThat(conditions)
                .contains("obj.clients.exists(x, x.uuid == null)", "obj.signal_details.new_country.country == null");
        assertThat(conditions).allSatisfy(condition -> assertThatCode(() -> Filter.ofSessions(condition, Instant.EPOCH))
                .as(condition)
                .doesNotThrowAnyException());
    }

    @Test
    @DisplayName("of a user")
    void ofUsers() {
        List<String> conditions =
                conditions(tree(world.call("GET", "/users").body()).at("/application_users/0"));

        assertThat(conditions).contains("obj.account == null", "obj.latest_session.kind == null");
        assertThat(conditions).allSatisfy(condition -> assertThatCode(() -> Filter.ofUsers(condition, Instant.EPOCH))
                .as(condition)
                .doesNotThrowAnyException());
    }

    /** A condition for each member, at whatever depth. */
    private static List<String> conditions(JsonNode resource) {
        assertThat(resource.isObject()).isTrue();
        List<String> conditions = new ArrayList<>();
        add(conditions, "obj", resource);
        return conditions;
    }

    private static void add(List<String> conditions, String path, JsonNode node) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = path + "." + member.getKey();
            JsonNode value = member.getValue();
            if (value.isArray()) {
                conditions.add("size(" + name + ") > 0");
                value.path(0)
                        .fieldNames()
                        .forEachRemaining(of -> conditions.add(name + ".exists(x, x." + of + " == null)"));
            } else {
                conditions.add(name + (value.isBoolean() ? " == true" : " == null"));
                add(conditions, name, value);
            }
        }
    }
}
