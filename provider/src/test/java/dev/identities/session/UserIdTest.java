package dev.identities.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

    private static final String LOCAL = "0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e";

    @Test
    @DisplayName("a local user's id stands there as it is, and is also read bare")
    void local() {
        assertThat(new UserId(LOCAL)).hasToString("usr_" + LOCAL);
        assertThat(UserId.parse("usr_" + LOCAL)).contains(new UserId(LOCAL));
        assertThat(UserId.parse(LOCAL)).contains(new UserId(LOCAL));
    }

    @ParameterizedTest
    @DisplayName("ids that clients could not put into a path are encoded")
    @CsvSource({"f:ldap:jane@x, usr_x_ZjpsZGFwOmphbmVAeA", "a_b, usr_x_YV9i", "x_b, usr_x_eF9i"})
    void encoded(String value, String text) {
        assertThat(new UserId(value)).hasToString(text);
        assertThat(UserId.parse(text)).contains(new UserId(value));
    }

    @ParameterizedTest
    @DisplayName("what is written is read back")
    @ValueSource(
            strings = {
                "x",
                "x-1",
                "-",
                "f:2b0e7a10-3d6f-4a52-8a3e-1f6c5d4b3a29:jane@example.com",
                "f:ldap:Jänë Дое 😀",
                "f:ldap:a/b?c=d&e=%2F+\\\"",
                "f:ldap:",
                "user.with.dots",
                " "
            })
    void roundTrip(String value) {
        UserId id = new UserId(value);
        assertThat(id.toString()).matches("usr_[A-Za-z0-9_-]+");
        assertThat(UserId.parse(id.toString())).contains(id);
    }

    @Test
    @DisplayName("the longest id that Keycloak's column takes is read back, a longer one is refused")
    void length() {
        UserId plain = new UserId("a".repeat(255));
        UserId federated = new UserId("f:" + "ä".repeat(253));
        assertThat(UserId.parse(plain.toString())).contains(plain);
        assertThat(UserId.parse(federated.toString())).contains(federated);
        assertThat(UserId.parse(plain + "a")).isEmpty();
        assertThat(UserId.parse(new UserId(federated.value() + "ä").toString())).isEmpty();
        assertThat(UserId.parse("usr_x_" + "A".repeat(1_000_000))).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("any other text is no id")
    @ValueSource(
            strings = {
                "",
                " ",
                "usr_",
                "usr",
                "usr_x_",
                "usr_x_!",
                "usr_x_Zjps ZGFw",
                "usr_x_ZjpsZGFwOmphbmVAeA=",
                "usr_x_Zjps/GFw",
                "usr_x_Zjps+GFw",
                "usr_x_A",
                "usr_a b",
                "usr_a_b",
                "usr_a/b",
                "usr_a%2Fb",
                "usr_ä",
                "USR_abc",
                " usr_abc",
                "usr_abc\n",
                "jane",
                "f:ldap:jane@x",
                "0B8A1F6E-6B1C-4F0E-9D3C-2F3A4B5C6D7E",
                "0b8a1f6e6b1c4f0e9d3c2f3a4b5c6d7e",
                "0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e0",
                "ses_696adf8bfabc"
            })
    void malformed(String text) {
        assertThat(UserId.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("control characters are refused: they have no business in a log or a database")
    @ValueSource(strings = {"f:ldap:a\u0000b", "f:ldap:a\nb", "\r", "f:ldap:\u007f", "f:ldap:\u0085"})
    void controlCharacters(String value) {
        assertThat(UserId.parse(new UserId(value).toString())).isEmpty();
    }

    @Test
    @DisplayName("bytes that are no UTF-8 are refused, and not repaired")
    void badUtf8() {
        for (byte[] bytes : new byte[][] {
            {(byte) 0xff}, {(byte) 0xc0, (byte) 0x80}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xc3}
        }) {
            String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(UserId.parse("usr_x_" + encoded)).isEmpty();
        }
        String good = Base64.getUrlEncoder().withoutPadding().encodeToString("ä".getBytes(StandardCharsets.UTF_8));
        assertThat(UserId.parse("usr_x_" + good)).contains(new UserId("ä"));
    }
}
