package dev.identities.keycloak;

import java.util.HashMap;
import java.util.Map;

/** A query in Hibernate's language being put together; every value is a parameter. */
final class Hql {
    private final StringBuilder text;
    private final Map<String, Object> parameters = new HashMap<>();

    Hql(String start) {
        text = new StringBuilder(start);
    }

    Hql add(String part) {
        text.append(part);
        return this;
    }

    Hql add(String part, String name, Object value) {
        return add(part).with(name, value);
    }

    Hql with(String name, Object value) {
        parameters.put(name, value);
        return this;
    }

    String text() {
        return text.toString();
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    /** A query of its own that selects this from what is after {@code from}. */
    Hql select(String what) {
        Hql query = new Hql("select " + what + text);
        query.parameters.putAll(parameters);
        return query;
    }
}
