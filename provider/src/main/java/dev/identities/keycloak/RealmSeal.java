package dev.identities.keycloak;

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
 * Encrypts what a client keeps for us: prefix + base64url of nonce and ciphertext (AES-GCM). The key is derived from the
 * realm's AES key. All nodes have that key, nothing is kept, and a text of another realm does not open. When an
 * administrator removes the key, the texts made with it open no more.
 */
public final class RealmSeal {

    private static final String DERIVATION = "HmacSHA256";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String prefix;
    private final byte[] purpose;
    private final Keys keys;

    /**
     * The keys of a realm. They are looked up only where something is closed or opened.
     *
     * @param active the one to seal with
     * @param enabled all that may have been used to seal
     */
    public record Keys(Supplier<SecretKey> active, Supplier<Stream<SecretKey>> enabled) {

        /** The realm's AES keys. */
        public static Keys of(KeycloakSession session, RealmModel realm) {
            return new Keys(
                    () -> session.keys()
                            .getActiveKey(realm, KeyUse.ENC, Algorithm.AES)
                            .getSecretKey(),
                    () -> session.keys()
                            .getKeysStream(realm, KeyUse.ENC, Algorithm.AES)
                            .map(KeyWrapper::getSecretKey));
        }
    }

    /**
     * A seal with these keys.
     *
     * @param prefix begins each sealed text, so that a reader sees what it is
     * @param purpose keeps the derived key apart from all others that are derived from the realm's; ASCII
     */
    public RealmSeal(String prefix, String purpose, Keys keys) {
        this.prefix = prefix;
        this.purpose = purpose.getBytes(StandardCharsets.US_ASCII);
        this.keys = keys;
    }

    /** The content under seal: the prefix and {@code [A-Za-z0-9_-]}. Two seals of one content differ. */
    public String seal(byte[] content) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] closed =
                    cipher(Cipher.ENCRYPT_MODE, keys.active().get(), nonce).doFinal(content);
            return prefix
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

    /**
     * The content under a seal.
     *
     * @param text from outside, untrusted
     * @return empty for any text that was not sealed here for this purpose
     */
    public Optional<byte[]> open(String text) {
        return text.startsWith(prefix)
                ? decoded(text.substring(prefix.length())).flatMap(closed -> keys.enabled()
                        .get()
                        .flatMap(key -> opened(key, closed).stream())
                        .findFirst())
                : Optional.empty();
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            // Java's cipher fails otherwise than with a wrong text if there is no room for a tag.
            return Optional.of(Base64.getUrlDecoder().decode(text))
                    .filter(closed -> closed.length >= NONCE_BYTES + TAG_BITS / Byte.SIZE);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> opened(SecretKey key, byte[] closed) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(closed, NONCE_BYTES))
                    .doFinal(closed, NONCE_BYTES, closed.length - NONCE_BYTES));
        } catch (GeneralSecurityException notSealedWithThisKey) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, SecretKey realmKey, byte[] nonce) throws GeneralSecurityException {
        Mac derivation = Mac.getInstance(DERIVATION);
        derivation.init(realmKey);
        SecretKey key = new SecretKeySpec(derivation.doFinal(purpose), 0, KEY_BYTES, "AES");
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
