package dev.identities.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * How a user key becomes the value that callers send instead of it, where a realm wants hashed keys:
 * {@code encoding(algorithm(UTF-8(salt + key)))}. User names and e-mail addresses are hashed in lower case, as Keycloak
 * keeps them; ids and attributes as they are.
 *
 * @param salt put before the key; the same for everybody in the realm, since callers must be able to compute it too
 */
public record UserKeyHash(Algorithm algorithm, Encoding encoding, String salt) {

    /** The digest. */
    public enum Algorithm {
        SHA_256("SHA-256"),
        SHA_512("SHA-512");

        private final String jcaName;

        Algorithm(String jcaName) {
            this.jcaName = jcaName;
        }

        /** Anything unknown counts as SHA-256: a realm that asked for hashed keys shall not get clear ones. */
        private static Algorithm of(String text) {
            return letters(text).equals("sha512") ? SHA_512 : SHA_256;
        }
    }

    /** How the digest is written. */
    public enum Encoding {
        /** Lower case; callers may use upper case. */
        HEX,
        /** RFC 4648 section 5; padding makes no difference. */
        BASE64URL
    }

    /** Reads the three attributes; empty where callers send keys that are not hashed. */
    static Optional<UserKeyHash> of(String algorithm, String encoding, String salt) {
        boolean off = !RealmSettings.isSet(algorithm)
                || letters(algorithm).equals("false")
                || letters(algorithm).equals("off")
                || letters(algorithm).equals("none");
        return off
                ? Optional.empty()
                : Optional.of(new UserKeyHash(
                        Algorithm.of(algorithm),
                        encoding != null && letters(encoding).equals("base64url") ? Encoding.BASE64URL : Encoding.HEX,
                        salt == null ? "" : salt));
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The hash of a key, as it is stored and compared. */
    public String of(String key) {
        byte[] digest = digest().digest((salt + key).getBytes(StandardCharsets.UTF_8));
        return encoding == Encoding.HEX
                ? HexFormat.of().formatHex(digest)
                : Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** The hash that a caller sent, in the form in which hashes are stored; empty when it cannot be such a hash. */
    public Optional<String> read(String sent) {
        int bytes = digest().getDigestLength();
        if (encoding == Encoding.HEX) {
            return sent.matches("[0-9a-fA-F]{" + 2 * bytes + "}")
                    ? Optional.of(sent.toLowerCase(Locale.ROOT))
                    : Optional.empty();
        }
        String unpadded = sent.replaceFirst("={1,2}$", "");
        int length = (bytes * 8 + 5) / 6;
        return unpadded.matches("[A-Za-z0-9_-]{" + length + "}") ? Optional.of(unpadded) : Optional.empty();
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm.jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For messages: which hash callers are to send. Without the salt. */
    @Override
    public String toString() {
        return algorithm.jcaName + ", " + encoding.name().toLowerCase(Locale.ROOT);
    }
}
