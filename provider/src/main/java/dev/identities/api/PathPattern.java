package dev.identities.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A path as a table of routes writes it, for example {@code /users/{id}/sessions}. A segment in braces takes any text, an
 * empty one too. Every other segment is compared literally after decoding.
 *
 * <p>A question mark may follow, with query parameters joined by {@code &}. They choose the route: {@code
 * /users?user_key} is for requests with {@code user_key}, of any value. {@code /users}, and all other routes of the
 * same {@link Area}, are for requests without it.
 *
 * @param text as it is written in the table
 * @param segments literals, and variables in their braces
 * @param selectors the parameters that choose the route
 */
public record PathPattern(String text, List<String> segments, Set<String> selectors) {

    /** Reads a path of the table. */
    public static PathPattern parse(String text) {
        String[] parts = text.split("\\?", 2);
        if (!parts[0].isEmpty() && !parts[0].startsWith("/")) {
            throw new IllegalArgumentException(text);
        }
        return new PathPattern(
                text,
                parts[0].isEmpty() ? List.of() : List.of(parts[0].substring(1).split("/", -1)),
                parts.length == 1 ? Set.of() : Set.of(parts[1].split("&", -1)));
    }

    /** Whether decoded segments fit. */
    boolean matches(List<String> path) {
        if (path.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!isVariable(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The variables' values in decoded segments that fit, by name, in the order of the path. */
    Map<String, String> variables(List<String> path) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (isVariable(segment)) {
                variables.put(segment.substring(1, segment.length() - 1), path.get(i));
            }
        }
        return variables;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }
}
