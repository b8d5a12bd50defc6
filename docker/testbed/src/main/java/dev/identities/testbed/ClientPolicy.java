package dev.identities.testbed;

import java.util.List;
import java.util.Map;

/**
 * A client policy with one condition and one executor, by Keycloak's ids of them.
 *
 * @param condition says of which clients
 * @param executor says what is asked of them
 */
public record ClientPolicy(Part condition, Part executor) {

    private static final String NAME = "only";

    /** One half of a policy. */
    public record Part(String id, Map<String, ?> configuration) {}

    /** A policy for the clients that have this attribute with value {@code true}. */
    public static ClientPolicy forClientsWith(String attribute, String executor, Map<String, ?> configuration) {
        String attributes = "[{\"key\":\"" + attribute + "\",\"value\":\"true\"}]";
        return new ClientPolicy(
                new Part("client-attributes", Map.of("attributes", attributes)), new Part(executor, configuration));
    }

    Map<String, ?> profiles() {
        return Map.of("profiles", List.of(Map.of("name", NAME, "executors", part("executor", executor))));
    }

    Map<String, ?> policies() {
        return Map.of(
                "policies",
                List.of(Map.of(
                        "name",
                        NAME,
                        "enabled",
                        true,
                        "profiles",
                        List.of(NAME),
                        "conditions",
                        part("condition", condition))));
    }

    private static List<?> part(String kind, Part part) {
        return List.of(Map.of(kind, part.id(), "configuration", part.configuration()));
    }
}
