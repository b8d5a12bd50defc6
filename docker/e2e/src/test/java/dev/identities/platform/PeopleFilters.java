package dev.identities.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Filters of the people of a {@link SeededRealm}. */
final class PeopleFilters {

    private PeopleFilters() {}

    /**
     * Filters that some people match and others do not, each with what it means of a listed person.
     *
     * @param people as the API lists them without a filter
     */
    static Map<String, Predicate<JsonNode>> of(List<JsonNode> people) {
        String username = accented(people, "/username");
        String name = accented(people, "/name");
        String email = one(people, "/email", text -> text.startsWith("mail1"));
        List<String> ids = texts(people, "/id").limit(5).toList();
        String latest = texts(people, "/last_active").max(String::compareTo).orElseThrow();
        Map<String, Predicate<JsonNode>> filters = new LinkedHashMap<>();

        filters.put("obj.username == " + literal(username), at("/username", username::equals));
        filters.put("obj.email == " + literal(email), at("/email", email::equals));
        filters.put("obj.name == " + literal(name), at("/name", name::equals));
        filters.put("obj.name != " + literal(name), at("/name", text -> !text.equals(name)));
        // Databases sort capital letters and accents in other ways.
        filters.put("obj.name >= \"Zoë\"", at("/name", text -> text.compareTo("Zoë") >= 0));
        filters.put("obj.username < \"crowd3\"", at("/username", text -> text.compareTo("crowd3") < 0));

        filters.put("obj.username.startsWith(\"crowd0\")", at("/username", text -> text.startsWith("crowd0")));
        filters.put("obj.username.contains(\"r_s\")", at("/username", text -> text.contains("r_s")));
        filters.put("obj.name.contains(\"MÜ\")", at("/name", text -> text.contains("MÜ")));
        filters.put("obj.name.contains(\"Groß\")", at("/name", text -> text.contains("Groß")));
        filters.put("obj.email.endsWith(\"5@crowd.example\")", at("/email", text -> text.endsWith("5@crowd.example")));

        filters.put(
                "obj.username in " + literals(List.of(username, "nobody", "CROWD00-ANNA")),
                at("/username", username::equals));
        filters.put("obj.id in " + literals(ids), at("/id", ids::contains));

        filters.put("obj.email == null", at("/email", String::isEmpty));
        filters.put("obj.email == \"\"", at("/email", String::isEmpty));
        filters.put("obj.email != null", at("/email", text -> !text.isEmpty()));
        filters.put("size(obj.email) == 0", at("/email", String::isEmpty));
        filters.put("obj.identity_provider.alias == null", at("/identity_provider/alias", String::isEmpty));

        filters.put("size(obj.name) <= 10", at("/name", text -> text.length() <= 10));
        filters.put("\"partner\" in obj.identity_providers", PeopleFilters::cameThroughPartner);
        filters.put(
                "obj.identity_providers.exists(p, p.alias.startsWith(\"part\"))", PeopleFilters::cameThroughPartner);
        filters.put(
                "size(obj.identity_providers) > 1",
                person -> person.get("identity_providers").size() > 1);

        filters.put("obj.sessions_count >= 5", person -> sessions(person) >= 5);
        filters.put(
                "obj.last_active < timestamp(\"" + latest + "\")", at("/last_active", time -> !time.equals(latest)));
        filters.put("obj.latest_session.kind == \"offline\"", at("/latest_session/kind", "offline"::equals));
        filters.put(
                "obj.sessions_count > 3 && \"partner\" in obj.identity_providers && !obj.username.contains(\"1\")",
                at("/username", text -> !text.contains("1"))
                        .and(PeopleFilters::cameThroughPartner)
                        .and(person -> sessions(person) > 3));
        filters.put(
                "!(obj.email.contains(\"5@\") || obj.sessions_count < 3)",
                at("/email", text -> !text.contains("5@")).and(person -> sessions(person) >= 3));
        return filters;
    }

    /**
     * Filters that nobody matches, though a database may think so: it may not tell capital letters and accents apart,
     * and some signs stand for others in its patterns.
     *
     * @param people as the API lists them without a filter
     */
    static List<String> ofNobody(List<JsonNode> people) {
        String username = accented(people, "/username");
        String name = accented(people, "/name");
        return List.of(
                "obj.username == " + literal(otherCase(username)),
                "obj.username == " + literal(withoutAccents(username)),
                "obj.username == " + literal(decomposed(username)),
                "obj.username in " + literals(List.of(otherCase(username), withoutAccents(username))),
                "obj.name == " + literal(otherCase(name)),
                "obj.name == " + literal(withoutAccents(name)),
                "obj.name == " + literal(decomposed(name)),
                "obj.email == \"MAIL1@crowd.example\"",
                "obj.username.startsWith(\"CROWD\")",
                "obj.username.startsWith(\"crowd_\")",
                "obj.email.contains(\"%\")",
                "obj.name.contains(\"mü\")",
                "obj.name.endsWith(\"groß4\")",
                "\"Partner\" in obj.identity_providers",
                "obj.identity_providers.exists(p, p.alias == \"PARTNER\")",
                "obj.email == null && obj.sessions_count > 1000");
    }

    private static Predicate<JsonNode> at(String pointer, Predicate<String> matches) {
        return person -> matches.test(person.at(pointer).asText());
    }

    private static int sessions(JsonNode person) {
        return person.get("sessions_count").asInt();
    }

    private static boolean cameThroughPartner(JsonNode person) {
        return StreamSupport.stream(person.get("identity_providers").spliterator(), false)
                .anyMatch(provider -> provider.get("alias").asText().equals(SeededRealm.PARTNER));
    }

    private static Stream<String> texts(List<JsonNode> people, String pointer) {
        return people.stream().map(person -> person.at(pointer).asText());
    }

    private static String one(List<JsonNode> people, String pointer, Predicate<String> like) {
        return texts(people, pointer).filter(like).findFirst().orElseThrow();
    }

    /** Somebody's whose name has an accent; in which case it is shown is Keycloak's affair. */
    private static String accented(List<JsonNode> people, String pointer) {
        return one(people, pointer, text -> text.toLowerCase(Locale.ROOT).contains("müller"));
    }

    private static String otherCase(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        return text.equals(small) ? text.toUpperCase(Locale.ROOT) : small;
    }

    private static String decomposed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    private static String withoutAccents(String text) {
        return decomposed(text).replaceAll("\\p{M}", "");
    }

    private static String literal(String text) {
        return "\"" + text + "\"";
    }

    private static String literals(List<String> texts) {
        return texts.stream().map(PeopleFilters::literal).collect(Collectors.joining(", ", "[", "]"));
    }
}
