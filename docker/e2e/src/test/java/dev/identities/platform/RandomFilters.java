package dev.identities.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Makes random filters of the sessions of a {@link SeededRealm}. Most constants are values of its rows, or near them,
 * so that a filter often matches a part of them.
 */
final class RandomFilters {

    /**
     * A filter.
     *
     * @param text as the API takes it
     * @param meaning which rows match it
     */
    record RandomFilter(String text, Predicate<SeededSession> meaning) {

        private RandomFilter and(RandomFilter other) {
            return new RandomFilter(joined("&&", other), meaning.and(other.meaning));
        }

        private RandomFilter or(RandomFilter other) {
            return new RandomFilter(joined("||", other), meaning.or(other.meaning));
        }

        private RandomFilter same(RandomFilter other) {
            return new RandomFilter(joined("==", other), row -> meaning.test(row) == other.meaning.test(row));
        }

        private RandomFilter not() {
            return new RandomFilter("!(" + text + ")", meaning.negate());
        }

        private String joined(String operator, RandomFilter other) {
            return "(" + text + ") " + operator + " (" + other.text + ")";
        }
    }

    /** A text of each session, by the name of its field. */
    private record TextField(String name, Function<SeededSession, String> of) {}

    /** A time of each session, in seconds, by the name of its field. */
    private record TimeField(String name, ToIntFunction<SeededSession> of) {}

    private static final List<TimeField> TIMES = List.of(
            new TimeField("obj.created_at", SeededSession::createdOn),
            new TimeField("obj.last_active", SeededSession::lastRefresh));

    /** A network, and whether the address of all rows is in it. */
    private record Network(String text, boolean isTheirs) {}

    private static final List<Network> NETWORKS = List.of(
            new Network("192.0.2.0/24", true),
            new Network("192.0.2.7/32", true),
            new Network("192.0.2.6/31", true),
            new Network("192.0.2.8/29", false),
            new Network("0.0.0.0/0", true),
            new Network("198.51.100.0/24", false),
            new Network("2001:db8::/32", false),
            new Network("::ffff:192.0.2.0/120", true));

    private final Random random;
    private final List<SeededSession> rows;
    private final int asOf;
    private final List<TextField> texts;

    /**
     * Filters of the sessions of a realm.
     *
     * @param users as the API lists them
     * @param asOf what {@code time.now} is in the filters
     */
    RandomFilters(Random random, SeededRealm seeded, List<JsonNode> users, Instant asOf) {
        this.random = random;
        this.rows = seeded.sessions();
        this.asOf = Math.toIntExact(asOf.getEpochSecond());
        Map<String, JsonNode> byId =
                users.stream().collect(Collectors.toMap(ListContract::userId, Function.identity()));
        this.texts = List.of(
                new TextField("obj.sid", SeededSession::sid),
                new TextField("obj.kind", row -> row.offline() ? "offline" : "online"),
                new TextField("obj.auth_method", row -> "openid-connect"),
                new TextField("obj.identity_provider.alias", row -> row.identityProvider()
                        .orElse("")),
                new TextField("obj.browser_session.ip_address", row -> "192.0.2.7"),
                new TextField("obj.browser_session.recorded_ip_address", row -> "192.0.2.7"),
                new TextField("obj.browser_session.location.country_code", row -> ""),
                new TextField("obj.application_user_id", row -> "usr_" + row.userId()),
                account("id", byId),
                account("username", byId),
                account("email", byId),
                account("name", byId));
    }

    private static TextField account(String member, Map<String, JsonNode> users) {
        return new TextField(
                "obj.application_user." + member,
                row -> users.get(row.userId()).get(member).asText());
    }

