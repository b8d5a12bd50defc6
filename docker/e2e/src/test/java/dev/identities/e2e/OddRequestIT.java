package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that no client library sends: answered in the form of each API, without a credential too. */
class OddRequestIT {

    private static Realm realm;
    private static App siem;
    private static App desk;
    private static App wiki;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("oddrequests");
        siem = realm.program("siem");
        desk = realm.helpDesk("desk");
        wiki = realm.client("wiki");
        realm.user("nina", "nina-password");
    }

    @ParameterizedTest
    @DisplayName("a malformed Host is 400 in the API's form, and one line in the log without a stack trace")
    @ValueSource(strings = {"a b", "a<b", "a|b", "a%zz"})
    void malformedHost(String host) {
        String before = Testbed.server().log();

        String app = RawHttp.sendTo(Testbed.server().url(), host, "GET", "/realms/oddrequests/app/users");
        String ping = RawHttp.sendTo(
                Testbed.server().url(), host, "GET", "/realms/oddrequests/pf-ws/rest/sessionMgmt/users/nina");

        assertThat(app).startsWith("HTTP/1.1 400 ");
        assertThat(body(app).path("error_code").asText()).isEqualTo("ERR_NGROK_230");
        assertThat(body(app).path("msg").asText()).contains("Host");
        assertThat(body(app).at("/details/operation_id").asText()).startsWith("op_");
        assertThat(app).contains("ngrok-operation-id: op_");
        assertThat(ping).startsWith("HTTP/1.1 400 ");
        assertThat(body(ping).path("resultId").asText()).isEqualTo("invalid_request");
        assertThat(body(ping).path("message").asText()).contains("Host");
        String logged = Testbed.server().log().substring(before.length());
        assertThat(logged).doesNotContain("\tat ").doesNotContain("Uncaught server error");
        assertThat(logged.lines().filter(line -> line.contains("Host header")).toList())
                .hasSize(2);
    }

    @Test
    @DisplayName("two Authorization headers are refused by both APIs, also if one of them is right")
    void twoCredentials() {
        Tokens tokens = new Backend(wiki).directGrant(new Credentials("nina", "nina-password"));
        String right = "Authorization: " + Http.basic(desk.clientId(), desk.secret());
        String wrong = "Authorization: " + Http.basic(desk.clientId(), "wrong");
        String path = "/realms/oddrequests/pf-ws/rest/sessionMgmt/users/nina/revoke";
        for (String[] both : new String[][] {{right, wrong}, {wrong, right}}) {
            String answer = RawHttp.send(Testbed.server().url(), "POST", path, both[0], both[1], "Content-Length: 0");
            assertThat(answer).startsWith("HTTP/1.1 401 ");
            assertThat(body(answer).path("resultId").asText()).isEqualTo("invalid_client");
            assertThat(body(answer).path("message").asText()).contains("Authorization");
        }
        String key = "Authorization: Bearer " + siem.apiKey();
        String app = RawHttp.send(
                Testbed.server().url(),
                "DELETE",
                "/realms/oddrequests/app/sessions/" + tokens.sessionId(),
                key,
                "Authorization: Bearer other",
                "ngrok-version: 2");
        assertThat(app).startsWith("HTTP/1.1 403 ");
        assertThat(body(app).path("error_code").asText()).isEqualTo("ERR_NGROK_202");
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();

        assertThat(RawHttp.send(Testbed.server().url(), "POST", path, right, "Content-Length: 0"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    /** From the first brace on: the length of a chunk may stand before it. */
    private static JsonNode body(String answer) {
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        int start = body.indexOf('{');
        assertThat(start).as(answer).isNotNegative();
        try {
            return new JsonMapper().readTree(body.substring(start));
        } catch (IOException e) {
            throw new AssertionError(answer, e);
        }
    }
}
