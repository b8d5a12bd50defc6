package dev.identities.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as our APIs see it.
 *
 * @param method upper case
 * @param rawPath what comes behind {@code /realms/{realm}/{provider}}, undecoded, with its leading slash, or empty
 * @param rawQuery undecoded, null when absent
 * @param headers the values of a header by its name, case-insensitive; an empty list when absent
 * @param body what came with a POST, to be read once; empty for all other methods
 */
public record ApiRequest(
        String method, String rawPath, String rawQuery, Function<String, List<String>> headers, InputStream body) {

    private static final Pattern PROVIDER_PATH = Pattern.compile("/realms/[^/]+/[^/]+(/.*)?$");

    /** Cuts the part of a whole raw path that belongs to a realm resource provider. */
    public static String pathBelowProvider(String wholeRawPath) {
        Matcher matcher = PROVIDER_PATH.matcher(wholeRawPath);
        return matcher.find() && matcher.group(1) != null ? matcher.group(1) : "";
    }

    /** The path's decoded segments; a trailing slash makes no difference. */
    public List<String> segments() throws MalformedRequestException {
        List<String> segments = new ArrayList<>();
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.isEmpty()) {
            return segments;
        }
        for (String raw : path.split("/", -1)) {
            segments.add(PercentDecoder.segment(raw));
        }
        return segments;
    }

    /** The decoded query. */
    public Query query() throws MalformedRequestException {
        return Query.parse(rawQuery);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.apply(name).stream().findFirst();
    }

    /**
     * The body as text.
     *
     * @param maxBytes a longer one is refused, unread
     */
    public String text(int maxBytes) throws MalformedRequestException {
        byte[] bytes;
        try {
            bytes = body == null ? new byte[0] : body.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw new MalformedRequestException("body broken off");
        }
        if (bytes.length > maxBytes) {
            throw new MalformedRequestException("body too long");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedRequestException("not UTF-8");
        }
    }

    /** Whether a body comes with the request; its type alone, or a length of zero, is none. */
    public boolean hasBody() {
        return header("Transfer-Encoding").isPresent()
                || header("Content-Length")
                        .filter(length -> !length.trim().equals("0"))
                        .isPresent();
    }
}