    /** A filter of some conditions; more of them, the greater the depth. */
    RandomFilter any(int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return condition();
        }
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> any(depth - 1).and(any(depth - 1));
            case 3, 4, 5 -> any(depth - 1).or(any(depth - 1));
            case 6 -> any(depth - 1).not();
            default -> any(depth - 1).same(any(depth - 1));
        };
    }

    private RandomFilter condition() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> text(one(texts));
            case 5, 6 -> time(one(TIMES));
            case 7 -> {
                Network network = one(NETWORKS);
                String address = "obj.browser_session.ip_address";
                yield new RandomFilter(
                        address + " in cidr(" + literal(network.text()) + ")", row -> network.isTheirs());
            }
            case 8 ->
                new RandomFilter(
                        one(List.of("obj.remember_me", "obj.remember_me == true", "false != obj.remember_me")),
                        row -> Boolean.TRUE.equals(row.rememberMe()));
            default ->
                one(List.of(
                        new RandomFilter("\"siem\" in obj.clients", row -> false),
                        new RandomFilter("obj.clients.exists(c, c.client_id != \"siem\")", row -> false),
                        new RandomFilter("size(obj.clients) < 1", row -> true)));
        };
    }

    private RandomFilter text(TextField field) {
        String name = field.name();
        Function<SeededSession, String> of = field.of();
        String value = value(field);
        return switch (random.nextInt(9)) {
            case 0 ->
                new RandomFilter(
                        literal(value) + " == " + name, row -> of.apply(row).equals(value));
            case 1 ->
                new RandomFilter(
                        name + " != " + literal(value), row -> !of.apply(row).equals(value));
            case 2 -> {
                String start = value.substring(0, random.nextInt(value.length() + 1));
                yield new RandomFilter(
                        call(name, "startsWith", start), row -> of.apply(row).startsWith(start));
            }
            case 3 -> {
                String end = value.substring(random.nextInt(value.length() + 1));
                yield new RandomFilter(
                        call(name, "endsWith", end), row -> of.apply(row).endsWith(end));
            }
            case 4 -> {
                String piece = piece(value);
                yield new RandomFilter(
                        call(name, "contains", piece), row -> of.apply(row).contains(piece));
            }
            case 5 -> {
                List<String> values = List.of(value, value(field), value(field));
                String list = values.stream().map(RandomFilters::literal).collect(Collectors.joining(", "));
                yield new RandomFilter(name + " in [" + list + "]", row -> values.contains(of.apply(row)));
            }
            case 6 -> {
                String absent = one(List.of("null", "\"\""));
                yield new RandomFilter(
                        name + " == " + absent, row -> of.apply(row).isEmpty());
            }
            case 7 -> {
                int size = random.nextInt(40);
                yield new RandomFilter(
                        "size(" + name + ") > " + size, row -> of.apply(row).length() > size);
            }
            default ->
                new RandomFilter(
                        name + " == " + literal(value), row -> of.apply(row).equals(value));
        };
    }

    private static String call(String name, String function, String argument) {
        return name + "." + function + "(" + literal(argument) + ")";
    }

    private RandomFilter time(TimeField field) {
        int near = field.of().applyAsInt(one(rows)) + random.nextInt(3) - 1;
        int minutes = random.nextInt(360);
        TimeField otherField = one(TIMES);
        return switch (random.nextInt(3)) {
            case 0 -> compared(field, "timestamp(\"" + Instant.ofEpochSecond(near) + "\")", row -> near);
            case 1 -> compared(field, "timestamp(time.now).subtract(\"" + minutes + "m\")", row -> asOf - 60 * minutes);
            default -> compared(field, otherField.name(), otherField.of());
        };
    }

    private RandomFilter compared(TimeField field, String otherText, ToIntFunction<SeededSession> other) {
        ToIntFunction<SeededSession> of = field.of();
        ToIntFunction<SeededSession> order = row -> Integer.compare(of.applyAsInt(row), other.applyAsInt(row));
        String operator = one(List.of("<", "<=", ">", ">=", "==", "!="));
        Predicate<SeededSession> meaning =
                switch (operator) {
                    case "<" -> row -> order.applyAsInt(row) < 0;
                    case "<=" -> row -> order.applyAsInt(row) <= 0;
                    case ">" -> row -> order.applyAsInt(row) > 0;
                    case ">=" -> row -> order.applyAsInt(row) >= 0;
                    case "==" -> row -> order.applyAsInt(row) == 0;
                    default -> row -> order.applyAsInt(row) != 0;
                };
        return new RandomFilter(field.name() + " " + operator + " " + otherText, meaning);
    }

    /** Of some session; sometimes in capital letters, which some databases take for the same. */
    private String value(TextField field) {
        String value = field.of().apply(one(rows));
        return random.nextInt(8) == 0 ? value.toUpperCase(Locale.ROOT) : value;
    }

    private String piece(String text) {
        int start = random.nextInt(text.length() + 1);
        return text.substring(start, Math.min(text.length(), start + 1 + random.nextInt(6)));
    }

    private static String literal(String text) {
        return "\"" + text + "\"";
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
