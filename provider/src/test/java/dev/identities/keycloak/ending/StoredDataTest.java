package dev.identities.keycloak.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.capture.SignInNotes;
import dev.identities.keycloak.users.UserKeyHashes;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The data in the database that nodes of two versions read of each other. If you change one of these values, raise
 * {@code STORED_DATA} of {@link dev.identities.keycloak.slots.ClusterCompatibility}.
 */
class StoredDataTest {

    @Test
    @DisplayName("stored data 1: two notes in a session")
    void notes() {
        assertThat(SignInNotes.at(Instant.ofEpochSecond(1_700_000_000), name -> null, "Browser/1"))
                .isEqualTo(Map.of(
                        "identities.last-sign-in", "1700000000",
                        "identities.user-agent", "Browser/1"));
    }

    @Test
    @DisplayName("stored data 1: the key of a revoked SRI")
    void revokedSri() {
        assertThat(RevokedSris.key("realm", "sid")).isEqualTo("sri.9myVJhBhkGYPWdapT6iEgzWCMZXZSY5L");
    }

    @Test
    @DisplayName("stored data 1: the attribute of hashed user keys")
    void userKeyHash() {
        assertThat(UserKeyHashes.ATTRIBUTE).isEqualTo("identitiesUserKeyHash");
    }
}
