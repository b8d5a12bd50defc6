package dev.identities.api.globalrevocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.api.ApiRequest;
import dev.identities.api.Json;
import dev.identities.api.MalformedRequestException;
import dev.identities.text.LogText;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the body of a request: a JSON object with one member, {@code sub_id}, or {@code subject} as earlier drafts and
 * Auth0 call it.
 *
 * <p>Another member is refused. The draft has a single member, RFC 9493 forbids members that the format does not
 * describe, and a member that is not understood might limit what the caller wants ended.
 */
final class RevocationRequest {

    /** The longest body taken. It has room for the longest values with every character escaped. */
    static final int MAX_BODY_BYTES = 16_384;

    /** The longest value taken: the longest e-mail address, user id and provider's user id in Keycloak's tables. */
    static final int MAX_VALUE = 255;

    /** The longest issuer taken. An issuer is a URL, and no column limits it. */
    static final int MAX_ISSUER = 2_048;

    private static final List<String> NAMES = List.of("sub_id", "subject");

    /** The members of each format besides {@code format}, each with the length of its longest value. */
    private static final Map<String, Map<String, Integer>> FORMATS = Map.of(
            SubjectId.Email.FORMAT, Map.of("email", MAX_VALUE),
            SubjectId.IssuerAndSubject.FORMAT, Map.of("iss", MAX_ISSUER, "sub", MAX_VALUE),
            SubjectId.Opaque.FORMAT, Map.of("id", MAX_VALUE));

    private RevocationRequest() {}

    /** The person that the request names. */
    static SubjectId subject(ApiRequest request) throws GlobalRevocationError.Raised, MalformedRequestException {
        String type = request.header("Content-Type").orElse("").split(";", 2)[0].trim();
        if (!type.toLowerCase(Locale.ROOT).equals("application/json")) {
            throw invalid("the body must be JSON (Content-Type: application/json)");
        }
        JsonNode body = read(request.text(MAX_BODY_BYTES));
        if (!body.isObject() || body.size() != 1) {
            throw invalid("the body must be a JSON object with the one member sub_id");
        }
        String name = body.fieldNames().next();
        if (!NAMES.contains(name)) {
            throw invalid("unknown member " + LogText.clean(name) + "; the body has the one member sub_id");
        }
        return subject(body.get(name));
    }

    private static JsonNode read(String text) throws GlobalRevocationError.Raised {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw invalid("the body is not JSON, or has a member twice");
        }
    }

    private static SubjectId subject(JsonNode id) throws GlobalRevocationError.Raised {
        String format = id.path("format").asText();
        Map<String, Integer> members = FORMATS.get(format);
        if (members == null || !id.path("format").isTextual()) {
            throw invalid("sub_id must be an object whose format is email, iss_sub or opaque");
        }
        requireMembers(format, members, id);
        return switch (format) {
            case SubjectId.Email.FORMAT -> new SubjectId.Email(id.get("email").textValue());
            case SubjectId.IssuerAndSubject.FORMAT ->
                new SubjectId.IssuerAndSubject(
                        id.get("iss").textValue(), id.get("sub").textValue());
            default -> new SubjectId.Opaque(id.get("id").textValue());
        };
    }

    private static void requireMembers(String format, Map<String, Integer> members, JsonNode id)
            throws GlobalRevocationError.Raised {
        for (Iterator<String> names = id.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("format") && !members.containsKey(name)) {
                throw invalid("format " + format + " has no member " + LogText.clean(name));
            }
        }
        for (Map.Entry<String, Integer> member : members.entrySet()) {
            JsonNode value = id.path(member.getKey());
            if (!value.isTextual() || !isUsable(value.textValue(), member.getValue())) {
                throw invalid("format " + format + " needs the member " + member.getKey() + ", a text of 1 to "
                        + member.getValue() + " characters");
            }
        }
    }

    /** JSON's escapes can write control characters, and halves of characters that have no bytes to be compared by. */
    private static boolean isUsable(String value, int maxLength) {
        return !value.isBlank()
                && value.length() <= maxLength
                && value.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    private static GlobalRevocationError.Raised invalid(String problem) {
        return GlobalRevocationError.invalid(problem).raised();
    }
}
