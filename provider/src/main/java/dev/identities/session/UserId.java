package dev.identities.session;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public id of an identity: {@code usr_} + Keycloak's user id. Ids of federated users ({@code f:...:jane@x}) hold
 * characters that clients would put raw into a path; those are written as {@code usr_x_} + base64url.
 *
 * @param value Keycloak's user id, at most 255 characters
 */
public record UserId(String value) {

    private static final String PREFIX = "usr_";
    private static final String ENCODED_PREFIX = PREFIX + "x_";
    private static final int MAX_LENGTH = 255;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9-]{1,255}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** The id as clients see it: only {@code [A-Za-z0-9_-]}. */
    @Override
    public String toString() {
        return PLAIN.matcher(value).matches()
                ? PREFIX + value
                : ENCODED_PREFIX
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a public id, or the bare id of a local Keycloak user (a UUID). Empty for any other text. */
    public static Optional<UserId> parse(String text) {
        if (text.startsWith(ENCODED_PREFIX)) {
            return decode(text.substring(ENCODED_PREFIX.length()));
        }
        if (UUID.matcher(text).matches()) {
            return Optional.of(new UserId(text));
        }
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String value = text.substring(PREFIX.length());
        return PLAIN.matcher(value).matches() ? Optional.of(new UserId(value)) : Optional.empty();
    }

    private static Optional<UserId> decode(String encoded) {
        try {
            String value = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded)))
                    .toString();
            boolean usable = !value.isEmpty()
                    && value.length() <= MAX_LENGTH
                    && value.chars().noneMatch(Character::isISOControl);
            return usable ? Optional.of(new UserId(value)) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException notOurs) {
            return Optional.empty();
        }
    }
}
