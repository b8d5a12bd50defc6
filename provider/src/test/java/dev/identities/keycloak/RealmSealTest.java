package dev.identities.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RealmSealTest {

    private static final byte[] CONTENT = {1, 2, 3};

    private final RealmSeal seal = new RealmSeal("tkt_", "tickets", keys(1));

    private static RealmSeal.Keys keys(int seed) {
        byte[] bytes = new byte[16];
        new Random(seed).nextBytes(bytes);
        SecretKey key = new SecretKeySpec(bytes, "AES");
        return new RealmSeal.Keys(() -> key, () -> Stream.of(key));
    }

    @Test
    @DisplayName("a seal opens to what was sealed")
    void opened() {
        String sealed = seal.seal(CONTENT);
        assertThat(sealed).matches("tkt_[A-Za-z0-9_-]+");
        assertThat(seal.open(sealed))
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(CONTENT));
        assertThat(seal.seal(CONTENT)).isNotEqualTo(sealed);
    }

    @Test
    @DisplayName("no text opens in which one character was changed, or that is cut")
    void altered() {
        String sealed = seal.seal(CONTENT);
        for (int at = 0; at < sealed.length(); at++) {
            char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
            // The last character has bits that belong to no byte.
            if (at < sealed.length() - 1) {
                assertThat(seal.open(sealed.substring(0, at) + other + sealed.substring(at + 1)))
                        .isEmpty();
            }
            assertThat(seal.open(sealed.substring(0, at))).isEmpty();
        }
    }

    @Test
    @DisplayName("a seal of another realm does not open, nor one for another purpose")
    void foreign() {
        assertThat(seal.open(new RealmSeal("tkt_", "tickets", keys(2)).seal(CONTENT)))
                .isEmpty();
        assertThat(seal.open(new RealmSeal("tkt_", "cursors", keys(1)).seal(CONTENT)))
                .isEmpty();
        assertThat(seal.open(new RealmSeal("pos_", "tickets", keys(1)).seal(CONTENT)))
                .isEmpty();
    }
}
