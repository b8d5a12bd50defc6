package dev.identities.keycloak.sessions;

import dev.identities.listing.CursorSeal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Encrypts cursors with a key that is derived from the realm's AES key: {@code pos_} + base64url of nonce and ciphertext. All
 * nodes have that key, nothing is kept, and a cursor of another realm does not open. When an administrator removes the key,
 * the cursors made with it open no more, and clients begin again with the first page.
 */
public final class RealmCursorSeal implements CursorSeal {

    private static final String PREFIX = "pos_";

    /** Keeps the derived key apart from all others that are derived from the realm's. */
    private static final byte[] PURPOSE = "identities cursor".getBytes(StandardCharsets.US_ASCII);

    private static final String DERIVATION = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Cursors are filled up to a multiple of this: all but those of users with a very long id have one length. */
    private static final int BLOCK = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<SecretKey> active;
    private final Supplier<Stream<SecretKey>> enabled;

    /**
     * A seal with these keys.
     *
     * @param active the one to seal with
     * @param enabled all that may have been used to seal
     */
    RealmCursorSeal(Supplier<SecretKey> active, Supplier<Stream<SecretKey>> enabled) {
        this.active = active;
        this.enabled = enabled;
    }

    /** The realm's seal. Keys are looked up only where a cursor is closed or opened. */
    public static RealmCursorSeal of(KeycloakSession session, RealmModel realm) {
        return new RealmCursorSeal(
                () -> session.keys()
                        .getActiveKey(realm, KeyUse.ENC, Algorithm.AES)
                        .getSecretKey(),
                () -> session.keys()
                        .getKeysStream(realm, KeyUse.ENC, Algorithm.AES)
                        .map(KeyWrapper::getSecretKey));
    }

    @Override
    public String seal(String cursor) {
        byte[] text = cursor.getBytes(StandardCharsets.US_ASCII);
        byte[] filled = Arrays.copyOf(text, (text.length + BLOCK - 1) / BLOCK * BLOCK);
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, active.get(), nonce).doFinal(filled);
            return PREFIX
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(ByteBuffer.allocate(nonce.length + closed.length)
                                    .put(nonce)
                                    .put(closed)
                                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the realm's AES key cannot be used", e);
        }
    }

    @Override
    public Optional<String> open(String text) {
        return text.startsWith(PREFIX)
                ? decoded(text.substring(PREFIX.length())).flatMap(closed -> enabled.get()
                        .flatMap(key -> opened(key, closed).stream())
                        .findFirst())
                : Optional.empty();
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text)).filter(closed -> closed.length > NONCE_BYTES);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<String> opened(SecretKey key, byte[] closed) {
        try {
            byte[] filled = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(closed, NONCE_BYTES))
                    .doFinal(closed, NONCE_BYTES, closed.length - NONCE_BYTES);
            return Optional.of(new String(filled, StandardCharsets.US_ASCII).replace("\0", ""));
        } catch (GeneralSecurityException notSealedWithThisKey) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, SecretKey realmKey, byte[] nonce) throws GeneralSecurityException {
        Mac derivation = Mac.getInstance(DERIVATION);
        derivation.init(realmKey);
        SecretKey key = new SecretKeySpec(derivation.doFinal(PURPOSE), 0, KEY_BYTES, "AES");
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
