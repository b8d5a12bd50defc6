package dev.identities.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The tokens of an application after a sign-in.
 *
 * @param accessToken always there
 * @param refreshToken empty when the grant gives none
 * @param idToken empty without scope {@code openid}
 * @param sessionId Keycloak's user session id ({@code sid}); empty when the token names no session
 */
public record Tokens(String accessToken, String refreshToken, String idToken, String sessionId) {

    static Tokens of(JsonNode answer) {
        String access = answer.path("access_token").asText();
        return new Tokens(
                access,
                answer.path("refresh_token").asText(""),
                answer.path("id_token").asText(""),
                claims(access).path("sid").asText(""));
    }

    /** The claims of the access token, unverified. */
    public JsonNode claims() {
        return claims(accessToken);
    }

    private static JsonNode claims(String jwt) {
        byte[] payload = Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]);
        return Wire.parse(new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "tokens of session " + sessionId;
    }
}
