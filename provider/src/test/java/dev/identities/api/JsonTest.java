package dev.identities.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonTest {

    private record Body(String text, String nothing, Integer number, Object list) {}

    @Test
    @DisplayName("null members are written, everywhere; text is written as it is")
    void nulls() {
        Response response = Json.response(200, new Body("Ж😀\"\n", null, null, Arrays.asList("a", null)))
                .build();
        assertThat(response.getEntity())
                .isEqualTo("{\"text\":\"Ж😀\\\"\\n\",\"nothing\":null,\"number\":null,\"list\":[\"a\",null]}");
    }

    @Test
    @DisplayName("nothing may be stored by caches, because answers name people; a type stands where there is a body")
    void headers() {
        for (Response response : new Response[] {
            Json.response(200, "x").build(),
            Json.response(404, "x").build(),
            Json.empty(200).build()
        }) {
            assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-cache, no-store");
            assertThat(Optional.ofNullable(response.getMediaType()).map(Object::toString))
                    .isEqualTo(response.hasEntity() ? Optional.of("application/json") : Optional.empty());
            assertThat(Optional.ofNullable(response.getMediaType()).map(Object::toString))
                    .isEqualTo(response.hasEntity() ? Optional.of("application/json") : Optional.empty());
        }
        assertThat(Optional.ofNullable(Json.empty(200).build().getEntity())).isEmpty();
    }
}
