package dev.identities.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, with the place and the words. */
class FilterErrorsTest {

    /** Stands before the place of the error. */
    private static final String MARK = "§";

    static Stream<Arguments> refused() {
        return Stream.of(
                // The form.
                Arguments.of("§", "the filter is empty"),
                Arguments.of("  §", "the filter is empty"),
                Arguments.of("obj.kind == §", "a value is missing"),
                Arguments.of("(obj.remember_me§", "unexpected end of the filter; expected )"),
                Arguments.of("obj.remember_me§)", "unexpected ); expected &&, || or the end"),
                Arguments.of("obj.remember_me §obj.current", "unexpected obj; expected &&, || or the end"),
                Arguments.of("obj.remember_me §= true", "unexpected =; expected &&, || or the end"),
                Arguments.of("obj.remember_me && §&& true", "unexpected &&; expected a value"),
                Arguments.of("obj.remember_me == §#", "unexpected character \"#\""),
                Arguments.of("obj.§", "unexpected end of the filter; expected a name"),
                // Texts and numbers.
                Arguments.of("obj.kind == §\"online", "the text has no closing quote"),
                Arguments.of("obj.kind == \"a§\\q\"", "unknown escape \\q"),
                Arguments.of("obj.kind == \"§\\u12\"", "an escape that begins so has 4 digits"),
                Arguments.of("obj.kind == \"§\\ud83d\"", "the escape names no character"),
                Arguments.of("obj.kind == \"é§\n\"", "a line ends inside a text; write \\n"),
                Arguments.of("size(obj.kind) == 1§u", "a number ends here; u cannot follow it"),
                Arguments.of("§9223372036854775808 == 1", "the number is too large"),
                Arguments.of("§1e999 == 1.0", "the number is too large"),
                // Names.
                Arguments.of(
                        "obj.§missing == \"x\"",
                        "unknown field obj.missing; obj has id, uri, public_url, browser_session, application_user,"
                                + " application_user_id, created_at, last_active, expires_at, endpoint, edge, route, kind,"
                                + " idle_expires_at, identity_provider, auth_method, remember_me, clients, access, current,"
                                + " impersonator, suspended, grant, signals, signal_details, sid"),
                Arguments.of(
                        "obj.browser_session.§agent == \"x\"",
                        "unknown field obj.browser_session.agent; obj.browser_session has user_agent, ip_address, location,"
                                + " recorded_ip_address"),
                Arguments.of("obj.kind.§x == 1", "unknown field obj.kind.x; obj.kind has no members"),
                Arguments.of("\"a\".§b == 1", "a text has no members"),
                Arguments.of("§foo == 1", "unknown name foo; fields begin with obj."),
                Arguments.of("§obj == null", "obj is no value; name a member of it, for example obj.id"),
                Arguments.of("time.§then < obj.created_at", "unknown name time.then; there is time.now"),
                Arguments.of(
                        "obj.clients.exists(c, §d.client_id == \"x\")", "unknown name d; fields begin with c. or obj."),
                Arguments.of(
                        "obj.clients.exists(c, c.§missing == \"x\")",
                        "unknown field c.missing; c has client_id, name, base_url, started_at, last_active, uuid"),
                // What CEL has besides.
                Arguments.of("obj.kind §+ \"x\" == \"y\"", "unexpected +; expected &&, || or the end"),
                Arguments.of("obj.remember_me §? true : false", "unexpected ?; expected &&, || or the end"),
                Arguments.of("obj.remember_me §// really", "unexpected /; expected &&, || or the end"),
                Arguments.of("§-size(obj.kind) == 1", "- only stands before a number; arithmetic is not supported"),
                Arguments.of("obj.clients§[0].client_id == \"x\"", "an index is not supported; use in, size or exists"),
                Arguments.of(
                        "obj.kind.§matches(\"x\")",
                        "unknown function matches;"
                                + " there are startsWith, contains, endsWith, size, exists, add and subtract"),
                Arguments.of("§has(obj.kind)", "unknown function has; there are size, timestamp and cidr"),
                Arguments.of("§type(obj.kind) == 1", "unknown function type; there are size, timestamp and cidr"),
                Arguments.of(
                        "obj.clients.exists(c, obj.clients.§exists(d, true))", "exists cannot stand inside exists"),
                Arguments.of("obj.clients.exists(§obj, true)", "the variable of exists needs another name than obj"),
                // Types.
                Arguments.of("§obj.kind", "a filter needs a condition, not a text"),
                Arguments.of("obj.kind == \"x\" && §obj.sid", "&& needs a condition, not a text"),
                Arguments.of("§obj.sid || true", "|| needs a condition, not a text"),
                Arguments.of("!§obj.kind", "! needs a condition, not a text"),
                Arguments.of("obj.clients.exists(c, §c.name)", "exists needs a condition, not a text"),
                Arguments.of("obj.kind.§exists(c, true)", "exists looks into a list, not a text"),
                Arguments.of("obj.sid      §== 5", "cannot compare a text with a whole number"),
                Arguments.of("obj.sid §== obj.current", "cannot compare a text with a condition"),
                Arguments.of("size(obj.sid) §== 1.0", "cannot compare a whole number with a number"),
                Arguments.of(
                        "obj.created_at §> \"2026-11-27T00:00:00Z\"",
                        "cannot compare a time with a text; write timestamp(\"...\")"),
                Arguments.of("obj.remember_me §== null", "cannot compare a condition with null"),
                Arguments.of("obj.remember_me §< true", "cannot compare a condition with a condition by order"),
                Arguments.of("obj.kind §< null", "cannot compare a text with null by order"),
                Arguments.of("obj.browser_session.location §== \"DE\"", "cannot compare an object with a text"),
                Arguments.of("obj.clients §== null", "cannot compare a list with null; use in, size or exists"),
                Arguments.of(
                        "obj.browser_session.ip_address §== cidr(\"10.0.0.0/8\")",
                        "cannot compare an address with a network; use in"),
                Arguments.of("obj.kind.§contains(5)", "contains compares two texts, not a text and a whole number"),
                Arguments.of("obj.kind.§contains()", "contains takes one argument"),
                Arguments.of("§size(5) == 1", "size is of a text or of a list field, not a whole number"),
                // Lists and networks.
                Arguments.of("obj.kind §in \"online\"", "in needs a list or cidr(\"...\") behind it, not a text"),
                Arguments.of("obj.kind in §[]", "the list is empty"),
                Arguments.of("obj.kind in [1, §\"a\"]", "the list holds a whole number and a text"),
                Arguments.of("obj.kind in [§obj.sid]", "a list holds constants only"),
                Arguments.of("obj.kind in [§null]", "a list holds constants only"),
                Arguments.of("obj.kind §in [1]", "a text cannot be in a list of a whole number"),
                Arguments.of("1 §in obj.clients", "the list is searched for a text, not for a whole number"),
                Arguments.of(
                        "obj.kind §in cidr(\"10.0.0.0/8\")",
                        "only an address is in a network, not a text; use ip_address"),
                Arguments.of(
                        "obj.browser_session.ip_address in §cidr(\"10.7.3.1/16\")",
                        "the address has bits behind the prefix; the network is 10.7.0.0/16"),
                Arguments.of(
                        "obj.browser_session.ip_address in §cidr(\"10.0.0.0/33\")",
                        "the prefix of this address has 0 to 32 bits"),
                Arguments.of(
                        "obj.browser_session.ip_address in §cidr(\"::ffff:10.0.0.0/24\")",
                        "the prefix of this address has 96 to 128 bits"),
                Arguments.of(
                        "obj.browser_session.ip_address in §cidr(\"10.0.0.0\")",
                        "not a network; write an address and the length of its prefix, for example 10.7.0.0/16"),
                Arguments.of("obj.browser_session.ip_address in §cidr(obj.kind)", "cidr takes a text literal"),
                // Times.
                Arguments.of(
                        "obj.created_at > §timestamp(\"yesterday\")",
                        "not a time; write it as in RFC 3339, for example timestamp(\"2026-11-27T08:00:00Z\")"),
                Arguments.of(
                        "obj.created_at > §timestamp(\"2026-02-30T00:00:00Z\")",
                        "not a time; write it as in RFC 3339, for example timestamp(\"2026-11-27T08:00:00Z\")"),
                Arguments.of(
                        "obj.created_at > §timestamp(\"2026-11-27\")",
                        "not a time; write it as in RFC 3339, for example timestamp(\"2026-11-27T08:00:00Z\")"),
                Arguments.of(
                        "obj.created_at > §timestamp(\"0000-01-01T00:00:00Z\")",
                        "the time is not in the years 1 to 9999"),
                Arguments.of(
                        "obj.created_at > timestamp(time.now).subtract(\"99999w\").§subtract(\"99999w\")",
                        "the time is not in the years 1 to 9999"),
                Arguments.of(
                        "obj.created_at > timestamp(time.now).§subtract(\"7x\")",
                        "not a span of time; write for example 7d, 24h, 15m, 30s, 2w or 1d12h"),
                Arguments.of(
                        "obj.created_at > timestamp(time.now).§subtract(\"\")",
                        "not a span of time; write for example 7d, 24h, 15m, 30s, 2w or 1d12h"),
                Arguments.of("obj.created_at > §timestamp(5)", "timestamp takes a text literal or time.now"),
                Arguments.of("obj.created_at.§add(\"7d\") == time.now", "add stands behind timestamp(...)"),
                // Bounds.
                Arguments.of(
                        "(".repeat(Parser.MAX_DEPTH) + "§(true" + ")".repeat(Parser.MAX_DEPTH + 1),
                        "a filter has at most 32 levels"),
                Arguments.of("!".repeat(Parser.MAX_DEPTH) + "§!true", "a filter has at most 32 levels"),
                Arguments.of(
                        "obj.kind == \"a\" || ".repeat(Parser.MAX_CONDITIONS) + "obj.kind §== \"b\"",
                        "a filter has at most 64 conditions"),
                Arguments.of(" ".repeat(Filter.MAX_LENGTH) + "§true", "a filter has at most 4096 characters"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    @DisplayName("a filter is refused at its place, by what is wrong")
    void refuses(String marked, String problem) {
        int position = marked.codePointCount(0, marked.indexOf(MARK)) + 1;
        String text = marked.replace(MARK, "");
        FilterException refusal =
                catchThrowableOfType(FilterException.class, () -> Filter.ofSessions(text, Sample.NOW));
        assertThat(refusal).hasMessage("at " + position + ": " + problem);
        assertThat(refusal.position()).isEqualTo(position);
    }

    @Test
    @DisplayName("just within the bounds is fine")
    void bounds() {
        assertThatCode(() -> {
                    Filter.ofSessions("(".repeat(Parser.MAX_DEPTH) + "true" + ")".repeat(Parser.MAX_DEPTH), Sample.NOW);
                    Filter.ofSessions(
                            "obj.created_at > timestamp(time.now).subtract(\"1d\") || "
                                            .repeat(Parser.MAX_CONDITIONS - 1)
                                    + "obj.current",
                            Sample.NOW);
                    Filter.ofSessions(" ".repeat(Filter.MAX_LENGTH - 4) + "true", Sample.NOW);
                })
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("any text is a filter or is refused with a place inside the text")
    void anyText() {
        Random random = new Random(3);
        List<String> words = List.of(
                "obj",
                ".",
                "kind",
                "clients",
                "exists",
                "(",
                ")",
                "[",
                "]",
                "c",
                ",",
                "==",
                "!",
                "&&",
                "||",
                "in",
                "\"",
                "'",
                "\\",
                "1",
                "1.5",
                "-",
                "null",
                "true",
                "timestamp",
                "time.now",
                "cidr",
                "size",
                " ",
                "\"x\"",
                "é",
                "\uD83D\uDE00",
                "\uD83D",
                "obj.kind == \"x\"",
                "obj.created_at",
                ".subtract(\"7d\")",
                "\"10.0.0.0/8\"");
        for (int text = 0; text < 20_000; text++) {
            StringBuilder made = new StringBuilder();
            int length = 1 + random.nextInt(9);
            for (int word = 0; word < length; word++) {
                made.append(words.get(random.nextInt(words.size())));
            }
            try {
                Filter.ofSessions(made.toString(), Sample.NOW);
            } catch (FilterException refusal) {
                assertThat(refusal.position()).as(made.toString()).isBetween(1, made.length() + 1);
            } catch (RuntimeException broken) {
                throw new AssertionError(made.toString(), broken);
            }
        }
    }
}
