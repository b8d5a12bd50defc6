package dev.identities.api.pingfederate;

import static dev.identities.api.JsonText.tree;
import static dev.identities.api.pingfederate.PingAnswers.assertAnswer;
import static dev.identities.api.pingfederate.PingAnswers.assertError;
import static dev.identities.session.SessionKind.OFFLINE;
import static dev.identities.session.SessionKind.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.api.ApiServer.Answer;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of revoked SRIs, as gateways poll it. */
class RevokedSrisEndpointTest {

    private static final String SRI = "AbCdEfGhIjKlMnOpQrSt-_01";
    private static final String UUID = "5ca1ff37-693e-4784-9ef6-c271b8ffa68a";

    private final PingWorld world = new PingWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("an identifier that is not listed: 404; after it was added: 200 with it")
    void addAndAsk() {
        assertError(world.askList(SRI), 404, "not_found");
        assertAnswer(world.addToList(body(SRI)), 201, body(SRI));
        assertAnswer(world.askList(SRI), 200, body(SRI));
        assertAnswer(world.askList(SRI + "/"), 200, body(SRI));
        assertError(world.askList("AbCdEfGhIjKlMnOpQrSt-_02"), 404, "not_found");
    }

    @Test
    @DisplayName("asking neither lists nor ends anything")
    void asking() {
        add(SRI, ONLINE);
        world.askList(SRI);
        assertThat(world.revocationList.sris).isEmpty();
        assertThat(world.left()).hasSize(1);
        assertThat(world.audit.revoked).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("identifiers of any form are listed, and asked for by their percent-encoded form")
    @CsvSource({
        "abc123, abc123",
        "AbCdEfGhIjKlMnOpQrStUvWxYz0..-_9a, AbCdEfGhIjKlMnOpQrStUvWxYz0..-_9a",
        "a/b, a%2Fb",
        "a%2Fb, a%252Fb",
        "a+b, a+b",
        "a b, a%20b",
        "Jänë😀, J%C3%A4n%C3%AB%F0%9F%98%80",
        "..%2F.., ..%252F..",
        "revoke, revoke"
    })
    void anyForm(String sri, String inPath) {
        world.revocationList.sris.add("another");
        assertError(world.askList(inPath), 404, "not_found");
        assertAnswer(world.addToList(body(sri)), 201, body(sri));
        assertThat(world.revocationList.sris).containsExactly("another", sri);
        assertAnswer(world.askList(inPath), 200, body(sri));
        assertThat(world.audit.others).containsExactly("helpdesk listed " + sri);
    }

    @ParameterizedTest
    @DisplayName("text that cannot be a session's identifier is listed, without a look for sessions")
    @ValueSource(strings = {"abc123", "AbCdEfGhIjKlMnOpQrStUvWxYz0", "AbCdEfGhIjKlMnOpQrStUvWxYz0..-_9a"})
    void foreign(String sri) {
        world.streams.failWith(new IllegalStateException("jdbc:postgresql://db"));
        assertAnswer(world.addToList(body(sri)), 201, body(sri));
    }

    @Test
    @DisplayName("upper and lower case are different identifiers, and nothing is trimmed")
    void exact() {
        world.addToList(body(" Abc "));
        assertThat(world.revocationList.sris).containsExactly(" Abc ");
        assertError(world.askList("%20abc%20"), 404, "not_found");
        assertError(world.askList("Abc"), 404, "not_found");
    }

    @ParameterizedTest
    @DisplayName("the session of the identifier ends, and is audited once, without a key")
    @ValueSource(strings = {SRI, UUID})
    void ends(String sri) {
        add(sri, ONLINE);
        add("AbCdEfGhIjKlMnOpQrSt-_02", ONLINE);
        assertAnswer(world.addToList(body(sri)), 201, body(sri));
        assertThat(world.left()).containsExactly("AbCdEfGhIjKlMnOpQrSt-_02 ONLINE");
        assertThat(world.audit.auditable()).containsExactly("REVOKED " + sri + " ONLINE");
        assertThat(world.audit.others).isEmpty();
        assertThat(world.audit.revoked).allSatisfy(revoked -> {
            assertThat(revoked.clientId()).isEqualTo("helpdesk");
            assertThat(revoked.userKey()).isEmpty();
        });
    }

    @ParameterizedTest
    @DisplayName("the offline twin goes along as the realm wants it, and alone it always goes")
    @CsvSource({"true, true, ''", "false, true, OFFLINE", "true, false, ''", "false, false, ''"})
    void twins(String offlineToo, boolean online, String left) {
        world.realmAttributes.put("identities.revoke-offline-sessions", offlineToo);
        add(SRI, OFFLINE);
        if (online) {
            add(SRI, ONLINE);
        }
        assertThat(world.addToList(body(SRI)).status()).isEqualTo(201);
        assertThat(world.left()).isEqualTo(left.isEmpty() ? List.of() : List.of(SRI + " " + left));
    }

    @Test
    @DisplayName("where the realm wants only the list, the session lives on, and the listing is audited")
    void listOnly() {
        world.realmAttributes.put("identities.revoked-sris-end-sessions", "false");
        add(SRI, ONLINE);
        assertAnswer(world.addToList(body(SRI)), 201, body(SRI));
        assertThat(world.left()).hasSize(1);
        assertThat(world.revocationList.sris).containsExactly(SRI);
        assertThat(world.audit.auditable()).isEmpty();
        assertThat(world.audit.others).containsExactly("helpdesk listed " + SRI);
    }

    @Test
    @DisplayName("an SRI that is listed already has the same answer and no new audit; its live session ends")
    void again() {
        assertAnswer(world.addToList(body(SRI)), 201, body(SRI));
        assertAnswer(world.addToList(body(SRI)), 201, body(SRI));
        assertThat(world.audit.others).hasSize(1);
        add(SRI, ONLINE);
        assertAnswer(world.addToList(body(SRI)), 201, body(SRI));
        assertThat(world.left()).isEmpty();
        assertThat(world.audit.auditable()).containsExactly("REVOKED " + SRI + " ONLINE");
        assertThat(world.audit.others).hasSize(1);
    }

    @Test
    @DisplayName("a session that somebody else ended meanwhile: the listing is audited")
    void endedElsewhere() {
        add(SRI, ONLINE);
        world.store.endElsewhere(SRI);
        assertAnswer(world.addToList(body(SRI)), 201, body(SRI));
        assertThat(world.audit.auditable()).isEmpty();
        assertThat(world.audit.others).containsExactly("helpdesk listed " + SRI);
    }

    @Test
    @DisplayName("a session that cannot be ended: 503, while gateways are told all the same")
    void storeFailed() {
        add(SRI, ONLINE);
        world.store.failOn(SRI);
        assertError(world.addToList(body(SRI)), 503, "service_unavailable");
        assertThat(world.left()).hasSize(1);
        assertThat(world.audit.auditable()).containsExactly("FAILED " + SRI + " ONLINE");
        assertThat(world.audit.others).isEmpty();
        assertAnswer(world.askList(SRI), 200, body(SRI));
    }

    @Test
    @DisplayName("a list that cannot be reached: 503 that gives nothing away, and no session is touched")
    void listFailed() {
        add(SRI, ONLINE);
        world.revocationList.fail();
        for (Answer answer : new Answer[] {world.addToList(body(SRI)), world.askList(SRI)}) {
            assertError(answer, 503, "service_unavailable");
            assertThat(answer.body()).doesNotContain("jdbc");
        }
        assertThat(world.left()).hasSize(1);
        assertThat(world.audit.revoked).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("the realm sets the status of adding")
    @CsvSource({"200, 200", "201, 201", "204, 204", "202, 201"})
    void createdStatus(String setting, int status) {
        world.realmAttributes.put("identities.revoked-sris-created-status", setting);
        String body = status == 204 ? "" : body(SRI);
        assertAnswer(world.addToList(body(SRI)), status, body);
        assertAnswer(world.addToList(body(SRI)), status, body);
        assertAnswer(world.askList(SRI), 200, body(SRI));
    }

    @ParameterizedTest
    @DisplayName("the realm sets the status of asking for an identifier that is not listed")
    @CsvSource({"200, 200, {}", "204, 204, ''", "404, 404,", "500, 404,"})
    void notListedStatus(String setting, int status, String body) {
        world.realmAttributes.put("identities.revoked-sris-not-listed-status", setting);
        if (body == null) {
            assertError(world.askList(SRI), status, "not_found");
        } else {
            assertAnswer(world.askList(SRI), status, body);
        }
        assertThat(world.addToList(body(SRI)).status()).isEqualTo(201);
        assertAnswer(world.askList(SRI), 200, body(SRI));
    }

    @ParameterizedTest
    @DisplayName("the body is JSON by its type, parameters and case aside")
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=utf-8",
                "application/json ; charset=UTF-8",
                "Application/JSON"
            })
    void contentType(String type) {
        assertThat(world.addToList(bytes(body(SRI)), "Content-Type", type).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @DisplayName("another type: 415, and nothing is listed")
    @ValueSource(
            strings = {
                "text/plain",
                "text/json",
                "application/x-www-form-urlencoded",
                "application/jsonx",
                "application/ld+json",
                "text/plain;application/json"
            })
    void otherContentType(String type) {
        assertRefused(world.addToList(bytes(body(SRI)), "Content-Type", type), 415, "unsupported_media_type");
    }

    @Test
    @DisplayName("no type, with or without a body: 415")
    void noContentType() {
        assertRefused(world.addToList(bytes(body(SRI))), 415, "unsupported_media_type");
        assertRefused(world.call("POST", "/revokedSris", "X-XSRF-Header", "x"), 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @DisplayName("the body is one object with the one member id, a string; anything else is refused")
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "\"" + SRI + "\"",
                "[]",
                "\ufeff",
                "\ufeff\ufeff{\"id\":\"" + SRI + "\"}",
                "[\"" + SRI + "\"]",
                "[{\"id\":\"" + SRI + "\"}]",
                "{}",
                "{\"sri\":\"" + SRI + "\"}",
                "{\"ID\":\"" + SRI + "\"}",
                "{\"id\":null}",
                "{\"id\":1}",
                "{\"id\":true}",
                "{\"id\":[\"" + SRI + "\"]}",
                "{\"id\":{\"id\":\"" + SRI + "\"}}",
                "{\"id\":\"" + SRI + "\",\"more\":1}",
                "{\"id\":\"" + SRI + "\",\"id\":\"" + SRI + "\"}",
                "{\"id\":\"" + SRI + "\"}{\"id\":\"" + SRI + "\"}",
                "{\"id\":\"" + SRI + "\"} x",
                "{\"id\":\"" + SRI + "\"",
                "{id:\"" + SRI + "\"}",
                "{'id':'" + SRI + "'}",
                "{\"id\":\"" + SRI + "\",}",
                "{\"id\":\"" + SRI + "\"} // comment",
                "id=" + SRI
            })
    void badBody(String body) {
        assertRefused(world.addToList(body), 400, "invalid_request");
    }

    @ParameterizedTest
    @DisplayName("spaces between, escapes in it, and a byte order mark in front make no difference")
    @ValueSource(
            strings = {
                " {\n\t\"id\" :\r\n \"" + SRI + "\" } \n",
                "\ufeff{\"id\":\"" + SRI + "\"}",
                "{\"\\u0069d\":\"\\u0041bCdEfGhIjKlMnOpQrSt-_01\"}",
            })
    void sameBody(String body) {
        assertAnswer(world.addToList(body), 201, body(SRI));
        assertThat(world.revocationList.sris).containsExactly(SRI);
    }

    static Stream<String> unusable() {
        return Stream.of(
                "",
                "a".repeat(256),
                "\\u0000",
                "a\\nb",
                "a\\u007f",
                "a\\u0085b",
                // Half a character has no bytes that could be compared.
                "\\ud83d",
                "a\\ude00b");
    }

    @ParameterizedTest
    @DisplayName("an identifier that is empty, too long or not plain text is refused")
    @MethodSource("unusable")
    void unusable(String escaped) {
        assertRefused(world.addToList("{\"id\":\"" + escaped + "\"}"), 400, "invalid_sri");
    }

    @Test
    @DisplayName("255 characters, however written, are not too long; 256 are, also when asked for")
    void length() {
        String longest = "ä".repeat(255);
        assertAnswer(world.addToList("{\"id\":\"" + "\\u00e4".repeat(255) + "\"}"), 201, body(longest));
        assertAnswer(world.askList("%C3%A4".repeat(255)), 200, body(longest));
        assertError(world.askList("%C3%A4".repeat(256)), 400, "invalid_sri");
    }

    @Test
    @DisplayName("a body of the greatest length is read, a longer one is not")
    void bodyLength() {
        String body = body(SRI);
        String longest = body + " ".repeat(RevokedSrisEndpoint.MAX_BODY_BYTES - body.length());
        assertRefused(world.addToList(longest + " "), 400, "invalid_request");
        assertAnswer(world.addToList(longest), 201, body);
    }

    @Test
    @DisplayName("a body that is not UTF-8 is refused for every Content-Type")
    void notUtf8() {
        byte[] latin1 = "{\"id\":\"J\u00e4n\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(
                world.addToList(latin1, "Content-Type", "application/json; charset=ISO-8859-1"),
                400,
                "invalid_request");
        assertRefused(
                world.addToList(body(SRI).getBytes(StandardCharsets.UTF_16), "Content-Type", "application/json"),
                400,
                "invalid_request");
    }

    @Test
    @DisplayName("an empty identifier in the path is refused, and so is a path that goes on")
    void paths() {
        assertError(world.askList("/"), 400, "invalid_sri");
        for (String method : PingWorld.METHODS) {
            assertError(world.call(method, "/revokedSris/a/b", "X-XSRF-Header", "x"), 404, "not_found");
        }
    }

    private void assertRefused(Answer answer, int status, String resultId) {
        assertError(answer, status, resultId);
        assertThat(tree(answer.body()).get("message").textValue()).doesNotContain(SRI);
        assertThat(world.revocationList.sris).isEmpty();
        assertThat(world.audit.revoked).isEmpty();
        assertThat(world.audit.others).isEmpty();
    }

    private void add(String sri, SessionKind kind) {
        world.add(SampleSession.of(new SessionId(SampleSession.SECOND, kind, RememberMe.NO, sri))
                .user("jane")
                .build());
    }

    private static String body(String sri) {
        return "{\"id\":\"" + sri + "\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
