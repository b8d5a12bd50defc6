package dev.identities.keycloak.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.identities.feed.SessionEvent;
import java.util.Optional;
import org.jboss.logging.Logger;

/** An event as text between two nodes. A node of another version of the plugin may know more or fewer members. */
final class EventText {

    private static final Logger LOG = Logger.getLogger(EventText.class);

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private EventText() {}

    static String write(SessionEvent event) {
        try {
            return MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty for an event that this version cannot read. */
    static Optional<SessionEvent> read(String text) {
        try {
            return Optional.of(MAPPER.readValue(text, SessionEvent.class));
        } catch (JsonProcessingException e) {
            LOG.warn("An event of another node cannot be read", e);
            return Optional.empty();
        }
    }
}
