package dev.identities.api.ngrok;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The API's own description, {@code /app/openapi.yaml}. */
final class OpenApi {

    private static final String DOCUMENT = read();

    private OpenApi() {}

    static Response.ResponseBuilder document() {
        return Response.ok(DOCUMENT, "application/yaml");
    }

    private static String read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
