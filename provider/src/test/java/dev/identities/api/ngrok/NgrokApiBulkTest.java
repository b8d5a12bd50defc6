package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.tree;
import static dev.identities.api.ngrok.NgrokApiErrorsTest.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.api.ApiServer.Answer;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NgrokApiBulkTest {

    private static final String PATH = "/sessions/revoke";
    private static final String FILTER = "obj.browser_session.ip_address == \"203.0.113.7\"";

    private final NgrokWorld world = new NgrokWorld();

    @BeforeEach
    void sessions() {
        world.add(
                SampleSession.of("a")
                        .user("jane")
                        .clients("uuid-wiki", "uuid-mail")
                        .build(),
                SampleSession.of("b").user("jane").clients("uuid-wiki").build(),
                SampleSession.of("c").user("john").broker("google", "7").build(),
                SampleSession.of("d").user("eve").ipAddress("198.51.100.1").build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("a dry run gives numbers, a sample and a ticket; the call with it ends what the dry run found")
    void twoCalls() {
        world.caller.unmanageableUsers.add("john");
        world.caller.sid = Optional.of("b");
        JsonNode preview = dryRun(FILTER);
        assertThat(preview.get("dry_run").booleanValue()).isTrue();
        assertThat(preview.get("sessions").intValue()).isEqualTo(2);
        assertThat(preview.get("users").intValue()).isEqualTo(1);
        assertThat(preview.get("applications").intValue()).isEqualTo(2);
        assertThat(preview.get("identity_providers")).hasToString("{\"\":2}");
        assertThat(preview.get("forbidden").intValue()).isEqualTo(1);
        assertThat(preview.get("includes_caller").booleanValue()).isTrue();
        assertThat(preview.get("reason_required").booleanValue()).isFalse();
        assertThat(preview.get("sample"))
                .extracting(session -> session.get("kind").textValue())
                .hasSize(2);
        assertThat(preview.get("as_of").textValue())
                .isLessThan(preview.get("expires_at").textValue());
        assertThat(alive()).hasSize(4);

        // The same filter in another spelling.
        Answer answer = revoke(body(FILTER.replace(" == ", "=="))
                .put("ticket", preview.get("ticket").textValue()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        ObjectNode result = (ObjectNode) tree(answer.body());
        assertThat(result.remove("reports"))
                .extracting(report -> report.get("id").textValue())
                .containsExactly("a");
        assertThat(result)
                .hasToString("{\"ended\":1,\"already_gone\":0,\"no_longer_matching\":0,\"new\":0,"
                        + "\"forbidden\":1,\"failed\":[],\"caller_left_out\":true,\"more\":false}");
        assertThat(alive()).containsExactlyInAnyOrder("b", "c", "d");
        assertThat(world.summaries).singleElement().satisfies(summary -> assertThat(summary.filter())
                .contains(FILTER));
    }

    @Test
    @DisplayName("a ticket works once, and for the filter of its dry run only")
    void ticket() {
        String ticket = dryRun(FILTER).get("ticket").textValue();
        assertError(revoke(body("obj.kind == \"online\"").put("ticket", ticket)), 409, 409);
        assertError(revoke(body(FILTER).put("ticket", ticket + "9")), 409, 409);
        assertThat(alive()).hasSize(4);
        assertThat(revoke(body(FILTER).put("ticket", ticket)).status()).isEqualTo(200);
        world.add(SampleSession.of("a").user("jane").build());
        assertError(revoke(body(FILTER).put("ticket", ticket)), 409, 409);
        assertThat(alive()).containsExactlyInAnyOrder("a", "d");
    }

    @Test
    @DisplayName("more sessions than the realm's threshold need a reason, which the dry run says before")
    void reason() {
        world.reasonThreshold = 2;
        JsonNode preview = dryRun(FILTER);
        assertThat(preview.get("reason_required").booleanValue()).isTrue();
        ObjectNode call = body(FILTER).put("ticket", preview.get("ticket").textValue());
        assertError(revoke(call), 409, 409);
        assertError(revoke(call.deepCopy().put("reason", " ")), 409, 409);
        assertThat(alive()).hasSize(4);
        assertThat(revoke(call.put("reason", "incident 4711")).status()).isEqualTo(200);
        assertThat(world.audited).extracting(NgrokWorld.Audited::reason).containsOnly("incident 4711");
        assertThat(alive()).containsExactly("d");
    }

    @ParameterizedTest
    @DisplayName("a filter that all sessions match needs \"all\":true")
    @ValueSource(strings = {"", " ", "true", "obj.kind == \"online\" || true", "!false"})
    void everything(String filter) {
        assertError(revoke(body(filter).put("dry_run", true)), 400, 230);
        assertError(revoke(body(filter).put("dry_run", true).put("all", false)), 400, 230);
        JsonNode preview =
                tree(revoke(body(filter).put("dry_run", true).put("all", true)).body());
        assertThat(preview.get("sessions").intValue()).isEqualTo(4);
        ObjectNode call = body(filter).put("ticket", preview.get("ticket").textValue());
        assertError(revoke(call), 400, 230);
        assertThat(revoke(call.put("all", true)).status()).isEqualTo(200);
        assertThat(alive()).isEmpty();
    }

    @Test
    @DisplayName("a byte order mark in front of the body is ignored")
    void byteOrderMark() {
        assertThat(world.callWithJson(PATH, "\ufeff{\"ids\":[\"a\"]}").status()).isEqualTo(200);
        assertThat(alive()).hasSize(3);
    }

    @ParameterizedTest
    @DisplayName("by ids: in either spelling, at once or looked at before")
    @CsvSource({"a", "ses_696adf8bfa"})
    void ids(String id) {
        String body = "{\"ids\":[\"%s\",\"nobody\"],\"dry_run\":%s}";
        JsonNode preview =
                tree(world.callWithJson(PATH, body.formatted(id, true)).body());
        assertThat(preview.get("sessions").intValue()).isEqualTo(1);
        assertThat(preview.get("ticket").isNull()).isTrue();
        assertThat(preview.get("expires_at").isNull()).isTrue();
        assertThat(alive()).hasSize(4);
        JsonNode result =
                tree(world.callWithJson(PATH, body.formatted(id, false)).body());
        assertThat(result.get("ended").intValue()).isEqualTo(1);
        assertThat(result.get("already_gone").intValue()).isEqualTo(1);
        assertThat(alive()).containsExactlyInAnyOrder("b", "c", "d");
    }

    @Test
    @DisplayName("a session that cannot be ended is a 207 that names it")
    void failed() {
        world.store.failOn("a");
        Answer answer = world.callWithJson(PATH, "{\"ids\":[\"a\",\"b\"]}");
        assertThat(answer.status()).isEqualTo(207);
        JsonNode result = tree(answer.body());
        assertThat(result.get("ended").intValue()).isEqualTo(1);
        assertThat(result.at("/failed/0/id").textValue()).isEqualTo("ses_696adf8bfa");
        assertThat(result.at("/failed/0/message").textValue()).isNotEmpty();
        assertThat(alive()).contains("a").doesNotContain("b");
    }

    @ParameterizedTest
    @DisplayName("a caller who accepts lines gets the progress and then the result")
    @ValueSource(strings = {"application/x-ndjson", "application/json;q=0.1, Application/X-NDJSON; q=1"})
    void lines(String accept) {
        world.add(IntStream.range(0, 300)
                .mapToObj(i -> SampleSession.of(new SessionId(7, SessionKind.ONLINE, RememberMe.NO, "s" + i))
                        .user("kim")
                        .ipAddress("192.0.2.1")
                        .build())
                .toArray(Session[]::new));
        String filter = "obj.browser_session.ip_address == \"192.0.2.1\"";
        ObjectNode call = body(filter)
                .put("ticket", dryRun(filter).get("ticket").textValue())
                .put("reason", "x");
        Answer answer = world.callWithJson(PATH, call.toString(), "Accept", accept);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.subList(0, 3))
                .containsExactly(
                        "{\"progress\":{\"done\":0,\"of\":300}}",
                        "{\"progress\":{\"done\":250,\"of\":300}}",
                        "{\"progress\":{\"done\":300,\"of\":300}}");
        assertThat(lines).hasSize(4);
        assertThat(tree(lines.get(3)).at("/result/ended").intValue()).isEqualTo(300);
        assertThat(alive()).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @ParameterizedTest
    @DisplayName("a body that is not exactly as described is refused, and nothing ends")
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "\"a\"",
                "{}",
                "{\"ids\":[\"a\"]} {}",
                "{\"ids\":[\"a\"],\"ids\":[\"b\"]}",
                "{\"ids\":[\"a\"],\"Reason\":\"x\"}",
                "{\"ids\":[\"a\"],\"report\":true}",
                "{\"ids\":[\"a\"],\"reason\":null}",
                "{\"ids\":[\"a\"],\"reason\":7}",
                "{\"ids\":[\"a\"],\"dry_run\":\"true\"}",
                "{\"ids\":[\"a\"],\"dry_run\":1}",
                "{\"ids\":[\"a\"],\"include_self\":null}",
                "{\"ids\":[\"a\"],\"all\":true}",
                "{\"ids\":[\"a\"],\"ticket\":\"tkt_1\"}",
                "{\"ids\":[\"a\"],\"filter\":\"true\"}",
                "{\"ids\":[]}",
                "{\"ids\":\"a\"}",
                "{\"ids\":null}",
                "{\"ids\":[null]}",
                "{\"ids\":[7]}",
                "{\"ids\":[\"a\",\"\"]}",
                "{\"ids\":[\"a\",\"a b\"]}",
                "{\"ids\":[\"usr_jane\"]}",
                "{\"filter\":[\"true\"],\"dry_run\":true}",
                "{\"filter\":\"true\",\"all\":true}",
                "{\"filter\":\"true\",\"all\":true,\"dry_run\":false}",
                "{\"filter\":\"true\",\"all\":true,\"dry_run\":true,\"ticket\":\"tkt_1\"}",
                "{\"filter\":\"true\",\"all\":true,\"ticket\":\"\"}",
                "{\"filter\":\"true\",\"all\":true,\"ticket\":\"abc\"}",
                "{\"reason\":\"x\",\"dry_run\":true}"
            })
    void badBodies(String body) {
        assertError(world.callWithJson(PATH, body), 400, 230);
        assertThat(alive()).hasSize(4);
        assertThat(world.audited).isEmpty();
        assertThat(world.summaries).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("an error of a filter says what is wrong, and where")
    @CsvSource({"obj.nothing == 1", "obj.kind = 1", "obj.kind == 7", "kind"})
    void badFilters(String filter) {
        JsonNode error = assertError(revoke(body(filter).put("dry_run", true)), 400, 250);
        assertThat(error.get("msg").textValue()).startsWith("Invalid CEL query: at ");
    }

    @Test
    @DisplayName("a filter may be as long as on a list, although its one spelling has more blanks")
    void longFilter() {
        String filter = "obj.browser_session.ip_address in [" + "\"203.0.113.7\",".repeat(285) + "\"203.0.113.7\"]";
        assertThat(filter).hasSizeBetween(4_000, 4_096);
        JsonNode preview = dryRun(filter);
        assertThat(preview.get("sessions").intValue()).isEqualTo(3);
        ObjectNode call = body(filter).put("ticket", preview.get("ticket").textValue());
        assertThat(tree(revoke(call).body()).get("ended").intValue()).isEqualTo(3);
        assertThat(alive()).containsExactly("d");
    }

    @Test
    @DisplayName("bounds: 500 ids, 255 characters of reason, and a body of half a megabyte")
    void bounds() {
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        IntStream.range(0, 500).forEach(i -> ids.add("s" + i));
        assertThat(revoke((ObjectNode) tree("{\"ids\":" + ids + "}")).status()).isEqualTo(200);
        assertError(revoke((ObjectNode) tree("{\"ids\":" + ids.add("one-more") + "}")), 400, 230);
        String reason = "{\"ids\":[\"nobody\"],\"reason\":\"%s\"}";
        assertThat(world.callWithJson(PATH, reason.formatted("x".repeat(255))).status())
                .isEqualTo(200);
        assertError(world.callWithJson(PATH, reason.formatted("x".repeat(256))), 400, 230);
        String padded = "{\"ids\":[\"nobody\"]}" + " ".repeat(BulkRequest.MAX_BODY_BYTES);
        assertThat(world.callWithJson(PATH, padded.substring(0, BulkRequest.MAX_BODY_BYTES))
                        .status())
                .isEqualTo(200);
        assertError(world.callWithJson(PATH, padded), 400, 230);
    }

    @Test
    @DisplayName("the body must say that it is JSON, which no form of a browser can")
    void type() {
        assertError(world.callWithBody("POST", PATH, "{\"ids\":[\"a\"]}"), 400, 230);
        assertError(world.callWith("POST", PATH, "ngrok-version", "2", "Content-Type", "text/plain"), 400, 230);
        assertThat(alive()).hasSize(4);
    }

    @Test
    @DisplayName("parameters, a missing version and a missing permission are refused as everywhere")
    void asEverywhere() {
        assertError(world.callWithJson(PATH + "?reason=x", "{\"ids\":[\"a\"]}"), 400, 231);
        assertError(world.callWith("POST", PATH), 400, 218);
        world.caller.mayQuery = false;
        assertError(world.callWithJson(PATH, "{\"ids\":[\"a\"]}"), 403, 206);
        assertThat(alive()).hasSize(4);
    }

    private JsonNode dryRun(String filter) {
        Answer answer = revoke(body(filter).put("dry_run", true));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return tree(answer.body());
    }

    private Answer revoke(ObjectNode body) {
        return world.callWithJson(PATH, body.toString());
    }

    private static ObjectNode body(String filter) {
        return JsonNodeFactory.instance.objectNode().put("filter", filter);
    }

    private List<String> alive() {
        return world.streams.sessions().stream()
                .map(session -> session.id().sid())
                .toList();
    }
}
