package dev.identities.keycloak.sessions;

import dev.identities.keycloak.RealmSeal;
import dev.identities.listing.CursorSeal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Encrypts cursors with a key of the realm, as {@code pos_...}. When an administrator removes the key, clients begin again
 * with the first page.
 */
public final class RealmCursorSeal implements CursorSeal {

    private static final String PREFIX = "pos_";
    private static final String PURPOSE = "identities cursor";

    /** Cursors are filled up to a multiple of this: all but those of users with a very long id have one length. */
    private static final int BLOCK = 64;

    private final RealmSeal seal;

    private RealmCursorSeal(RealmSeal.Keys keys) {
        this.seal = new RealmSeal(PREFIX, PURPOSE, keys);
    }

    /**
     * A seal with these keys.
     *
     * @param active the one to seal with
     * @param enabled all that may have been used to seal
     */
    RealmCursorSeal(Supplier<SecretKey> active, Supplier<Stream<SecretKey>> enabled) {
        this(new RealmSeal.Keys(active, enabled));
    }

    /** The realm's seal. */
    public static RealmCursorSeal of(KeycloakSession session, RealmModel realm) {
        return new RealmCursorSeal(RealmSeal.Keys.of(session, realm));
    }

    @Override
    public String seal(String cursor) {
        byte[] text = cursor.getBytes(StandardCharsets.US_ASCII);
        return seal.seal(Arrays.copyOf(text, (text.length + BLOCK - 1) / BLOCK * BLOCK));
    }

    @Override
    public Optional<String> open(String text) {
        return seal.open(text).map(filled -> new String(filled, StandardCharsets.US_ASCII).replace("\0", ""));
    }
}
