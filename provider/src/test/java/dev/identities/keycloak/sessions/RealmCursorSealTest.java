package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.SampleSession;
import dev.identities.session.UserId;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealmCursorSealTest {

    private static final SecretKey KEY = key(1);
    private static final SecretKey OTHER = key(2);
    private static final String CURSOR = "act_696adf8bffrotF-VHnLE5JcDWeVn9XBAMh";

    private final RealmCursorSeal seal = seal(KEY, KEY);

    private static RealmCursorSeal seal(SecretKey active, SecretKey... enabled) {
        return new RealmCursorSeal(() -> active, () -> Stream.of(enabled));
    }

    private static SecretKey key(int seed) {
        byte[] bytes = new byte[16];
        new Random(seed).nextBytes(bytes);
        return new SecretKeySpec(bytes, "AES");
    }

    @ParameterizedTest
    @DisplayName("a seal opens to the same text, of any length")
    @ValueSource(
            strings = {
                "off_1",
                CURSOR,
                "usr_381a13a6-ccf2-4a10-96a8-123f136c4cac",
                "0123456789012345678901234567890123456789012345678901234567890123",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void opened(String cursor) {
        assertThat(seal.open(seal.seal(cursor))).contains(cursor);
    }

    @Test
    @DisplayName("the longest user id there can be still makes a cursor that fits into a URL")
    void longest() {
        String cursor = new UserId("f:" + "x".repeat(253)).toString();
        assertThat(seal.open(seal.seal(cursor))).contains(cursor);
        assertThat(seal.seal(cursor)).hasSizeLessThan(700);
    }

    @Test
    @DisplayName("a seal shows neither the cursor nor its length nor whether two cursors are the same")
    void closed() {
        String sealed = seal.seal(CURSOR);
        assertThat(sealed).matches("pos_[A-Za-z0-9_-]+").doesNotContain("696adf8b", "rotF", "act_");
        assertThat(seal.seal("off_1")).hasSameSizeAs(sealed);
        assertThat(seal.seal("usr_381a13a6-ccf2-4a10-96a8-123f136c4cac")).hasSameSizeAs(sealed);
        assertThat(seal.seal(SampleSession.of("x".repeat(36)).build().id().toString()))
                .hasSameSizeAs(sealed);
        assertThat(seal.seal(CURSOR)).isNotEqualTo(sealed);
    }

    @ParameterizedTest
    @DisplayName("a text that was not sealed here opens to nothing")
    @ValueSource(strings = {"", "pos_", "pos_1", "pos_!!!!", "pos_AAAA", CURSOR, "usr_u1", "pos_ä"})
    void foreign(String text) {
        assertThat(seal.open(text)).isEmpty();
    }

    @Test
    @DisplayName("a changed seal, and a seal of another realm, open to nothing")
    void forged() {
        String sealed = seal.seal(CURSOR);
        for (int i = "pos_".length(); i < sealed.length() - 1; i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(seal.open(sealed.substring(0, i) + other + sealed.substring(i + 1)))
                    .as("character %d", i)
                    .isEmpty();
        }
        assertThat(seal.open(sealed.substring(0, sealed.length() - 4))).isEmpty();
        assertThat(seal(OTHER, OTHER).open(sealed)).isEmpty();
    }

    @Test
    @DisplayName("after a change of keys a cursor opens as long as its key is enabled")
    void rotated() {
        String sealed = seal.seal(CURSOR);
        RealmCursorSeal rotated = seal(OTHER, OTHER, KEY);
        assertThat(rotated.open(sealed)).contains(CURSOR);
        assertThat(seal(OTHER, OTHER).open(rotated.seal(CURSOR))).contains(CURSOR);
    }
}
