package dev.identities.e2e;

import static dev.identities.e2e.SessionManagementIT.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A realm that wants hashed user keys: the help desk sends hashes, and clear keys stay where they are. */
class HashedUserKeyIT {

    private static final String SALT = "pepper: ";
    private static final String NUMBER = "EMP-clear-0042";
    private static final String KEPT = "identitiesUserKeyHash";
    private static final SignIn GRACE = SignIn.as("grace", "grace-password");
    private static final SignIn HEIDI = SignIn.as("heidi", "heidi-password");

    private static Realm realm;
    private static App wiki;
    private static Http desk;
    private static String grace;
    private static String heidi;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("hashed");
        wiki = realm.client("wiki");
        grace = realm.user("grace", "grace-password", Map.of(), Map.of("employeeNumber", NUMBER));
        heidi = realm.user("heidi", "heidi-password", Map.of(), Map.of("employeeNumber", "EMP-clear-0043"));
        App client = realm.client("desk", Map.of("attributes", Map.of("identities.session-management-api", "true")));
        desk = Http.ping(Testbed.server().url(), "hashed", client.clientId(), client.secret());
    }

    @BeforeEach
    void hashed() {
        realm.admin().post(realm.path("/logout-all"), Map.of());
        realm.attribute("identities.user-key-attribute", "employeeNumber");
        realm.attribute("identities.hash-user-key", "sha-256");
        realm.attribute("identities.hash-user-key-salt", SALT);
        realm.clearEvents();
    }

    @AfterEach
    void defaults() {
        realm.attribute("identities.hash-user-key-encoding", null);
        realm.clientAttribute("desk", "identities.user-key-attribute", null);
    }

    private static Tokens signIn(SignIn who) {
        return new Browser(Browser.DESKTOP, "203.0.113.89").signIn(wiki, who);
    }

    private static byte[] digest(String algorithm, String key) {
        try {
            return MessageDigest.getInstance(algorithm).digest((SALT + key).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(String key) {
        return HexFormat.of().formatHex(digest("SHA-256", key));
    }

    private static String sri(String key) {
        Http.Answer answer = desk.get("/users/" + Http.encode(key));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("sri").asText();
    }

    @Test
    @Tag("container-smoke")
    @DisplayName("query and revoke by hash; the clear key is refused, and is in no answer, event or line of log")
    void queryAndRevoke() {
        Tokens tokens = signIn(GRACE);
        Tokens heidis = signIn(HEIDI);
        String hash = hash(NUMBER);
        realm.clearEvents();

        assertThat(sri(hash)).isEqualTo(tokens.sessionId());
        assertThat(sri(hash.toUpperCase(Locale.ROOT))).isEqualTo(tokens.sessionId());
        assertThat(desk.get("/users?user_key=" + hash).json().get("sri").asText())
                .isEqualTo(tokens.sessionId());
        for (Http.Answer refused : List.of(
                desk.get("/users/" + NUMBER),
                desk.get("/users?user_key=" + NUMBER),
                desk.post("/users/" + NUMBER + "/revoke"))) {
            assertError(refused, 400, "invalid_request");
            assertThat(refused.body()).doesNotContain(NUMBER).doesNotContain(SALT);
        }
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        assertThat(desk.post("/users/" + hash + "/revoke").status()).isEqualTo(200);

        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
        assertThat(new Backend(wiki).access(heidis).alive()).isTrue();
        JsonNode event = realm.events("LOGOUT").get(0);
        assertThat(event.at("/details/user_key").asText()).isEqualTo(hash);
        assertThat(realm.events().toString()).doesNotContain("EMP-clear");
        assertThat(realm.adminEvents().toString()).doesNotContain("EMP-clear");
        assertThat(Testbed.server().log())
                .contains("uniqueuserkey=\"" + hash + "\"")
                .doesNotContain("EMP-clear")
                .doesNotContain(SALT);
    }

    @Test
    @DisplayName("base64url, with and without padding, and SHA-512: as the realm says, from the next sign-in on")
    void otherForms() {
        realm.attribute("identities.hash-user-key-encoding", "base64url");
        Tokens tokens = signIn(GRACE);
        String padded = Base64.getUrlEncoder().encodeToString(digest("SHA-256", NUMBER));
        assertThat(padded).endsWith("=");
        assertThat(sri(padded)).isEqualTo(tokens.sessionId());
        assertThat(sri(padded.replace("=", ""))).isEqualTo(tokens.sessionId());
        assertError(desk.get("/users/" + hash(NUMBER)), 400, "invalid_request");

        realm.attribute("identities.hash-user-key-encoding", "hex");
        realm.attribute("identities.hash-user-key", "SHA512");
        tokens = signIn(GRACE);
        assertThat(desk.get("/users/" + HexFormat.of().formatHex(digest("SHA-512", NUMBER)))
                        .json()
                        .get("sessions"))
                .extracting(session -> session.get("sri").asText())
                .contains(tokens.sessionId());
        assertError(desk.get("/users/" + hash(NUMBER)), 400, "invalid_request");
    }

    @Test
    @DisplayName("each of several values of the key finds the person by its hash")
    void severalValues() {
        List<String> numbers = List.of("EMP-clear-0044", "EMP-clear-0045", "EMP-clear-0046");
        String judy =
                realm.user("judy", "judy-password", Map.of("attributes", Map.of("employeeNumber", numbers)), Map.of());

        Tokens tokens = signIn(SignIn.as("judy", "judy-password"));

        assertThat(numbers).allSatisfy(number -> assertThat(sri(hash(number))).isEqualTo(tokens.sessionId()));
        assertThat(kept(judy))
                .containsExactlyInAnyOrderElementsOf(
                        numbers.stream().map(HashedUserKeyIT::hash).toList());
        assertThat(desk.post("/users/" + hash("EMP-clear-0046") + "/revoke").status())
                .isEqualTo(200);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("an e-mail address is hashed in lower case, and followed when an administrator or the user changes it")
    void changedAddress() {
        realm.attribute("identities.user-key-attribute", "email");
        Tokens tokens = signIn(GRACE);
        assertThat(sri(hash("grace@hashed.example"))).isEqualTo(tokens.sessionId());

        ObjectNode user = (ObjectNode) realm.admin().get(realm.path("/users/" + grace));
        realm.admin().put(realm.path("/users/" + grace), user.put("email", "Grace.Married@hashed.example"));
        assertThat(sri(hash("grace@hashed.example"))).isEmpty();
        assertThat(sri(hash("grace.married@hashed.example"))).isEqualTo(tokens.sessionId());

        ObjectNode profile = profile(tokens);
        save(tokens, profile.put("email", "grace@hashed.example"));
        assertThat(sri(hash("grace.married@hashed.example"))).isEmpty();
        assertThat(sri(hash("grace@hashed.example"))).isEqualTo(tokens.sessionId());
    }

    @Test
    @DisplayName("a user who edits the kept hash is neither found as another nor overlooked")
    void editedByTheUser() {
        Tokens graces = signIn(GRACE);
        Tokens heidis = signIn(HEIDI);

        for (List<String> forged : List.of(List.of(hash(NUMBER)), List.<String>of(), List.of("x"))) {
            ObjectNode profile = profile(heidis);
            profile.withObjectProperty("attributes").set(KEPT, new JsonMapper().valueToTree(forged));
            save(heidis, profile);

            assertThat(desk.get("/users/" + hash(NUMBER)).json().get("sessions"))
                    .hasSize(1);
            assertThat(sri(hash(NUMBER))).isEqualTo(graces.sessionId());
            assertThat(sri(hash("EMP-clear-0043"))).isEqualTo(heidis.sessionId());
        }
        assertThat(realm.events("UPDATE_PROFILE")).hasSize(3);
        assertThat(desk.post("/users/" + hash(NUMBER) + "/revoke").status()).isEqualTo(200);
        assertThat(new Backend(wiki).access(graces).lost()).isTrue();
        assertThat(new Backend(wiki).access(heidis).alive()).isTrue();
    }

    private static Http account(Tokens tokens) {
        return Http.at(Testbed.server().url(), "hashed", "/account")
                .with("Authorization", "Bearer " + tokens.accessToken())
                .with("Accept", "application/json");
    }

    private static ObjectNode profile(Tokens tokens) {
        Http.Answer answer = account(tokens).get("/?userProfileMetadata=false");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (ObjectNode) answer.json();
    }

    private static void save(Tokens tokens, ObjectNode profile) {
        Http.Answer answer = account(tokens).postJson("/", profile.toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    @Test
    @DisplayName("unknown keys, and people who are not signed in, are answered alike")
    void indistinguishable() {
        signIn(GRACE);
        realm.admin().post(realm.path("/users/" + grace + "/logout"), Map.of());

        Http.Answer known = desk.get("/users/" + hash(NUMBER));
        Http.Answer unknown = desk.get("/users/" + hash("nobody"));

        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo(known.body()).isEqualTo("{\"sessions\":[]}");
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(known.headers().map().keySet());
        assertThat(desk.post("/users/" + hash("nobody") + "/revoke").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("hashes are those of the realm's attribute: a client with another one is told")
    void ofAnotherAttribute() {
        Tokens tokens = signIn(GRACE);
        realm.clientAttribute("desk", "identities.user-key-attribute", "username");

        Http.Answer answer = desk.post("/users/" + hash("grace") + "/revoke");

        assertError(answer, 400, "invalid_request");
        assertThat(answer.json().get("message").asText()).contains("identities.user-key-attribute");
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
    }

    @Test
    @DisplayName("switched off, clear keys are taken again, a sign-in does nothing, and the next change of the user"
            + " takes the kept hash away")
    void switchedOff() {
        signIn(HEIDI);
        assertThat(kept(heidi)).containsExactly(hash("EMP-clear-0043"));

        realm.attribute("identities.hash-user-key", null);
        Tokens tokens = signIn(HEIDI);

        assertThat(kept(heidi)).containsExactly(hash("EMP-clear-0043"));
        assertThat(desk.get("/users/EMP-clear-0043").json().get("sessions"))
                .extracting(session -> session.get("sri").asText())
                .contains(tokens.sessionId());

        realm.admin().put(realm.path("/users/" + heidi), realm.admin().get(realm.path("/users/" + heidi)));

        assertThat(kept(heidi)).isEmpty();
    }

    private static List<String> kept(String userId) {
        JsonNode values = realm.admin()
                .get(realm.path("/users/" + userId))
                .at("/attributes")
                .path(KEPT);
        List<String> kept = new ArrayList<>();
        values.forEach(value -> kept.add(value.asText()));
        return kept;
    }
}
