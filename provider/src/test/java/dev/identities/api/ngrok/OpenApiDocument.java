package dev.identities.api.ngrok;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The API's description as a tree, and whether values fit its schemas. */
final class OpenApiDocument {

    static final JsonNode DOCUMENT = read();

    private OpenApiDocument() {}

    /** What is wrong with a value by that part of JSON Schema which the document uses. */
    static List<String> problems(JsonNode reference, JsonNode value, String at) {
        JsonNode schema = resolve(reference);
        List<String> problems = new ArrayList<>();
        if (schema.has("oneOf")) {
            return stream(schema.get("oneOf"))
                                    .filter(one -> problems(one, value, at).isEmpty())
                                    .count()
                            == 1
                    ? problems
                    : List.of(at + " is none of the kinds: " + value);
        }
        if (!types(schema).contains(typeOf(value))) {
            return List.of(at + " is no " + types(schema) + ": " + value);
        }
        boolean listed = !schema.has("enum") || stream(schema.get("enum")).anyMatch(value::equals);
        if (!listed || (schema.has("const") && !schema.get("const").equals(value))) {
            problems.add(at + " is not listed: " + value);
        }
        if (value.isNumber() && value.doubleValue() < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)) {
            problems.add(at + " is too small: " + value);
        }
        if (value.isTextual() && !fits(schema, value.textValue())) {
            problems.add(at + " has another form: " + value);
        }
        stream(schema.path("required"))
                .map(JsonNode::textValue)
                .filter(name -> value.isObject() && !value.has(name))
                .forEach(name -> problems.add(at + "." + name + " is missing"));
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String place = at + "." + member.getKey();
            JsonNode other = schema.path("additionalProperties");
            JsonNode known = schema.path("properties").path(member.getKey());
            if (known.isMissingNode() && other.isMissingNode()) {
                problems.add(place + " is not described");
            } else {
                problems.addAll(problems(known.isMissingNode() ? other : known, member.getValue(), place));
            }
        }
        if (value.isArray()) {
            value.forEach(item -> problems.addAll(problems(schema.get("items"), item, at + "[]")));
        }
        return problems;
    }

    private static boolean fits(JsonNode schema, String text) {
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").textValue())
                        .matcher(text)
                        .find()) {
            return false;
        }
        try {
            return switch (schema.path("format").asText()) {
                case "" -> true;
                case "date-time" -> Instant.parse(text).isAfter(Instant.MIN);
                case "uri" -> URI.create(text).isAbsolute();
                default -> false;
            };
        } catch (DateTimeException | IllegalArgumentException other) {
            return false;
        }
    }

    private static String typeOf(JsonNode value) {
        return value.isIntegralNumber() ? "integer" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /** The types that a schema allows; a number may be a whole one. */
    static Set<String> types(JsonNode schema) {
        JsonNode type = schema.get("type");
        Set<String> types = (type.isArray() ? stream(type) : Stream.of(type))
                .map(JsonNode::textValue)
                .collect(Collectors.toSet());
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").textValue().substring(1)) : node;
    }

    static JsonNode schema(String name) {
        return DOCUMENT.get("components").get("schemas").get(name);
    }

    static Stream<JsonNode> stream(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    static YAMLMapper mapper() {
        return YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    private static JsonNode read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            return mapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a property may be null. */
    static boolean isNullable(JsonNode property) {
        return property.has("oneOf")
                ? stream(property.get("oneOf")).anyMatch(OpenApiDocument::isNullable)
                : types(resolve(property)).contains("null");
    }
}
