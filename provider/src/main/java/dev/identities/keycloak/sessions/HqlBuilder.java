package dev.identities.keycloak.sessions;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together a query in Hibernate's language (HQL). Every value becomes a parameter. */
public final class HqlBuilder {
    private final StringBuilder text;
    private final Map<String, Object> parameters = new HashMap<>();

    public HqlBuilder(String start) {
        text = new StringBuilder(start);
    }

    HqlBuilder add(String part) {
        text.append(part);
        return this;
    }

    HqlBuilder add(String part, String name, Object value) {
        return add(part).with(name, value);
    }

    public HqlBuilder with(String name, Object value) {
        parameters.put(name, value);
        return this;
    }

    /**
     * One of these values. Each is a parameter of its own, and as many as the next power of two: of a list of any length
     * Hibernate would make SQL anew each time, and the database a plan.
     *
     * @param values not empty
     */
    public HqlBuilder in(String column, List<String> values) {
        int places = Integer.highestOneBit(2 * values.size() - 1);
        List<String> names = new ArrayList<>(places);
        for (int i = 0; i < places; i++) {
            String name = "in" + parameters.size();
            names.add(":" + name);
            with(name, values.get(Math.min(i, values.size() - 1)));
        }
        return add(column + " in (" + String.join(", ", names) + ")");
    }

    /** The query, with its parameters. */
    public TypedQuery<Tuple> query(EntityManager em) {
        TypedQuery<Tuple> query = em.createQuery(text(), Tuple.class);
        parameters.forEach(query::setParameter);
        return query;
    }

    public String text() {
        return text.toString();
    }

    public Map<String, Object> parameters() {
        return parameters;
    }

    /** A query of its own that selects this from what is after {@code from}. */
    HqlBuilder select(String what) {
        HqlBuilder query = new HqlBuilder("select " + what + text);
        query.parameters.putAll(parameters);
        return query;
    }
}
