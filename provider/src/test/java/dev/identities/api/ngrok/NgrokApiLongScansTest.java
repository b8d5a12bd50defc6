package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.tree;
import static dev.identities.api.ngrok.NgrokApiErrorsTest.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.api.ApiServer.Answer;
import dev.identities.session.SampleSession;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller is told whose filter would search longer than it may. */
class NgrokApiLongScansTest {

    private static final String REVOKE = "/sessions/revoke";
    private static final String FILTER = "obj.application_user.id == \"usr_jane\"";
    private static final String QUERY = "filter=" + URLEncoder.encode(FILTER, StandardCharsets.UTF_8);

    private final NgrokWorld world = new NgrokWorld();

    @BeforeEach
    void sessions() {
        world.add(
                SampleSession.of("a").user("jane").build(),
                SampleSession.of("b").user("jane").build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @DisplayName("a list or a total of sessions on a busy node: 429 that says when to come back")
    @ValueSource(strings = {"/sessions?", "/users/usr_jane/sessions?", "/sessions?total=true&limit=1&"})
    void busyLists(String list) {
        world.catalog = world.streams.busyCatalog(world.seal);

        assertBusy(world.call("GET", list + QUERY));

        world.catalog = world.streams.catalog(world.seal);
        assertThat(world.call("GET", list + QUERY).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @DisplayName("a total without a filter counts as a long scan; a list without one, and a list of people, do not")
    @ValueSource(strings = {"/sessions", "/users/usr_jane/sessions", "/users", "/users?filter=obj.enabled"})
    void othersGoOn(String list) {
        world.catalog = world.streams.busyCatalog(world.seal);

        assertThat(world.call("GET", list).status()).isEqualTo(200);
        assertBusy(world.call("GET", "/sessions?total=true&limit=1"));
    }

    @ParameterizedTest
    @DisplayName("a bulk call on a busy node: the same 429, also for a caller who accepts lines; the ticket stays good")
    @ValueSource(strings = {"application/json", "application/x-ndjson"})
    void busyBulk(String accept) {
        ObjectNode call = withTicket();
        world.catalog = world.streams.busyCatalog(world.seal);

        assertBusy(world.callWithJson(REVOKE, dryRun().toString(), "Accept", accept));
        assertBusy(world.callWithJson(REVOKE, call.toString(), "Accept", accept));

        assertNothingEnded();
        assertTicketIsGood(call);
    }

    @ParameterizedTest
    @DisplayName("a bulk call whose filter takes too long: 503 that says what to do; the ticket stays good")
    @ValueSource(strings = {"application/json", "application/x-ndjson"})
    void tooLong(String accept) {
        ObjectNode call = withTicket();
        world.catalog = world.streams.hurriedCatalog(world.seal);

        for (ObjectNode body : new ObjectNode[] {dryRun(), call}) {
            Answer answer = world.callWithJson(REVOKE, body.toString(), "Accept", accept);
            JsonNode error = assertError(answer, 503, 252);
            assertThat(error.get("msg").textValue()).contains("within a minute", "none was ended", "Narrow the filter");
            assertThat(answer.header("Retry-After")).isNull();
        }

        assertNothingEnded();
        assertTicketIsGood(call);
    }

    @Test
    @DisplayName("a page of a list is no look at all that matches: it is never refused as too long")
    void pages() {
        world.catalog = world.streams.hurriedCatalog(world.seal);
        Answer answer = world.call("GET", "/sessions?" + QUERY);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(tree(answer.body()).get("application_sessions")).hasSize(2);
    }

    private static void assertBusy(Answer answer) {
        JsonNode error = assertError(answer, 429, 429);
        assertThat(error.get("msg").textValue()).startsWith("Too many filters");
        assertThat(answer.header("Retry-After")).isEqualTo("3");
    }

    private static ObjectNode dryRun() {
        return JsonNodeFactory.instance.objectNode().put("filter", FILTER).put("dry_run", true);
    }

    private ObjectNode withTicket() {
        JsonNode preview = tree(world.callWithJson(REVOKE, dryRun().toString()).body());
        return JsonNodeFactory.instance
                .objectNode()
                .put("filter", FILTER)
                .put("ticket", preview.get("ticket").textValue());
    }

    private void assertNothingEnded() {
        assertThat(world.streams.sessions()).hasSize(2);
        assertThat(world.audited).isEmpty();
        assertThat(world.summaries).isEmpty();
    }

    private void assertTicketIsGood(ObjectNode call) {
        world.catalog = world.streams.catalog(world.seal);
        Answer answer = world.callWithJson(REVOKE, call.toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(tree(answer.body()).get("ended").intValue()).isEqualTo(2);
        assertThat(world.streams.sessions()).isEmpty();
    }
}
