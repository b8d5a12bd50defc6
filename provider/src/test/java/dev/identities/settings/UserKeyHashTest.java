package dev.identities.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.settings.UserKeyHash.Algorithm;
import dev.identities.settings.UserKeyHash.Encoding;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserKeyHashTest {

    /** Of abc, from FIPS 180-4's examples. */
    private static final String ABC_256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /** Of abc, from FIPS 180-4's examples. */
    private static final String ABC_512 = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    /** Of abc. */
    private static final String ABC_256_BASE64 = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";

    /** Of abc. */
    private static final String ABC_512_BASE64 =
            "3a81oZNherrMQXNJriBBMRLm-k6JqX6iCp7u5ktV05ohkpkqJ0_BqDa6PCOj_uu9RU1EI2Q86A4qmslPpUyknw";

    @ParameterizedTest
    @DisplayName("hashes of known texts, in both encodings")
    @CsvSource({
        "SHA_256, HEX, abc, " + ABC_256,
        "SHA_512, HEX, abc, " + ABC_512,
        "SHA_256, BASE64URL, abc, " + ABC_256_BASE64,
        "SHA_512, BASE64URL, abc, " + ABC_512_BASE64,
        "SHA_256, HEX, '', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "SHA_256, HEX, abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
                + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    })
    void known(Algorithm algorithm, Encoding encoding, String key, String hash) {
        assertThat(new UserKeyHash(algorithm, encoding, "").of(key)).isEqualTo(hash);
    }

    @ParameterizedTest
    @DisplayName("the salt stands before the key")
    @CsvSource({"a, bc", "ab, c", "abc, ''"})
    void salt(String salt, String key) {
        assertThat(new UserKeyHash(Algorithm.SHA_256, Encoding.HEX, salt).of(key))
                .isEqualTo(ABC_256);
    }

    @Test
    @DisplayName("salt and key are taken as UTF-8, and in their case")
    void text() {
        UserKeyHash hashing = new UserKeyHash(Algorithm.SHA_256, Encoding.HEX, "Grüße ☃");
        assertThat(hashing.of("Jänë")).isEqualTo("ece0941010cfe63a7458042adb63f008dea882b97d6a833d84842721482f146f");
        assertThat(hashing.of("jänë")).isNotEqualTo(hashing.of("Jänë"));
    }

    @ParameterizedTest
    @DisplayName("a caller's hash is read into the form in which hashes are kept")
    @CsvSource({
        "SHA_256, HEX, " + ABC_256 + ", " + ABC_256,
        "SHA_512, HEX, " + ABC_512 + ", " + ABC_512,
        "SHA_256, BASE64URL, " + ABC_256_BASE64 + ", " + ABC_256_BASE64,
        "SHA_256, BASE64URL, " + ABC_256_BASE64 + "=, " + ABC_256_BASE64,
        "SHA_512, BASE64URL, " + ABC_512_BASE64 + ", " + ABC_512_BASE64,
        "SHA_512, BASE64URL, " + ABC_512_BASE64 + "==, " + ABC_512_BASE64
    })
    void read(Algorithm algorithm, Encoding encoding, String sent, String kept) {
        assertThat(new UserKeyHash(algorithm, encoding, "").read(sent)).contains(kept);
    }

    @Test
    @DisplayName("hexadecimal digits may be sent in upper case, base64url has only one form")
    void readUpperCase() {
        UserKeyHash hex = new UserKeyHash(Algorithm.SHA_256, Encoding.HEX, "");
        assertThat(hex.read(ABC_256.toUpperCase(Locale.ROOT))).contains(ABC_256);
        UserKeyHash base64 = new UserKeyHash(Algorithm.SHA_256, Encoding.BASE64URL, "");
        assertThat(base64.read(ABC_256_BASE64.toUpperCase(Locale.ROOT)))
                .contains(ABC_256_BASE64.toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @DisplayName("text that cannot be such a hash is not read")
    @CsvSource({
        "SHA_256, HEX, ''",
        "SHA_256, HEX, jane",
        "SHA_256, HEX, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
        "SHA_256, HEX, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adb",
        "SHA_256, HEX, ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "SHA_256, HEX, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad '",
        "SHA_256, HEX, " + ABC_512,
        "SHA_256, HEX, " + ABC_256_BASE64,
        "SHA_512, HEX, " + ABC_256,
        "SHA_256, BASE64URL, ''",
        "SHA_256, BASE64URL, jane",
        "SHA_256, BASE64URL, " + ABC_256,
        "SHA_256, BASE64URL, " + ABC_512_BASE64,
        "SHA_256, BASE64URL, ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa",
        "SHA_256, BASE64URL, ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",
        "SHA_256, BASE64URL, ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0===",
        "SHA_256, BASE64URL, =ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0",
        "SHA_512, BASE64URL, " + ABC_256_BASE64
    })
    void notRead(Algorithm algorithm, Encoding encoding, String sent) {
        assertThat(new UserKeyHash(algorithm, encoding, "").read(sent)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("every hash is read unchanged")
    @ValueSource(strings = {"jane", "", "Jänë", "a/b", "x@example.com"})
    void roundTrip(String key) {
        for (Algorithm algorithm : Algorithm.values()) {
            for (Encoding encoding : Encoding.values()) {
                UserKeyHash hashing = new UserKeyHash(algorithm, encoding, "s");
                assertThat(hashing.read(hashing.of(key))).contains(hashing.of(key));
            }
        }
    }

    @ParameterizedTest
    @DisplayName("unset, and the words for no: keys are sent as they are")
    @NullSource
    @ValueSource(strings = {"", " ", "\t", "false", "FALSE", " false ", "off", "Off", "none", "None"})
    void off(String algorithm) {
        assertThat(UserKeyHash.of(algorithm, "hex", "s")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("the two algorithms, in any spelling; any other text means SHA-256, so keys are still hashed")
    @CsvSource({
        "sha-256, SHA_256",
        "SHA-256, SHA_256",
        "sha256, SHA_256",
        "sha-512, SHA_512",
        "SHA_512, SHA_512",
        "' Sha512 ', SHA_512",
        "true, SHA_256",
        "yes, SHA_256",
        "md5, SHA_256",
        "sha-1, SHA_256",
        "sha-512/256, SHA_256",
        "5, SHA_256",
        "???, SHA_256"
    })
    void algorithms(String text, Algorithm algorithm) {
        assertThat(UserKeyHash.of(text, null, null)).contains(new UserKeyHash(algorithm, Encoding.HEX, ""));
    }

    @ParameterizedTest
    @DisplayName("base64url, however it is written; anything else is hexadecimal")
    @CsvSource({
        "hex, HEX",
        "HEX, HEX",
        "base64url, BASE64URL",
        "Base64URL, BASE64URL",
        "base64-url, BASE64URL",
        "' base64url ', BASE64URL",
        "base64, HEX",
        "'', HEX",
        ", HEX",
        "nonsense, HEX"
    })
    void encodings(String text, Encoding encoding) {
        assertThat(UserKeyHash.of("sha-256", text, null)).contains(new UserKeyHash(Algorithm.SHA_256, encoding, ""));
    }

    @ParameterizedTest
    @DisplayName("the salt is taken as it is, spaces included")
    @ValueSource(strings = {"pepper", " ", " a b ", "", "false"})
    void saltAsItIs(String salt) {
        assertThat(UserKeyHash.of("sha-256", "hex", salt))
                .contains(new UserKeyHash(Algorithm.SHA_256, Encoding.HEX, salt));
    }

    @Test
    @DisplayName("its text says what form callers must send, and does not show the salt")
    void message() {
        assertThat(new UserKeyHash(Algorithm.SHA_256, Encoding.HEX, "pepper")).hasToString("SHA-256, hex");
        assertThat(new UserKeyHash(Algorithm.SHA_512, Encoding.BASE64URL, "pepper"))
                .hasToString("SHA-512, base64url");
    }
}
