package dev.identities.filter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields that a filter may name. In a list of texts a member is itself a field, whose name is empty. */
final class Vocabulary {

    private final Map<String, Field> fields = new LinkedHashMap<>();

    Vocabulary(List<Field> fields) {
        fields.forEach(field -> this.fields.put(field.name(), field));
    }

    Optional<Field> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** In the order of the JSON. */
    List<Field> fields() {
        return List.copyOf(fields.values());
    }

    /** Whether a field is a member of that object. */
    boolean hasMembers(String object) {
        return !members(object).isEmpty();
    }

    /** The names of an object's own members, in the order of the JSON; the empty name is that of all. */
    List<String> members(String object) {
        String within = object.isEmpty() ? "" : object + ".";
        return fields.keySet().stream()
                .filter(name -> name.startsWith(within))
                .map(name -> name.substring(within.length()).split("\\.", 2)[0])
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
