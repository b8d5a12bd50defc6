package dev.identities.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes an answer smaller. A caller that has the answer already gets only the status 304. Other callers get compressed
 * text if they accept it. So a page that asks every few seconds costs little.
 *
 * <p>The entity tag is a digest of the text, or of that part of it which the API says is steady. It is weak (RFC 9110,
 * 8.8.1), because the plain and the compressed text have the same one. Answers are not for caches all the same: the
 * caller itself keeps the last one and its tag.
 *
 * <p>An eavesdropper can see the length of the compressed text. The length reveals no secret here, because only the
 * holder of the credential can cause a request, and no credential is part of an answer.
 */
public final class ConditionalAnswer {

    /** Shorter text is not compressed, because the gain is smaller than the work. */
    static final int COMPRESSED_FROM = 1024;

    /** Read from left to right once: a header may be thousands of characters long. */
    private static final Pattern GZIP =
            Pattern.compile("gzip(\\s*;\\s*q=(1(\\.0*)?|0\\.0*[1-9]\\d*))?", Pattern.CASE_INSENSITIVE);

    private ConditionalAnswer() {}

    /**
     * The answer to be sent. Only a successful one to a GET is changed, and only if its entity is text.
     *
     * @param request its {@code If-None-Match} and {@code Accept-Encoding} are untrusted; an unreadable one counts as
     *     absent
     * @param steady what of the text tells whether it has changed
     */
    public static Response to(ApiRequest request, Response answer, UnaryOperator<String> steady) {
        if (!request.method().equals("GET")
                || answer.getStatus() != 200
                || !(answer.getEntity() instanceof String text)) {
            return answer;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String tag = tagOf(steady.apply(text).getBytes(StandardCharsets.UTF_8));
        Response.ResponseBuilder builder = Response.fromResponse(answer)
                .header(HttpHeaders.ETAG, "W/" + tag)
                .header(HttpHeaders.VARY, "Accept-Encoding");
        if (items(request, HttpHeaders.IF_NONE_MATCH)
                .anyMatch(known -> known.equals("*") || opaque(known).equals(tag))) {
            return builder.status(Response.Status.NOT_MODIFIED)
                    .entity(null)
                    .type((MediaType) null)
                    .build();
        }
        boolean compressed = bytes.length >= COMPRESSED_FROM
                && items(request, HttpHeaders.ACCEPT_ENCODING)
                        .anyMatch(coding -> GZIP.matcher(coding).matches());
        return compressed
                ? builder.header(HttpHeaders.CONTENT_ENCODING, "gzip")
                        .entity(gzip(bytes))
                        .build()
                : builder.build();
    }

    private static Stream<String> items(ApiRequest request, String header) {
        List<String> values = request.headers().apply(header);
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip);
    }

    /** A tag without the mark of a weak one: comparison is weak (RFC 9110, 13.1.2). */
    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static String tagOf(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
