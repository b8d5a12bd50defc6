package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.identities.capture.SignInNotes;
import dev.identities.session.ClientUse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.ModelException;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** What a list reads of a stored session is what Keycloak's own adapter reads of it. */
class ListedSessionTest {

    private static final List<String> NOTES = List.of(
            SignInNotes.USER_AGENT,
            SignInNotes.LAST_SIGN_IN,
            AuthenticationManager.AUTH_TIME,
            Constants.AUTHENTICATORS_COMPLETED,
            Details.IDENTITY_PROVIDER,
            ImpersonationSessionNote.IMPERSONATOR_ID.toString(),
            "KC_DEVICE_NOTE",
            "a note that nobody wrote");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"notes\":null}",
                "{\"notes\":{}}",
                "{\"ipAddress\":null,\"authMethod\":null,\"notes\":{\"AUTH_TIME\":null}}",
                "{\"ipAddress\":\"192.0.2.1\",\"authMethod\":\"openid-connect\",\"rememberMe\":true,\"state\":\"LOGGED_IN\"}",
                "{\"brokerSessionId\":\"b.1\",\"brokerUserId\":\"b.2\",\"notes\":{\"identity_provider\":\"b\"}}",
                " { \"notes\" : { \"AUTH_TIME\" : \"17\" } , \"ipAddress\" : \"2001:db8::1\" } ",
                "{\"notes\":{\"AUTH_TIME\":17}}",
                "{\"ipAddress\":\"first\",\"ipAddress\":\"second\"}",
                "{\"notes\":{\"AUTH_TIME\":\"1\"},\"authMethod\":\"x\",\"notes\":{\"identity_provider\":\"b\"}}",
                "{\"notes\":{\"ipAddress\":\"of a note\",\"notes\":\"n\"},\"ipAddress\":\"of the session\"}"
            })
    @DisplayName("reads the same as Keycloak")
    void same(String json) {
        StoredSession stored = stored(json, false);
        UserSessionModel listed = stored.toListedModel(null, null);
        UserSessionModel keycloaks = stored.toModel(null, null);

        assertThat(answers(listed)).isEqualTo(answers(keycloaks));
    }

    @Test
    @DisplayName("reads a session with everything in it, and a text that needs escapes")
    void everything() throws JsonProcessingException {
        Map<String, String> notes = new LinkedHashMap<>();
        NOTES.forEach(name -> notes.put(name, "\"of \\ " + name + "\n\u00e9\u4e00\""));
        notes.put("FEDERATED_ACCESS_TOKEN", "t".repeat(20_000));
        String json = new ObjectMapper()
                .writeValueAsString(Map.of(
                        "ipAddress", "192.0.2.7",
                        "authMethod", "openid-connect",
                        "brokerUserId", "b.\"u\"",
                        "rememberMe", false,
                        "started", 0,
                        "notes", notes,
                        "state", "LOGGED_IN"));
        StoredSession stored = stored(json, true);

        assertThat(answers(stored.toListedModel(null, null))).isEqualTo(answers(stored.toModel(null, null)));
        assertThat(stored.toListedModel(null, null).getNote("KC_DEVICE_NOTE")).startsWith("\"of \\ KC_DEVICE_NOTE");
        assertThat(stored.toListedModel(null, null).isRememberMe()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "17",
                "{\"notes\":{}",
                "{\"ipAddress\":\"192.0.2",
                "{\"notes\":17}",
                "{\"ipAddress\":{}}",
                "{\"notes\":{\"AUTH_TIME\":[]}}"
            })
    @DisplayName("refuses what cannot be a session's data, as Keycloak does")
    void unreadable(String json) {
        assertThatThrownBy(() -> stored(json, false).toListedModel(null, null)).isInstanceOf(ModelException.class);
    }

    @Test
    @DisplayName("cannot be changed")
    void readOnly() {
        UserSessionModel listed = stored("{}", false).toListedModel(null, null);

        assertThatThrownBy(() -> listed.setNote("a", "b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> listed.removeNote("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("a client was reached when its note says so, and else when the session began")
    void clientStarted() {
        assertThat(use("{\"action\":\"x\",\"notes\":{\"iss\":\"i\",\"startedAt\":\"90\"}}")
                        .started())
                .isEqualTo(Instant.ofEpochSecond(90));
        assertThat(List.of("{}", "{\"notes\":{}}", "{\"notes\":{\"startedAt\":\"soon\"}}", "not JSON"))
                .allSatisfy(json -> assertThat(use(json).started()).isEqualTo(Instant.ofEpochSecond(50)));
    }

    private static ClientUse use(String json) {
        return new StoredSession.StoredClientSession("client", 100, json).use(50);
    }

    private static StoredSession stored(String json, boolean rememberMe) {
        return new StoredSession("sid", "user", false, 50, 60, rememberMe, json, List.of());
    }

    private static Map<String, String> answers(UserSessionModel model) {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("address", model.getIpAddress());
        answers.put("method", model.getAuthMethod());
        answers.put("broker user", model.getBrokerUserId());
        answers.put("broker session", model.getBrokerSessionId());
        answers.put("remember me", "" + model.isRememberMe());
        answers.put("id", model.getId());
        answers.put("started", "" + model.getStarted());
        answers.put("active", "" + model.getLastSessionRefresh());
        NOTES.forEach(name -> answers.put(name, model.getNote(name)));
        return answers;
    }
}
