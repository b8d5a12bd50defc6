package dev.identities.keycloak.access;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The form of an API key: base64 of {@code client_id:client_secret}. Keycloak URL-decodes both parts (RFC 6749, section
 * 2.3.1). An error about a key depends on its form alone, never on its secret.
 *
 * @param base64 as the caller sent it
 * @param text the decoded text; untrusted, and never to be logged
 */
record ApiKey(String base64, String text) {

    private static final Pattern BARE_PERCENT_SIGN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** Characters with another meaning when Keycloak decodes the key. */
    private static final Pattern DECODED = Pattern.compile("[%+]|:.*:");

    /** Reads a key. It refuses a key that Keycloak cannot decode, or that is a mistake in this form. */
    static ApiKey read(String base64) throws AccessDeniedException {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new AccessDeniedException(Reason.MALFORMED_CREDENTIALS);
        }
        if (text.indexOf(':') < 0) {
            throw new AccessDeniedException(Reason.MALFORMED_CREDENTIALS);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new AccessDeniedException(Reason.CONTROL_CHARACTER_IN_KEY);
        }
        if (BARE_PERCENT_SIGN.matcher(text).find()) {
            throw new AccessDeniedException(Reason.PERCENT_SIGN_IN_KEY);
        }
        return new ApiKey(base64, text);
    }

    /** The reason to give when Keycloak refuses the key. */
    Reason refusal() {
        return DECODED.matcher(text).find() ? Reason.INVALID_OR_UNENCODED_KEY : Reason.INVALID_CREDENTIALS;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "API key";
    }
}
