package dev.identities.filter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes random filters. Most constants are values that occur in a population, or are near them, so that a filter often
 * matches a part of it.
 */
final class Expressions {

    /**
     * A filter, and the same in CEL as its specification has it. They differ in what the language adds: networks, and
     * {@code in} for lists of objects.
     */
    record Pair(String ours, String cel) {

        static Pair of(String both) {
            return new Pair(both, both);
        }

        Pair and(String operator, Pair other) {
            return new Pair(
                    "(" + ours + ") " + operator + " (" + other.ours + ")",
                    "(" + cel + ") " + operator + " (" + other.cel + ")");
        }
    }

    private static final String[] ORDER = {"<", "<=", ">", ">="};
    private static final String[] EQUALITY = {"==", "!="};
    private static final String[] NETWORKS = {
        "10.0.0.0/8",
        "10.7.0.0/16",
        "10.7.3.0/24",
        "10.7.3.1/32",
        "10.0.0.0/9",
        "0.0.0.0/0",
        "2001:db8::/32",
        "::ffff:10.7.3.0/120",
        "fe80::/10",
        "::/0"
    };

    private final Random random;
    private final Vocabulary fields;
    private final boolean onlyCel;
    private final Map<Field, List<Object>> values = new HashMap<>();

    /**
     * Filters over these fields.
     *
     * @param onlyCel whether to leave out what differs from CEL on purpose, because ngrok has it so or because the
     *     language is narrower: a text or an object compared with null, texts in order where one may be absent
     */
    Expressions(Random random, Vocabulary fields, List<Scope> population, boolean onlyCel) {
        this.random = random;
        this.fields = fields;
        this.onlyCel = onlyCel;
        for (Field field : fields.fields()) {
            values.put(field, occurring(field, population));
            field.members().ifPresent(members -> members.fields()
                    .fields()
                    .forEach(member -> values.computeIfAbsent(
                            member,
                            missing -> occurring(
                                    member,
                                    population.stream()
                                            .flatMap(scope -> ((List<?>)
                                                            field.read().apply(scope))
                                                    .stream().map(scope::inside))
                                            .toList()))));
        }
    }

    private static List<Object> occurring(Field field, List<Scope> scopes) {
        List<Object> occurring = new ArrayList<>();
        scopes.forEach(scope -> {
            Object value = field.read().apply(scope);
            if (value != null && !occurring.contains(value)) {
                occurring.add(value);
            }
        });
        return occurring;
    }

    Pair any(int depth) {
        return depth > 0 && random.nextInt(5) > 0 ? joined(() -> any(depth - 1)) : condition("obj", fields);
    }

