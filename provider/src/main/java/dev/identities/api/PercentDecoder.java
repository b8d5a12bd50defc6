package dev.identities.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict percent-decoding by RFC 3986. It refuses text that it cannot decode exactly, and never guesses. */
final class PercentDecoder {

    private PercentDecoder() {}

    /** Decodes one path segment: a plus sign is a plus sign. */
    static String segment(String raw) throws MalformedRequestException {
        return decode(raw, false);
    }

    /** Decodes a name or value of a query, where a plus sign stands for a space. */
    static String query(String raw) throws MalformedRequestException {
        return decode(raw, true);
    }

    private static String decode(String raw, boolean plusIsSpace) throws MalformedRequestException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        byte[] input = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < input.length; i++) {
            if (input[i] == '%') {
                if (i + 2 >= input.length) {
                    throw new MalformedRequestException("incomplete percent-encoding");
                }
                int high = Character.digit(input[i + 1], 16);
                int low = Character.digit(input[i + 2], 16);
                if (high < 0 || low < 0) {
                    throw new MalformedRequestException("invalid percent-encoding");
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(plusIsSpace && input[i] == '+' ? ' ' : input[i]);
            }
        }
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedRequestException("not UTF-8");
        }
        // NUL is an error to some databases, line breaks forge log lines, and no legitimate id or key holds either.
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedRequestException("control character");
        }
        return decoded;
    }
}
