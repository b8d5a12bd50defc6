package dev.identities.e2e;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Proofs of possession of one key (RFC 9449). */
final class DpopProof {

    /** Length of a coordinate on P-256. */
    private static final int COORDINATE = 32;

    /** Keys that lack a part, or have one that is no number, or are of no known kind. */
    static final List<String> MALFORMED_KEYS = List.of(
            "{}",
            "{\"kty\":\"EC\"}",
            "{\"kty\":\"EC\",\"crv\":\"P-256\"}",
            "{\"kty\":\"EC\",\"crv\":\"P-1\",\"x\":\"AA\",\"y\":\"AA\"}",
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%\",\"y\":\"%\"}",
            "{\"kty\":\"RSA\"}",
            "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}",
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}",
            "{\"kty\":\"none\"}",
            "\"key\"",
            "null");

    private final KeyPair key;

    DpopProof() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A proof for a token request. */
    String of(String method, URI uri) {
        return sign(claims(method, uri, ""));
    }

    /** A proof for the use of an access token. */
    String of(String method, URI uri, String accessToken) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return sign(claims(method, uri, ",\"ath\":\"" + encode(hash) + "\""));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String claims(String method, URI uri, String more) {
        return "{\"jti\":\"" + UUID.randomUUID() + "\",\"htm\":\"" + method + "\",\"htu\":\"" + uri + "\",\"iat\":"
                + Instant.now().getEpochSecond() + more + "}";
    }

    /** A proof for a token request that claims to be of another key. */
    String withKey(String jwk, String method, URI uri) {
        return sign(jwk, claims(method, uri, ""));
    }

    private String sign(String claims) {
        ECPublicKey publicKey = (ECPublicKey) key.getPublic();
        return sign(
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                        + coordinate(publicKey.getW().getAffineX()) + "\",\"y\":\""
                        + coordinate(publicKey.getW().getAffineY()) + "\"}",
                claims);
    }

    private String sign(String jwk, String claims) {
        String header = "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + jwk + "}";
        String signed =
                encode(header.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE - length, length);
        return encode(fixed);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
