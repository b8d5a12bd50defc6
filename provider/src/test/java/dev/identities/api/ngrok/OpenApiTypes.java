package dev.identities.api.ngrok;

import static dev.identities.api.ngrok.OpenApiDocument.resolve;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** How the description calls the types and members of our records. */
final class OpenApiTypes {

    /** Schemas that are called as in ngrok's own description and not as our records. */
    private static final Map<String, String> NAMES = Map.of(
            "User", "ApplicationUser",
            "UserList", "ApplicationUserList",
            "Session", "ApplicationSession",
            "SessionList", "ApplicationSessionList",
            "Provider", "IdentityProvider",
            "Failure", "Error");

    private OpenApiTypes() {}

    /** The type of a record's member as the document calls it. */
    static String typeOf(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return (generic.getRawType() == List.class ? "array of " : "object of ")
                    + typeOf(arguments[arguments.length - 1]);
        }
        Class<?> plain = (Class<?>) type;
        return plain.isRecord()
                ? nameOf(plain)
                : switch (plain.getSimpleName()) {
                    case "String" -> "string";
                    case "boolean" -> "boolean";
                    case "int", "Integer", "long", "Long" -> "integer";
                    case "Double" -> "number";
                    default -> throw new AssertionError(plain);
                };
    }

    /** The same of a property, null aside. */
    static String documentedType(JsonNode property) {
        if (property.has("oneOf")) {
            return documentedType(property.get("oneOf").get(0));
        }
        JsonNode schema = resolve(property);
        String type = schema.get("type").isArray()
                ? schema.get("type").get(0).textValue()
                : schema.get("type").textValue();
        if (type.equals("array")) {
            return "array of " + documentedType(schema.get("items"));
        }
        if (schema.has("additionalProperties")) {
            return "object of " + documentedType(schema.get("additionalProperties"));
        }
        String reference = property.path("$ref").asText();
        return type.equals("object") ? reference.substring(reference.lastIndexOf('/') + 1) : type;
    }

    static String nameOf(Class<?> type) {
        return NAMES.getOrDefault(type.getSimpleName(), type.getSimpleName());
    }

    static String snakeCase(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? new SnakeCaseStrategy().translate(component.getName()) : named.value();
    }
}