    private Pair joined(Supplier<Pair> part) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> part.get().and("&&", part.get());
            case 3, 4, 5 -> part.get().and("||", part.get());
            case 6 -> {
                Pair negated = part.get();
                yield new Pair("!(" + negated.ours + ")", "!(" + negated.cel + ")");
            }
            default -> part.get().and(one(EQUALITY), part.get());
        };
    }

    private Pair condition(String root, Vocabulary of) {
        if (random.nextInt(40) == 0) {
            return Pair.of(
                    one("true", "false", "1 < 2", "\"a\" == 'b'", "\"a\" in [\"a\", \"b\"]", "size(\"é\") == 1"));
        }
        Field field = one(of.fields());
        String name = named(root, field);
        return switch (field.type()) {
            case TEXT, ADDRESS -> text(field, name, root, of);
            case BOOLEAN -> Pair.of(one(name, "!" + name, name + " == true", "false != " + name));
            case INTEGER, NUMBER -> number(field, name);
            case TIME -> Pair.of(time(field, name, root, of));
            case LIST -> list(field, name);
            default -> onlyCel ? condition(root, of) : Pair.of(name + " " + one(EQUALITY) + " null");
        };
    }

    /** The variable itself for a member of a list of texts. */
    private static String named(String root, Field field) {
        return field.name().isEmpty() ? root : root + "." + field.name();
    }

    private Pair text(Field field, String name, String root, Vocabulary of) {
        String literal = literal(value(field, "x"));
        return switch (random.nextInt(10)) {
            case 0 -> {
                yield Pair.of(literal + " " + one(EQUALITY) + " " + name);
            }
            case 1 -> {
                yield Pair.of(name + "." + one("startsWith", "contains", "endsWith") + "("
                        + literal(piece(value(field, "xy"))) + ")");
            }
            case 2 -> {
                yield Pair.of(name + " in [" + literal + ", " + literal(value(field, "y")) + "]");
            }
            case 3 -> {
                yield Pair.of(
                        one("size(" + name + ")", name + ".size()") + " " + one(ORDER) + " " + random.nextInt(30));
            }
            case 4 -> {
                Field other = one(texts(of));
                yield Pair.of(name + " " + one(EQUALITY) + " " + named(root, other));
            }
            case 5 -> {
                boolean absent = values.get(field).contains("") && onlyCel;
                yield Pair.of(name + " " + (absent ? "==" : one(ORDER)) + " " + literal);
            }
            case 6, 7 -> {
                if (field.type() == Type.ADDRESS) {
                    String network = "\"" + one(NETWORKS) + "\"";
                    yield new Pair(name + " in cidr(" + network + ")", "inNetwork(" + name + ", " + network + ")");
                }
                yield Pair.of(name + ".startsWith(" + literal(start(value(field, "xy"))) + ")");
            }
            case 8 -> {
                yield onlyCel ? Pair.of(name + " == " + literal) : Pair.of(name + " " + one(EQUALITY) + " null");
            }
            default -> {
                yield Pair.of(name + " == " + literal);
            }
        };
    }

    private static List<Field> texts(Vocabulary of) {
        return of.fields().stream().filter(field -> field.type().isText()).toList();
    }

    private Pair number(Field field, String name) {
        Object occurring = values.get(field).isEmpty() ? (Object) 1L : one(values.get(field));
        boolean nullable = !field.name().equals("sessions_count");
        if (occurring instanceof Long whole) {
            String number = one(Long.toString(whole), hexadecimal(whole + random.nextInt(3)));
            return Pair.of(guarded(name, nullable, name + " " + one(ORDER) + " " + number, number));
        }
        String number = one(occurring.toString(), occurring + "e0", "-1.5");
        Pair exact = Pair.of(guarded(name, nullable, name + " " + one(ORDER) + " " + number, number));
        // Whole numbers are numbers in the language. CEL wants a fraction.
        return one(exact, new Pair(name + " == 52", name + " == 52.0"));
    }

    private static String hexadecimal(long number) {
        return number < 0 ? Long.toString(number) : "0x" + Long.toHexString(number);
    }

    private String guarded(String name, boolean nullable, String comparison, String number) {
        return random.nextInt(4) == 0
                ? name + " " + one(EQUALITY) + " " + number
                : nullable ? name + " != null && " + comparison : comparison;
    }

    private String time(Field field, String name, String root, Vocabulary of) {
        String operator = random.nextInt(3) == 0 ? one(EQUALITY) : one(ORDER);
        Instant near = values.get(field).isEmpty() ? Sample.NOW : (Instant) one(values.get(field));
        List<Field> times =
                of.fields().stream().filter(other -> other.type() == Type.TIME).toList();
        String other = one(
                "timestamp(\"" + near + "\")",
                "timestamp(\"" + near.plusSeconds(random.nextInt(3) - 1) + "\")",
                "timestamp(\"" + near.minusMillis(300) + "\")",
                "timestamp(\"" + near.toString().replace("Z", "+00:00") + "\")",
                "timestamp(time.now).subtract(\"" + random.nextInt(20) + one("d", "h", "m", "s", "w") + "\")",
                "timestamp(time.now).add(\"30m\")",
                named(root, one(times)));
        return random.nextBoolean() ? name + " " + operator + " " + other : other + " " + operator + " " + name;
    }

    private Pair list(Field field, String name) {
        Field.Members members = field.members().orElseThrow();
        return switch (random.nextInt(4)) {
            case 0 -> Pair.of("size(" + name + ") " + one(ORDER) + " " + random.nextInt(3));
            case 1 -> {
                String wanted = literal(value(members.key(), "none"));
                yield new Pair(wanted + " in " + name, wanted + " in " + name + "_keys");
            }
            default -> {
                Pair inside = condition("c", members.fields());
                inside = random.nextBoolean() ? inside : inside.and("&&", condition("c", members.fields()));
                yield new Pair(name + ".exists(c, " + inside.ours + ")", name + ".exists(c, " + inside.cel + ")");
            }
        };
    }

    private String value(Field field, String otherwise) {
        List<Object> occurring = values.get(field);
        return occurring.isEmpty() || random.nextInt(8) == 0 ? otherwise : (String) one(occurring);
    }

    private String piece(String text) {
        int[] points = text.codePoints().toArray();
        if (points.length == 0) {
            return text;
        }
        int start = random.nextInt(points.length);
        return new String(points, start, Math.min(points.length - start, 1 + random.nextInt(6)));
    }

    private String start(String text) {
        int[] points = text.codePoints().toArray();
        return new String(points, 0, random.nextInt(points.length + 1));
    }

    /** The text in one of the ways to write it. */
    private String literal(String text) {
        String quote = one("\"", "'", "\"\"\"");
        StringBuilder literal = new StringBuilder(quote);
        text.codePoints().forEach(point -> {
            if (random.nextInt(15) == 0) {
                literal.append(one(String.format("\\U%08x", point), escape(point)));
            } else if (point == '"' || point == '\'' || point == '\\') {
                literal.append('\\').appendCodePoint(point);
            } else {
                literal.appendCodePoint(point);
            }
        });
        return literal.append(quote).toString();
    }

    private static String escape(int point) {
        if (point > 0xFFFF) {
            return String.format("\\U%08X", point);
        }
        return point > 0xFF
                ? String.format("\\u%04x", point)
                : point % 2 == 0 ? String.format("\\x%02X", point) : String.format("\\%03o", point);
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
