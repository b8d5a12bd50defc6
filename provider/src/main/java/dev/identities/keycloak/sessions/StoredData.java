package dev.identities.keycloak.sessions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.keycloak.util.JsonSerialization;

/**
 * A part of the JSON in which Keycloak stores a user session or a client session. The rest is passed over without being
 * kept, because it is most of the text: Keycloak's own note of the device, and tokens of identity providers.
 *
 * @param members the texts among the wanted members; absent where the JSON has none or {@code null}
 * @param notes the texts among the wanted notes, in the same way
 */
record StoredData(Map<String, String> members, Map<String, String> notes) {

    private static final String NOTES = "notes";

    private static final JsonFactory JSON = JsonSerialization.mapper.getFactory();

    /**
     * Reads what is wanted.
     *
     * @throws IOException for anything that is not an object, or has a wanted member that is no text, number or flag
     */
    static StoredData read(String json, Set<String> wantedMembers, Set<String> wantedNotes) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            StoredData read = new StoredData(new HashMap<>(), new HashMap<>());
            read.object(parser, parser.nextToken(), wantedMembers, read.members, wantedNotes);
            return read;
        }
    }

    private void object(
            JsonParser parser, JsonToken start, Set<String> wanted, Map<String, String> into, Set<String> wantedNotes)
            throws IOException {
        if (start != JsonToken.START_OBJECT) {
            throw new IOException("an object was expected");
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (into == members && name.equals(NOTES) && value != JsonToken.VALUE_NULL) {
                notes.clear();
                object(parser, value, wantedNotes, notes, wantedNotes);
            } else if (!wanted.contains(name)) {
                parser.skipChildren();
            } else if (!value.isScalarValue()) {
                throw new IOException(name + " is no text");
            } else {
                into.put(name, value == JsonToken.VALUE_NULL ? null : parser.getText());
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
    }
}
