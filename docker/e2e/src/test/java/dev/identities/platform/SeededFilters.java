package dev.identities.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Filters of the sessions of a {@link SeededRealm}, each with what it means of a listed session. */
final class SeededFilters {

    private SeededFilters() {}

    /**
     * The filters, by their text.
     *
     * @param users as the API lists them
     * @param asOf what {@code time.now} is in the filters
     */
    static Map<String, Predicate<JsonNode>> of(List<JsonNode> users, Instant asOf) {
        Map<String, String> usernames = new TreeMap<>();
        users.forEach(user ->
                usernames.put(user.get("id").asText(), user.get("username").asText()));
        List<String> some = usernames.keySet().stream().limit(12).toList();
        String ids = some.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
        return Map.of(
                "obj.kind == \"offline\" && obj.remember_me",
                session -> session.get("kind").asText().equals("offline")
                        && session.get("remember_me").asBoolean(),
                "obj.identity_provider.alias == \"partner\"",
                session -> session.at("/identity_provider/alias").asText().equals("partner"),
                "obj.created_at < timestamp(time.now).subtract(\"150m\") || obj.kind == \"offline\"",
                session -> Instant.parse(session.get("created_at").asText()).isBefore(asOf.minusSeconds(150 * 60))
                        || session.get("kind").asText().equals("offline"),
                // People and texts in the data, found by the database in one go and followed from page to page.
                "obj.application_user.id in " + ids + " && obj.browser_session.ip_address in cidr(\"192.0.2.0/24\")"
                        + " && obj.auth_method == \"openid-connect\"",
                session -> some.contains(session.at("/application_user/id").asText()),
                "obj.application_user.id in " + ids + " && obj.browser_session.ip_address == \"192.0.2.8\"",
                session -> false,
                "obj.application_user.username.startsWith(\"crowd0\")"
                        + " && obj.browser_session.ip_address in cidr(\"192.0.2.0/24\")",
                session -> usernames
                        .get(session.at("/application_user/id").asText())
                        .startsWith("crowd0"),
                "obj.application_user.email.contains(\"5@\") && obj.identity_provider.alias == \"partner\"",
                session -> usernames
                                .get(session.at("/application_user/id").asText())
                                .matches("crowd.?5-.*")
                        && session.at("/identity_provider/alias").asText().equals("partner"),
                "obj.browser_session.ip_address == \"192.0.2.8\" || \"siem\" in obj.clients",
                session -> false);
    }
}
