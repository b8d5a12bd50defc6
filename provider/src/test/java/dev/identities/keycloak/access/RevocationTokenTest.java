package dev.identities.keycloak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.identities.access.AccessDeniedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationTokenTest {

    private static final String ENDPOINT = "https://sso.example.com/realms/acme/app/global-token-revocation";
    private static final String CLIENT = "our-client-there";
    private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

    private static KeyPair key;

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();

    @BeforeAll
    static void key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        key = generator.generateKeyPair();
    }

    RevocationTokenTest() {
        header.put("alg", "ES256");
        header.put("kid", "k");
        header.put("typ", "global-token-revocation+jwt");
        claims.put("iss", "https://idp.example.com");
        claims.put("sub", CLIENT);
        claims.put("aud", ENDPOINT);
        claims.put("jti", "one");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.plusSeconds(300).getEpochSecond());
    }

    private static String json(Object value) {
        try {
            return new JsonMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(String header, String claims) {
        String signed =
                encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private RevocationToken read() throws AccessDeniedException {
        return RevocationToken.read(sign(json(header), json(claims)));
    }

    private void accept() throws AccessDeniedException {
        read().requireClaims(CLIENT, ENDPOINT, NOW);
    }

    private void assertRefused(String part) {
        assertThatThrownBy(this::accept)
                .isInstanceOfSatisfying(AccessDeniedException.class, denied -> assertThat(denied.detail())
                        .contains(part));
    }

    @Test
    @DisplayName("a token with all claims is read and accepted")
    void accepted() throws AccessDeniedException {
        accept();
        RevocationToken token = read();
        assertThat(token.issuer()).isEqualTo("https://idp.example.com");
        assertThat(token.subject()).isEqualTo(CLIENT);
        assertThat(token.id()).isEqualTo("one");
        assertThat(token.jws().getHeader().getKeyId()).isEqualTo("k");
        assertThat(token.left(NOW)).isEqualTo(Duration.ofSeconds(331));
    }

    @Test
    @DisplayName("an issuer with a blank, a control character or a letter outside of ASCII is none")
    void issuerIsNoUrl() throws AccessDeniedException {
        for (String iss :
                new String[] {"https://idp.example.com/a b", "https://idp.example.com/\t", "https://\u00e9"}) {
            claims.put("iss", iss);
            assertThat(read().issuer()).as(iss).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "Global-Token-Revocation+JWT"})
    @DisplayName("the type is compared without regard to case")
    void types(String type) throws AccessDeniedException {
        header.put("typ", type);
        accept();
    }

    @Test
    @DisplayName("type and nbf may be missing, and the audience may be the only one of a list")
    void optional() throws AccessDeniedException {
        header.remove("typ");
        claims.put("aud", List.of(ENDPOINT));
        accept();
        claims.put("nbf", NOW.getEpochSecond());
        accept();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "at+jwt", "secevent+jwt", "JOSE", "", "jwt "})
    @DisplayName("another type is refused")
    void otherTypes(String type) {
        header.put("typ", type);
        assertRefused("typ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "HS384", "HS512", "rs256", "", "XS256"})
    @DisplayName("an algorithm without a private key is refused")
    void algorithms(String algorithm) {
        header.put("alg", algorithm);
        assertRefused("alg");
    }

    @Test
    @DisplayName("critical extensions are refused")
    void critical() {
        header.put("crit", List.of("b64"));
        assertRefused("crit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonce",
                "azp",
                "at_hash",
                "c_hash",
                "s_hash",
                "auth_time",
                "acr",
                "amr",
                "sid",
                "events",
                "scope",
                "client_id",
                "typ"
            })
    @DisplayName("a claim of another kind of token is refused, whatever its value")
    void otherTokens(String claim) {
        claims.put(claim, null);
        assertRefused("The claim " + claim + " belongs to another kind of token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "aud", "jti", "iat", "exp"})
    @DisplayName("a missing claim, and one of another JSON type, is refused")
    void required(String claim) {
        claims.remove(claim);
        assertRefused(claim);
        claims.put(claim, true);
        assertRefused(claim);
    }

    @Test
    @DisplayName("a client that has no id at the provider is nobody's subject")
    void noClientId() throws AccessDeniedException {
        claims.put("sub", "");
        RevocationToken token = read();
        assertThatThrownBy(() -> token.requireClaims("", ENDPOINT, NOW)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    @DisplayName("the audience is the endpoint and nothing else")
    void audience() {
        for (Object other : List.of(
                ENDPOINT + "/",
                ENDPOINT.toUpperCase(Locale.ROOT),
                CLIENT,
                List.of(),
                List.of(ENDPOINT, ENDPOINT),
                List.of(List.of(ENDPOINT)),
                Map.of("x", ENDPOINT))) {
            claims.put("aud", other);
            assertRefused("aud");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -30, expired",
        "iat, 31, not valid yet",
        "nbf, 31, not valid yet",
        "iat, -301, more than 10 minutes",
        "exp, 601, more than 10 minutes"
    })
    @DisplayName("times beyond the bounds are refused")
    void times(String claim, long seconds, String problem) {
        claims.put(claim, NOW.plusSeconds(seconds).getEpochSecond());
        assertRefused(problem);
    }

    @ParameterizedTest
    @CsvSource({"exp, -29", "iat, 30", "nbf, 30", "iat, -300", "exp, 600", "nbf, -9999"})
    @DisplayName("times at the bounds are accepted")
    void bounds(String claim, long seconds) throws AccessDeniedException {
        claims.put(claim, NOW.plusSeconds(seconds).getEpochSecond());
        accept();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "1e300", "-1", "31556889864403199"})
    @DisplayName("a time that no clock shows is refused")
    void absurdTimes(String exp) throws AccessDeniedException {
        RevocationToken token = RevocationToken.read(
                sign(json(header), json(claims).replace("\"exp\":" + claims.get("exp"), "\"exp\":" + exp)));
        assertThatThrownBy(() -> token.requireClaims(CLIENT, ENDPOINT, NOW)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    @DisplayName("a jti of 255 characters is taken, a longer one is not")
    void longId() throws AccessDeniedException {
        claims.put("jti", "x".repeat(RevocationToken.MAX_JTI));
        accept();
        claims.put("jti", "x".repeat(RevocationToken.MAX_JTI + 1));
        assertRefused("jti");
    }

    @Test
    @DisplayName("a text that is no signed JWT is refused, and so are repeated members and trailing text")
    void malformed() {
        String good = sign(json(header), json(claims));
        String unsigned = good.substring(0, good.lastIndexOf('.'));
        for (String bad : List.of(
                "",
                "x",
                "a.b.c",
                unsigned,
                unsigned + ".",
                good + ".x",
                good + "=",
                " " + good,
                sign("[]", json(claims)),
                sign(json(header), "[]"),
                sign(json(header), "null"),
                sign(json(header), json(claims) + "{}"),
                sign(json(header), json(claims).replaceFirst("\\{", "{\"aud\":\"x\",")),
                sign(json(header).replaceFirst("\\{", "{\"alg\":\"none\","), json(claims)),
                "x".repeat(RevocationToken.MAX_LENGTH + 1))) {
            assertThatThrownBy(() -> RevocationToken.read(bad)).as(bad).isInstanceOf(AccessDeniedException.class);
        }
    }
}
