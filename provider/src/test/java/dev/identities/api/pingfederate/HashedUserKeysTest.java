package dev.identities.api.pingfederate;

import static dev.identities.api.JsonText.tree;
import static dev.identities.api.pingfederate.PingAnswers.assertAnswer;
import static dev.identities.api.pingfederate.PingAnswers.assertDone;
import static dev.identities.api.pingfederate.PingAnswers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.api.ApiServer.Answer;
import dev.identities.session.SampleSession;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Realms that want the hash of a user key instead of the key. */
class HashedUserKeysTest {

    /** SHA-256 of jane. */
    private static final String HEX = "81f8f6dde88365f3928796ec7aa53f72820b06db8664f5fe76a7eb13e24546a2";

    /** SHA-256 of pepperjane. */
    private static final String SALTED = "hKI_4P_obIlNWaRqVBXWyrJd3GprX9LsMdMscjPHeew";

    private final PingWorld world = new PingWorld();

    @BeforeEach
    void jane() {
        world.realmAttributes.put("identities.hash-user-key", "sha-256");
        world.user("username=jane", "jane");
        world.add(SampleSession.of("janes").user("jane").build());
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("people are found by the hash of their key, by path and by query")
    void found() {
        assertFound(world.users("GET", "/" + HEX));
        assertFound(world.users("GET", "?user_key=" + HEX));
        assertThat(world.userKeys.lookUps).containsExactly("username#" + HEX, "username#" + HEX);
        assertDone(world.users("POST", "/" + HEX + "/revoke"));
        assertThat(world.left()).isEmpty();
    }

    @Test
    @DisplayName("hexadecimal digits may come in upper case")
    void upperCase() {
        assertFound(world.users("GET", "/" + HEX.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @DisplayName("algorithm, encoding and salt are the realm's; padding makes no difference")
    @ValueSource(strings = {SALTED, SALTED + "=", SALTED + "%3D"})
    void saltedBase64(String sent) {
        world.realmAttributes.put("identities.hash-user-key-encoding", "base64url");
        world.realmAttributes.put("identities.hash-user-key-salt", "pepper");
        assertFound(world.users("GET", "/" + sent));
        assertThat(world.userKeys.lookUps).containsExactly("username#" + SALTED);
    }

    @ParameterizedTest
    @DisplayName("what cannot be such a hash, the key itself included: 400 that says what is wanted; nobody looked up")
    @ValueSource(
            strings = {
                "jane",
                "jane%40example.com",
                "81f8f6dde88365f3928796ec7aa53f72820b06db8664f5fe76a7eb13e24546a",
                "81f8f6dde88365f3928796ec7aa53f72820b06db8664f5fe76a7eb13e24546a20",
                "g1f8f6dde88365f3928796ec7aa53f72820b06db8664f5fe76a7eb13e24546a2",
                "gfj23eiDZfOSh5bseqU_coILBtuGZPX-dqfrE-JFRqI"
            })
    void notAHash(String sent) {
        world.realmAttributes.put("identities.hash-user-key-salt", "pepper");
        for (Answer answer : new Answer[] {
            world.users("GET", "/" + sent),
            world.users("POST", "/" + sent + "/revoke"),
            world.users("GET", "?user_key=" + sent)
        }) {
            assertThat(assertError(answer, 400, "invalid_request")
                            .get("message")
                            .textValue())
                    .contains("SHA-256, hex")
                    .doesNotContain("pepper", "jane");
        }
        assertThat(world.userKeys.lookUps).isEmpty();
        assertThat(world.left()).hasSize(1);
        assertThat(world.audit.revoked).isEmpty();
    }

    @ParameterizedTest
    @DisplayName(
            "hashes are of the realm's attribute: a client with one of its own is refused, one with the same is not")
    @CsvSource({"email, 400", "Username, 400", "username, 200", "' username ', 200", "' ', 200"})
    void clientsAttribute(String attribute, int status) {
        world.clientAttributes.put("identities.user-key-attribute", attribute);
        Answer answer = world.users("GET", "/" + HEX);
        if (status == 200) {
            assertFound(answer);
        } else {
            assertThat(assertError(answer, status, "invalid_request")
                            .get("message")
                            .textValue())
                    .contains("identities.user-key-attribute");
            assertError(world.users("POST", "/" + HEX + "/revoke"), status, "invalid_request");
            assertThat(world.userKeys.lookUps).isEmpty();
            assertThat(world.left()).hasSize(1);
        }
    }

    @Test
    @DisplayName("the realm's attribute may be another than the user name, and then the client's may be that")
    void realmsAttribute() {
        world.realmAttributes.put("identities.user-key-attribute", "email");
        world.user("email=jane", "jane");
        assertFound(world.users("GET", "/" + HEX));
        world.clientAttributes.put("identities.user-key-attribute", "email");
        assertFound(world.users("GET", "/" + HEX));
        assertThat(world.userKeys.lookUps).containsExactly("email#" + HEX, "email#" + HEX);
    }

    @Test
    @DisplayName("the audit gets the hash as it is compared, never the key")
    void audited() {
        world.users("POST", "/" + HEX + "/revoke");
        world.users("POST", "/" + HEX.toUpperCase(Locale.ROOT) + "/revoke");
        assertThat(world.audit.revoked).hasSize(2).allSatisfy(revoked -> assertThat(revoked.userKey())
                .contains(HEX));
    }

    @Test
    @DisplayName("a hash that is nobody's and a user without sessions: the same answer by the same work")
    void nothingToShow() {
        String nobodys = "0".repeat(64);
        world.users("POST", "/" + HEX + "/revoke");
        world.userKeys.lookUps.clear();
        assertAnswer(world.users("GET", "/" + nobodys), 200, "{\"sessions\":[]}");
        assertAnswer(world.users("GET", "/" + HEX), 200, "{\"sessions\":[]}");
        assertDone(world.users("POST", "/" + nobodys + "/revoke"));
        assertDone(world.users("POST", "/" + HEX + "/revoke"));
        assertThat(world.userKeys.lookUps)
                .hasSize(6)
                .allMatch(lookUp -> lookUp.startsWith("username#"))
                .filteredOn(("username#" + HEX)::equals)
                .hasSize(2);
    }

    @Test
    @DisplayName("a realm that takes keys as they are does not take hashes")
    void notHashed() {
        world.realmAttributes.put("identities.hash-user-key", "false");
        assertAnswer(world.users("GET", "/" + HEX), 200, "{\"sessions\":[]}");
        assertFound(world.users("GET", "/jane"));
    }

    private static void assertFound(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(tree(answer.body()).get("sri").textValue()).isEqualTo("janes");
    }
}
