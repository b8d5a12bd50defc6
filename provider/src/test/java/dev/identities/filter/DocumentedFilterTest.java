package dev.identities.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What docs/filter.md says. */
class DocumentedFilterTest {

    private static final String TEXT = read(Path.of("..", "docs", "filter.md"));

    private static final Pattern EXAMPLE = Pattern.compile("```cel\\n(.*?)\\n```", Pattern.DOTALL);

    /** A field, in the first column of a table. */
    private static final Pattern FIELD = Pattern.compile("(?m)^\\| ((?:`[a-z_.]+`(?:, )?)+) \\|");

    private static final Pattern ERROR = Pattern.compile("(?m)^\\| `(.+)` \\| (at .+) \\|$");

    @Test
    @DisplayName("the examples of sessions are filters that depend on the session")
    void sessions() throws FilterException {
        List<String> examples = examples("### Sessions");
        assertThat(examples).hasSize(8);
        for (String example : examples) {
            Filter<Session> filter = Filter.ofSessions(example, Sample.NOW);
            assertThat(filter.constant()).as(example).isEmpty();
            assertThat(filter.matches(Sample.session("203.0.113.7", "", ""), Sample.around()))
                    .as(example)
                    .isFalse();
        }
    }

    @Test
    @DisplayName("the examples of users are filters that depend on the user")
    void users() throws FilterException {
        List<String> examples = examples("### Users");
        assertThat(examples).hasSize(3);
        for (String example : examples) {
            assertThat(Filter.ofUsers(example, Sample.NOW)
                            .matches(Sample.identity(Sample.session("203.0.113.7", "", "")), Sample.around()))
                    .as(example)
                    .isFalse();
        }
    }

    @Test
    @DisplayName("the tables name every field, and no other")
    void fields() {
        assertThat(fields("## Fields of sessions")).isEqualTo(names(SessionFields.ALL, ""));
        assertThat(fields("## Fields of users")).isEqualTo(names(UserFields.ALL, "latest_session."));
        assertThat(fields("## Fields of applications")).isEqualTo(names(SessionFields.CLIENTS.fields(), ""));
    }

    @Test
    @DisplayName("the errors are those of the code")
    void errors() {
        List<MatchResult> rows = ERROR.matcher(section("## Errors")).results().toList();
        assertThat(rows).hasSize(5);
        for (MatchResult row : rows) {
            assertThatThrownBy(() -> Filter.ofUsers(row.group(1), Sample.NOW)).hasMessage(row.group(2));
        }
    }

    @Test
    @DisplayName("the bounds are those of the code")
    void bounds() {
        assertThat(TEXT)
                .contains(String.format(
                        "%,d characters, %d levels, %d conditions",
                        Filter.MAX_LENGTH, Parser.MAX_DEPTH, Parser.MAX_CONDITIONS));
    }

    private static Set<String> names(Vocabulary fields, String without) {
        Set<String> names = new TreeSet<>();
        fields.fields().stream()
                .map(Field::name)
                .filter(name -> without.isEmpty() || !name.startsWith(without))
                .forEach(names::add);
        return names;
    }

    private static Set<String> fields(String heading) {
        Set<String> names = new TreeSet<>();
        FIELD.matcher(section(heading))
                .results()
                .map(row -> row.group(1))
                .flatMap(cell -> List.of(cell.replace("`", "").split(", ")).stream())
                .forEach(names::add);
        return names;
    }

    private static List<String> examples(String heading) {
        return EXAMPLE.matcher(section(heading))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    /** From a heading to the next one. */
    private static String section(String heading) {
        int start = TEXT.indexOf("\n" + heading + "\n");
        assertThat(start).as(heading).isPositive();
        int end = TEXT.indexOf("\n#", start + 1);
        return TEXT.substring(start, end < 0 ? TEXT.length() : end);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
