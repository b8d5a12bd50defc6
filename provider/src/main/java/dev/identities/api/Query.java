package dev.identities.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decoded query string. Every parameter keeps all its values, so that a repeated one is noticed instead of dropped.
 *
 * @param parameters names in their order, each with its values in their order
 */
public record Query(Map<String, List<String>> parameters) {

    /** A query without parameters; a bare trailing {@code ?} is one too. */
    public static final Query NONE = new Query(Map.of());

    /** Decodes the raw query of a URL; null means that there is none. */
    public static Query parse(String raw) throws MalformedRequestException {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = PercentDecoder.query(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : PercentDecoder.query(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return new Query(parameters);
    }

    /** The first value of a parameter. */
    public Optional<String> first(String name) {
        return Optional.ofNullable(parameters.get(name)).map(values -> values.get(0));
    }

    /** A parameter outside the given names, if there is one. */
    public Optional<String> unknown(Collection<String> known) {
        return parameters.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst();
    }

    /** A parameter that was given more than once, if there is one. */
    public Optional<String> repeated() {
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
