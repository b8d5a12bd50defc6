package dev.identities.api.pingfederate;

import static dev.identities.api.JsonText.compact;
import static dev.identities.api.JsonText.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.session.Authentication;
import dev.identities.session.Device;
import dev.identities.session.Grant;
import dev.identities.session.IdentityProvider;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The bodies, member by member, as they are on the wire. */
class PingRendererTest {

    private static final Instant START = Instant.ofEpochSecond(SampleSession.SECOND);

    private static final Authentication PASSWORD =
            new Authentication("x", "auth-username-password-form", "Username Password Form", START.plusMillis(1));

    private static final Authentication OTP =
            new Authentication("x", "auth-otp-form", "OTP Form", START.plusSeconds(5));

    private final PingWorld world = new PingWorld();

    @BeforeEach
    void jane() {
        world.user("username=jane", "jane");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("one session of a local sign-in with two steps: the documented object, and itself in the list")
    void local() {
        world.add(SampleSession.of("sid-1")
                .user("jane")
                .lastActive(START.plusMillis(65_461))
                .authentications(PASSWORD, OTP)
                .build());
        List<String> ids = ids(get());
        String session = """
                "sri":"sid-1","status":"HAS_VALID_SESSIONS","lastActivityTime":"2026-01-17T01:03:08.461Z",
                "authnSessions":[
                  {"authnSource":{"sourceType":"ADAPTER","id":"auth-username-password-form",
                      "adapterType":"Username Password Form"},
                   "id":"%s","creationTime":"2026-01-17T01:02:03.001Z",
                   "idleTimeout":"2026-01-17T01:33:08.461Z","maxTimeout":"2026-01-17T11:02:03.000Z"},
                  {"authnSource":{"sourceType":"ADAPTER","id":"auth-otp-form","adapterType":"OTP Form"},
                   "id":"%s","creationTime":"2026-01-17T01:02:08.000Z",
                   "idleTimeout":"2026-01-17T01:33:08.461Z","maxTimeout":"2026-01-17T11:02:03.000Z"}],
                "contextData":{"ipAddress":"203.0.113.7","userAgent":"Mozilla/5.0 (X)"}
                """.formatted(ids.get(0), ids.get(1));
        assertThat(world.users("GET", "/jane").body())
                .isEqualTo(compact("{" + session + ",\"sessions\":[{" + session + "}]}"));
    }

    @Test
    @DisplayName("a session that came by an identity provider: one connection, without the steps of our own flow")
    void broker() {
        world.directory.identityProvider(new IdentityProvider("corp", "Corp", "https://idp.example.org"));
        world.add(SampleSession.of("sid-1")
                .user("jane")
                .broker("corp", "42")
                .authentications(OTP)
                .build());
        JsonNode session = get();
        assertThat(session.get("authnSessions")).hasSize(1);
        assertThat(session.at("/authnSessions/0/authnSource"))
                .hasToString("{\"sourceType\":\"IDP_CONN\",\"id\":\"corp\",\"entityId\":\"https://idp.example.org\"}");
        assertThat(session.at("/authnSessions/0/creationTime").textValue()).isEqualTo("2026-01-17T01:02:03.000Z");
    }

    @Test
    @DisplayName("a direct grant leaves no trace of an authenticator: one adapter stands for it")
    void directGrant() {
        world.add(SampleSession.of("sid-1").user("jane").build());
        assertThat(get().at("/authnSessions/0/authnSource"))
                .hasToString("{\"sourceType\":\"ADAPTER\",\"id\":\"direct-grant\",\"adapterType\":\"Direct Grant\"}");
        assertThat(get().get("authnSessions")).hasSize(1);
    }

    @Test
    @DisplayName("an impersonated session says so, and by whom, without a name")
    void impersonated() {
        world.add(
                SampleSession.of("sid-1").user("jane").impersonator("chief-id").build());
        assertThat(get().at("/authnSessions/0/authnSource"))
                .hasToString("{\"sourceType\":\"ADAPTER\",\"id\":\"impersonation\",\"adapterType\":\"Impersonation\"}");
        assertThat(get().at("/contextData/impersonatorId").textValue()).isEqualTo("chief-id");
    }

    @Test
    @DisplayName("without a maximum the session ends at its idle limit")
    void unlimited() {
        world.add(SampleSession.of("sid-1").user("jane").unlimited().build());
        assertThat(get().at("/authnSessions/0/maxTimeout").textValue()).isEqualTo("2026-01-17T01:32:03.000Z");
        assertThat(get().at("/authnSessions/0/idleTimeout").textValue()).isEqualTo("2026-01-17T01:32:03.000Z");
    }

    @Test
    @DisplayName("used shortly before its end, a session's idle limit is its end")
    void idleLimit() {
        world.add(SampleSession.of("sid-1")
                .user("jane")
                .lastActive(START.plusSeconds(9 * 3_600 + 1_800))
                .build());
        assertThat(get().at("/authnSessions/0/idleTimeout").textValue()).isEqualTo("2026-01-17T11:02:03.000Z");
        world.streams.remove(new SessionRef("sid-1", SessionKind.ONLINE, new UserId("jane")));
        world.add(SampleSession.of("sid-1")
                .user("jane")
                .lastActive(START.plusSeconds(9 * 3_600 + 1_801))
                .build());
        assertThat(get().at("/authnSessions/0/idleTimeout").textValue()).isEqualTo("2026-01-17T11:02:03.000Z");
        assertThat(get().at("/authnSessions/0/maxTimeout").textValue()).isEqualTo("2026-01-17T11:02:03.000Z");
    }

    @Test
    @DisplayName("the address is the one that the recorded text means; the text is beside it where it differs")
    void recordedAddress() {
        world.add(SampleSession.of("sid-1")
                .user("jane")
                .ipAddress("[2001:db8::9]")
                .grant(Grant.CLIENT_CREDENTIALS)
                .build());
        assertThat(get().get("contextData")).hasToString(compact("""
                {"ipAddress":"2001:db8::9","userAgent":"Mozilla/5.0 (X)",
                 "recordedIpAddress":"[2001:db8::9]","grant":"client_credentials"}"""));
    }

    @Test
    @DisplayName("unknown members are left out, never null and never empty")
    void unknown() {
        world.add(SampleSession.of("sid-1")
                .user("jane")
                .ipAddress("")
                .device(Device.UNKNOWN)
                .broker("gone", "")
                .build());
        JsonNode session = get();
        assertThat(session.get("contextData")).hasToString("{}");
        assertThat(session.at("/authnSessions/0/authnSource"))
                .hasToString("{\"sourceType\":\"IDP_CONN\",\"id\":\"gone\"}");
    }

    @Test
    @DisplayName("nobody, or nobody signed in: an empty list and nothing else")
    void empty() {
        assertThat(world.users("GET", "/jane").body()).isEqualTo("{\"sessions\":[]}");
        assertThat(world.users("GET", "/unknown").body()).isEqualTo("{\"sessions\":[]}");
    }

    @Test
    @DisplayName("several browsers: the most recently active one on top, all of them in the list, none merged")
    void several() {
        world.add(
                SampleSession.of("older")
                        .user("jane")
                        .lastActive(START.plusSeconds(1))
                        .build(),
                SampleSession.of("latest")
                        .user("jane")
                        .lastActive(START.plusSeconds(3))
                        .build(),
                SampleSession.of("middle")
                        .user("jane")
                        .lastActive(START.plusSeconds(2))
                        .build(),
                SampleSession.of("johns")
                        .user("john")
                        .lastActive(START.plusSeconds(9))
                        .build());
        JsonNode answer = get();
        assertThat(answer.get("sri").textValue()).isEqualTo("latest");
        assertThat(answer.get("sessions"))
                .extracting(session -> session.get("sri").textValue())
                .containsExactly("latest", "middle", "older");
        assertThat(answer.get("sessions")).allSatisfy(session -> assertThat(session.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("sri", "status", "lastActivityTime", "authnSessions", "contextData"));
    }

    @Test
    @DisplayName("several users with one key: the sessions of all of them, by their activity")
    void severalUsers() {
        world.user("username=jane", "jane", "john");
        world.add(
                SampleSession.of("janes")
                        .user("jane")
                        .lastActive(START.plusSeconds(1))
                        .build(),
                SampleSession.of("johns")
                        .user("john")
                        .lastActive(START.plusSeconds(2))
                        .build());
        assertThat(get().get("sessions"))
                .extracting(session -> session.get("sri").textValue())
                .containsExactly("johns", "janes");
    }

    @Test
    @DisplayName("ids of authentication sessions: forty hexadecimal digits, stable, and no two the same")
    void ids() {
        world.add(
                SampleSession.of("a")
                        .user("jane")
                        .authentications(PASSWORD, OTP)
                        .build(),
                SampleSession.of("b")
                        .user("jane")
                        .authentications(PASSWORD, OTP)
                        .build(),
                SampleSession.of("c").user("jane").broker("auth-otp-form", "").build(),
                SampleSession.of("d").user("jane").build(),
                SampleSession.of(new SessionId(SampleSession.SECOND, SessionKind.OFFLINE, RememberMe.NO, "d"))
                        .user("jane")
                        .build());
        Set<String> ids = new HashSet<>();
        get().get("sessions").forEach(session -> ids.addAll(ids(session)));
        assertThat(ids).hasSize(7).allMatch(id -> id.matches("[0-9a-f]{40}"));
        Set<String> again = new HashSet<>();
        get().get("sessions").forEach(session -> again.addAll(ids(session)));
        assertThat(again).isEqualTo(ids);
    }

    @Test
    @DisplayName("the id of an authentication session does not change from release to release")
    void pinnedId() {
        world.add(SampleSession.of("sid-1").user("jane").build());
        assertThat(ids(get())).containsExactly("ff0e003ea776b6875591cc681a6dba0a55e51d25");
    }

    private JsonNode get() {
        return tree(world.users("GET", "/jane").body());
    }

    private static List<String> ids(JsonNode session) {
        List<String> ids = new ArrayList<>();
        session.get("authnSessions").forEach(each -> ids.add(each.get("id").textValue()));
        return ids;
    }
}
