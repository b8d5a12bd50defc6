package dev.identities.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;

/** Our own JSON: Keycloak's mapper leaves null members out, which ngrok's clients do not forgive. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
            .build();

    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private Json() {}

    /**
     * The body of a request. Some clients send a byte order mark in front, which parsers may ignore (RFC 8259, section
     * 8.1).
     *
     * @return a missing node for an empty text
     * @throws JsonProcessingException also for a member that comes twice, and for text behind the value
     */
    public static JsonNode read(String text) throws JsonProcessingException {
        return STRICT.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    }

    /** A response with the object as its body. Caches must not store it, because it names people. */
    public static Response.ResponseBuilder response(int status, Object body) {
        return empty(status).type("application/json").entity(write(body));
    }

    /**
     * A response without a body. It has no type either, because some clients would then parse the empty body as JSON.
     */
    public static Response.ResponseBuilder empty(int status) {
        return Response.status(status).header("Cache-Control", "no-cache, no-store");
    }

    /** The object as one line of text. */
    public static String write(Object body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
