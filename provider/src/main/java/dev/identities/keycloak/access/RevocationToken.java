package dev.identities.keycloak.access;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;

/**
 * The JWT by which an identity provider authenticates a call of Global Token Revocation. Reading it checks its form and
 * its header. {@link #requireClaims} checks the rest, which counts only after the signature was verified.
 *
 * <p>Other tokens of the same provider are signed by the same keys. They are told from this one by their
 * {@code aud} (never our endpoint), their {@code sub} (never our client id there), their header {@code typ}
 * ({@code logout+jwt}, {@code at+jwt}, {@code secevent+jwt}), and by claims that only they have.
 */
final class RevocationToken {

    /** The longest token read, in characters. A token with all claims and a signature by a large key is a third. */
    static final int MAX_LENGTH = 4_096;

    /** From {@code iat} to {@code exp}. The draft's callers use five minutes; the rest is for callers that round. */
    static final Duration MAX_LIFETIME = Duration.ofMinutes(10);

    /** How far the caller's clock may be off. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    /** The longest {@code jti}, because it is remembered. */
    static final int MAX_JTI = 255;

    /** What signs with a private key (RFC 7518, RFC 8037); Keycloak has a provider for each. */
    static final Set<String> ALGORITHMS = Set.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
            "Ed448");

    /** In lower case. The draft names none, Okta sends the first, and many libraries write the second unasked. */
    private static final Set<String> TYPES = Set.of("global-token-revocation+jwt", "jwt");

    /**
     * Claims of ID tokens, logout tokens, security events and access tokens, and Keycloak's own claim {@code typ} of
     * all its tokens.
     */
    private static final Set<String> CLAIMS_OF_OTHER_TOKENS = Set.of(
            "nonce",
            "azp",
            "at_hash",
            "c_hash",
            "s_hash",
            "auth_time",
            "acr",
            "amr",
            "sid",
            "events",
            "scope",
            "client_id",
            "typ");

    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    /** Printable ASCII without blanks, as a URL is written. */
    private static final Pattern ISSUER = Pattern.compile("[!-~]*");

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JWSInput jws;
    private final JsonNode claims;

    private RevocationToken(JWSInput jws, JsonNode claims) {
        this.jws = jws;
        this.claims = claims;
    }

    /** Reads a token in compact form; everything in it is untrusted. */
    static RevocationToken read(String text) throws AccessDeniedException {
        if (text.length() > MAX_LENGTH) {
            throw denied("too_long", "The token is longer than " + MAX_LENGTH + " characters.");
        }
        if (!COMPACT.matcher(text).matches()) {
            throw denied("no_signed_jwt", "The token is not a signed JWT.");
        }
        try {
            JsonNode header = STRICT.readTree(Base64.getUrlDecoder().decode(text.substring(0, text.indexOf('.'))));
            requireHeader(header);
            JWSInput jws = new JWSInput(text);
            JsonNode claims = STRICT.readTree(jws.getContent());
            if (!claims.isObject()) {
                throw denied("no_signed_jwt", "The token is not a signed JWT.");
            }
            return new RevocationToken(jws, claims);
        } catch (IOException | IllegalArgumentException | JWSInputException e) {
            throw denied("no_signed_jwt", "The token is not a signed JWT.");
        }
    }

    private static void requireHeader(JsonNode header) throws AccessDeniedException {
        if (!ALGORITHMS.contains(header.path("alg").asText())) {
            throw denied(
                    "wrong_alg",
                    "The token's alg must be an asymmetric one: RS, PS, ES with 256, 384 or 512, or EdDSA.");
        }
        if (header.has("typ") && !TYPES.contains(header.get("typ").asText().toLowerCase(Locale.ROOT))) {
            throw denied("wrong_typ", "The token's typ must be global-token-revocation+jwt, JWT or absent.");
        }
        if (header.has("crit")) {
            // A receiver must refuse a critical extension that it does not understand (RFC 7515, 4.1.11).
            throw denied("critical_extension", "The token must not have critical extensions (crit).");
        }
    }

    /** As Keycloak's key loading and signature check take it. */
    JWSInput jws() {
        return jws;
    }

    /** The claim {@code iss}; empty when it is missing, no text, or has a character that no issuer has. */
    String issuer() {
        String issuer = text("iss");
        // It goes into a query before the token is trusted, and a database may refuse such a text.
        return ISSUER.matcher(issuer).matches() ? issuer : "";
    }

    /** The claim {@code sub}; empty when it is missing or no text. */
    String subject() {
        return text("sub");
    }

    /** The claim {@code jti}; not empty after {@link #requireClaims}. */
    String id() {
        return text("jti");
    }

    /** How long the token can still be used, rounded up: its id must be remembered for so long. */
    Duration left(Instant now) {
        return Duration.between(now, expiry().plus(CLOCK_SKEW)).plusSeconds(1);
    }

    /**
     * Checks all claims but the issuer.
     *
     * @param clientId our client id at the issuer
     * @param audience the URL of the endpoint
     */
    void requireClaims(String clientId, String audience, Instant now) throws AccessDeniedException {
        for (Iterator<String> names = claims.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (CLAIMS_OF_OTHER_TOKENS.contains(name)) {
                throw denied("other_kind_of_token", "The claim " + name + " belongs to another kind of token.");
            }
        }
        if (clientId.isEmpty() || !subject().equals(clientId)) {
            throw denied(
                    "wrong_sub", "The claim sub must be the client id that this realm has at the identity provider.");
        }
        if (!isOnly(audience, claims.path("aud"))) {
            throw denied("wrong_aud", "The claim aud must be exactly " + audience + ", and nothing else.");
        }
        if (id().isBlank() || id().length() > MAX_JTI) {
            throw denied("wrong_jti", "The claim jti must be a text of 1 to " + MAX_JTI + " characters.");
        }
        requireTimes(now);
    }

    private void requireTimes(Instant now) throws AccessDeniedException {
        if (!isTime("exp") || !isTime("iat") || (claims.has("nbf") && !isTime("nbf"))) {
            throw denied(
                    "malformed_time", "The claims exp and iat, and nbf if it is there, must be numbers of seconds.");
        }
        Instant latestStart = now.plus(CLOCK_SKEW);
        if (time("iat").isAfter(latestStart)
                || (claims.has("nbf") && time("nbf").isAfter(latestStart))) {
            throw denied("not_yet_valid", "The token is not valid yet (iat, nbf).");
        }
        if (!expiry().plus(CLOCK_SKEW).isAfter(now)) {
            throw denied("expired", "The token is expired (exp).");
        }
        if (Duration.between(time("iat"), expiry()).compareTo(MAX_LIFETIME) > 0) {
            throw denied(
                    "too_long_lived",
                    "The token is valid for more than " + MAX_LIFETIME.toMinutes() + " minutes (iat, exp).");
        }
    }

    private static boolean isOnly(String audience, JsonNode aud) {
        JsonNode single = aud.isArray() && aud.size() == 1 ? aud.get(0) : aud;
        return single.isTextual() && single.textValue().equals(audience);
    }

    private Instant expiry() {
        return time("exp");
    }

    /** Whether the claim is a number of seconds that an {@link Instant} can hold. */
    private boolean isTime(String claim) {
        JsonNode value = claims.path(claim);
        return value.isNumber()
                && value.canConvertToLong()
                && value.longValue() >= 0
                && value.longValue() <= Instant.MAX.getEpochSecond() - MAX_LIFETIME.toSeconds();
    }

    private Instant time(String claim) {
        return Instant.ofEpochSecond(claims.get(claim).longValue());
    }

    private String text(String claim) {
        return claims.path(claim).isTextual() ? claims.get(claim).textValue() : "";
    }

    private static AccessDeniedException denied(String code, String detail) {
        return new AccessDeniedException(Reason.INVALID_CREDENTIALS, code, detail);
    }
}
