package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents name the versions that the tests run on. */
class DocumentedVersionsTest {

    /** Tests run in the folder of their module. */
    private static final Path ROOT = Path.of("..", "..");

    @Test
    @DisplayName("the README's table has the minors of the tests, each at the patch that they run on")
    void minors() throws IOException {
        List<MatchResult> rows = find("README.md", "(?m)^\\| (\\d+\\.\\d+) \\(([\\d.]+)\\) \\|");

        assertThat(rows)
                .extracting(row -> row.group(1))
                .containsExactly(
                        VersionsIT.class.getAnnotation(ValueSource.class).strings());
        assertThat(rows)
                .extracting(row -> row.group(2))
                .containsExactly(
                        property("keycloak.latest.version"),
                        property("keycloak.minor-before.version"),
                        property("keycloak.oldest-minor.version"));
        assertThat(rows).allSatisfy(row -> assertThat(row.group(2)).startsWith(row.group(1) + "."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            README.md           | built for ([\\d.]+\\d)
            README.md           | public Keycloak image at ([\\d.]+\\d)
            CHANGELOG.md        | Built for Keycloak ([\\d.]+\\d)
            docker/Dockerfile   | KEYCLOAK_IMAGE=keycloak/keycloak:(\\S+)
            docker/compose.yaml | KEYCLOAK_IMAGE:-keycloak/keycloak:([^}]+)}
            """)
    @DisplayName("the Keycloak that it is built for is named as the one of the build")
    void keycloak(String file, String pattern) throws IOException {
        assertThat(find(file, pattern))
                .extracting(found -> found.group(1))
                .containsExactly(property("keycloak.version"));
    }

    @Test
    @DisplayName("the cluster by Compose has the PostgreSQL that is said to be tested")
    void postgresql() throws IOException {
        String tested =
                find("README.md", "tested on H2, PostgreSQL (\\d+)").get(0).group(1);

        assertThat(find("docker/compose.yaml", "POSTGRES_IMAGE:-postgres:([^}]+)}"))
                .extracting(found -> found.group(1))
                .containsExactly(tested);
        assertThat(find("docs/operations.md", "nodes over PostgreSQL (\\d+), the version that the tests run on"))
                .extracting(found -> found.group(1))
                .containsExactly(tested);
        // Debian's, which the tests run on and our own image is made of.
        assertThat(find("docker/engine/up", "package_image postgres postgresql-(\\d+)"))
                .extracting(found -> found.group(1))
                .containsExactly(tested);
    }

    private static String property(String name) throws IOException {
        List<MatchResult> found = find("pom.xml", Pattern.quote("<" + name + ">") + "(.+)</");
        assertThat(found).as(name).hasSize(1);
        return found.get(0).group(1);
    }

    private static List<MatchResult> find(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .toList();
    }
}
