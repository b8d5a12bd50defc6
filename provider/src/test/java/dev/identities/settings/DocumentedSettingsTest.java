package dev.identities.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The table of {@code docs/settings.md} has what the code reads, and nothing else. The names come from the code itself:
 * it reads its attributes from a function that writes down each name that it is asked for.
 */
class DocumentedSettingsTest {

    /** Tests run in the folder of their module. */
    private static final Path PAGE = Path.of("..", "docs", "settings.md");

    /** A row begins with a name in code style: name, place, default, meaning. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\| (.+) \\|$");

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    private static final String REALM = "realm attribute";
    private static final String CLIENT = "client attribute";
    private static final String PROVIDER = "identity provider's config";
    private static final String SERVER = "server option";

    private record Row(String name, String place, String standard, String meaning) {

        /** The default, where it is a value and not a description of one. */
        Stream<String> standardValue() {
            Matcher code = CODE.matcher(standard);
            return code.matches() ? Stream.of(code.group(1)) : Stream.empty();
        }
    }

    @Test
    @DisplayName("the table has each attribute that the code reads of a realm, once, and no other")
    void realm() throws IOException {
        assertThat(names(REALM)).containsExactlyInAnyOrderElementsOf(read(RealmSettings::of));
    }

    @Test
    @DisplayName("the table has each attribute that the code reads of a client, once, and no other")
    void client() throws IOException {
        assertThat(names(CLIENT)).containsExactlyInAnyOrderElementsOf(read(ClientSettings::of));
    }

    @Test
    @DisplayName("the table has each entry that the code reads of an identity provider's config, once, and no other")
    void provider() throws IOException {
        assertThat(names(PROVIDER)).containsExactlyInAnyOrderElementsOf(read(IdentityProviderSettings::of));
    }

    @Test
    @DisplayName("the table has each option of the server, once, and no other")
    void server() throws IOException {
        assertThat(names(SERVER))
                .containsExactlyInAnyOrderElementsOf(serverOptions().stream()
                        .map(option -> "--spi-realm-restapi-extension--app--" + option)
                        .toList());
    }

    @Test
    @DisplayName("the table names the environment variable of each option of the server")
    void environment() throws IOException {
        assertThat(rows(SERVER))
                .extracting(Row::place)
                .containsExactlyInAnyOrderElementsOf(serverOptions().stream()
                        .map(option -> option.toUpperCase(Locale.ROOT).replace('-', '_'))
                        .map(option -> "server option; or `KC_SPI_REALM_RESTAPI_EXTENSION__APP__" + option + "`")
                        .toList());
    }

    @Test
    @DisplayName("a realm or client that sets a documented default is one that sets nothing")
    void defaults() throws IOException {
        hold(REALM, RealmSettings::of);
        hold(CLIENT, attributes -> ClientSettings.of(attributes).sessionManagementApi());
        hold(CLIENT, attributes -> ClientSettings.of(attributes).sessionRevocationApi());
        hold(PROVIDER, IdentityProviderSettings::of);
    }

    @Test
    @DisplayName("every row of the table is for a place that the tests know")
    void places() throws IOException {
        assertThat(rows("")).isNotEmpty().allSatisfy(row -> assertThat(Stream.of(REALM, CLIENT, PROVIDER, SERVER))
                .anySatisfy(place -> assertThat(row.place()).contains(place)));
        assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `")))
                .as("lines that are rows")
                .hasSameSizeAs(rows(""));
    }

    private static void hold(String place, Function<UnaryOperator<String>, Object> reader) throws IOException {
        Object unset = reader.apply(name -> null);
        assertThat(rows(place)).allSatisfy(row -> assertThat(row.standardValue())
                .allSatisfy(value -> assertThat(reader.apply(name -> name.equals(row.name()) ? value : null))
                        .isEqualTo(unset)));
    }

    /** The names that the code asks for while it reads settings. */
    private static List<String> read(Consumer<UnaryOperator<String>> reader) {
        List<String> asked = new ArrayList<>();
        reader.accept(name -> {
            asked.add(name);
            return null;
        });
        assertThat(asked).doesNotHaveDuplicates();
        return asked;
    }

    private static List<String> serverOptions() {
        return Stream.of(ServerSettings.class.getFields())
                .map(DocumentedSettingsTest::text)
                .toList();
    }

    private static String text(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(String place) throws IOException {
        return rows(place).stream().map(Row::name).toList();
    }

    /** The rows whose place is, or has, this one. */
    private static List<Row> rows(String place) throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> new Row(row.group(1), row.group(2), row.group(3), row.group(4)))
                .filter(row -> row.place().contains(place))
                .toList();
    }
}
