package dev.identities.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.testbed.Realm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A signing key of a realm that is an identity provider of another realm. The provider publishes it with its other
 * keys, and the test has the private half, so that it can write what the provider would.
 *
 * @param kid the id under which the realm publishes the key
 */
public record ProviderKey(KeyPair pair, String kid) {

    /** A new key, which becomes the one that the realm signs with. */
    public static ProviderKey added(Realm provider, int priority) {
        KeyPair pair = newPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";
        String component = provider.admin()
                .post(
                        provider.path("/components"),
                        Map.of(
                                "name",
                                "rsa-" + priority,
                                "providerId",
                                "rsa",
                                "providerType",
                                "org.keycloak.keys.KeyProvider",
                                "config",
                                Map.of("privateKey", List.of(pem), "priority", List.of("" + priority))));
        for (JsonNode key : provider.admin().get(provider.path("/keys")).get("keys")) {
            if (key.get("providerId").asText().equals(component)
                    && key.get("algorithm").asText().equals("RS256")) {
                return new ProviderKey(pair, key.get("kid").asText());
            }
        }
        throw new IllegalStateException("The realm does not publish the key");
    }

    static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token of this header and these claims, signed by the key with RS256 whatever the header says. */
    public String sign(Map<String, ?> header, Map<String, ?> claims) {
        String signed = encode(Http.json(header)) + "." + encode(Http.json(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A token for Global Token Revocation as Okta writes it.
     *
     * @param change makes another of it; gets the claims, with the header's members under {@code header.*}
     */
    public String revocation(String issuer, String clientId, String endpoint, Consumer<Map<String, Object>> change) {
        long now = System.currentTimeMillis() / 1000;
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("header.alg", "RS256");
        all.put("header.typ", "global-token-revocation+jwt");
        all.put("header.kid", kid);
        all.put("iss", issuer);
        all.put("sub", clientId);
        all.put("aud", endpoint);
        all.put("jti", UUID.randomUUID().toString());
        all.put("iat", now);
        all.put("nbf", now);
        all.put("exp", now + 300);
        change.accept(all);
        Map<String, Object> header = new LinkedHashMap<>();
        Map<String, Object> claims = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith("header.")) {
                header.put(name.substring("header.".length()), value);
            } else {
                claims.put(name, value);
            }
        });
        return sign(header, claims);
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
