package dev.identities.theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files of the front end's build in the jar. */
class BundleTest {

    private static final Path THEME = Path.of("target/classes/theme/identities/admin");

    /** With a hash of eight characters: Keycloak and browsers keep a file of the same name for ever. */
    private static final String HASHED = "assets/identities/[A-Za-z_]+-[A-Za-z0-9_-]{8}\\.(js|css)";

    @BeforeEach
    void onlyWhereTheFrontEndIsBuilt() {
        assumeFalse(Boolean.getBoolean("skip.frontend"), "built with -Dskip.frontend");
    }

    @Test
    void browsersGetNothingButHashedFiles() throws IOException {
        Path resources = THEME.resolve("resources");
        try (Stream<Path> files = Files.walk(resources)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> resources.relativize(file).toString().replace('\\', '/'))
                    .toList();
            assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(name).matches(HASHED));
        }
    }

    @Test
    void themeNamesItsScriptForOldAndNewKeycloaks() throws IOException {
        Properties theme = new Properties();
        try (Reader file = Files.newBufferedReader(THEME.resolve("theme.properties"))) {
            theme.load(file);
        }
        assertThat(theme.getProperty("parent")).isEqualTo("keycloak.v2");
        assertThat(theme.getProperty("scripts")).matches(HASHED);
        assertThat(theme.getProperty("scripts.identities")).isEqualTo(theme.getProperty("scripts"));
        assertThat(THEME.resolve("resources").resolve(theme.getProperty("scripts")))
                .isRegularFile();
    }

    /** The console loads it with every page. */
    @Test
    void scriptStaysSmall() throws IOException {
        try (Stream<Path> files = Files.list(THEME.resolve("resources/assets/identities"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("main-")))
                    .singleElement()
                    .satisfies(entry -> assertThat(Files.size(entry)).isLessThan(8_192));
        }
    }
}
