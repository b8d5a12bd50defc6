package dev.identities.theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The parts of others in the page's bundle, and their notices in the jar. */
class ShippedTest {

    /** A new one is a decision: its licence must allow us to ship it, and its notice must be in the jar. */
    private static final List<String> SHIPPED = List.of(
            "@patternfly/react-core MIT",
            "@patternfly/react-icons MIT",
            "@patternfly/react-styles MIT",
            "@patternfly/react-tokens MIT",
            "Font Awesome Free CC-BY-4.0",
            "Natural Earth public domain",
            "focus-trap MIT",
            "react MIT",
            "react-dom MIT",
            "rolldown MIT",
            "scheduler MIT",
            "tabbable MIT",
            "tslib 0BSD",
            "vite MIT",
            "world-atlas ISC");

    private static final Path METADATA = Path.of("target/classes/META-INF");

    private static final Pattern NOTICE = Pattern.compile("(?m)^(.+) (\\S+) \\(([^)]+)\\)(?:: .+)?$");

    private static final Pattern COMPONENT = Pattern.compile("\"name\": \"([^\"]+)\",\\s+\"version\": \"([^\"]+)\"");

    @BeforeEach
    void onlyWhereTheFrontEndIsBuilt() {
        assumeFalse(Boolean.getBoolean("skip.frontend"), "built with -Dskip.frontend");
    }

    private static String notices() throws IOException {
        return Files.readString(METADATA.resolve("THIRD-PARTY.txt"));
    }

    /** The list at the beginning, up to the first text. */
    private static List<MatchResult> listed() throws IOException {
        String notices = notices();
        return NOTICE.matcher(notices.substring(0, notices.indexOf("-----")))
                .results()
                .toList();
    }

    @Test
    @DisplayName("the bundle has these of others, under these licences, and each has its text")
    void shipped() throws IOException {
        assertThat(listed().stream().map(line -> line.group(1) + " " + line.group(3)))
                .isEqualTo(SHIPPED);
        String notices = notices();
        for (MatchResult line : listed()) {
            Matcher text = Pattern.compile(
                            "-{100}\\n" + Pattern.quote(line.group(1) + " " + line.group(2)) + "\\n\\n(?!-{100})\\S")
                    .matcher(notices);
            assertThat(text.find()).as(line.group()).isTrue();
        }
        assertThat(Files.readString(METADATA.resolve("NOTICE"))).contains("META-INF/THIRD-PARTY.txt");
        assertThat(METADATA.resolve("LICENSE")).hasSameTextualContentAs(Path.of("../LICENSE"));
    }

    @Test
    @DisplayName("the bill of materials names the same as the notices")
    void bill() throws IOException {
        String bill = Files.readString(Path.of("target/bom.json"));
        String components = bill.substring(bill.indexOf("\"components\""));
        assertThat(COMPONENT.matcher(components).results().map(one -> one.group(1) + " " + one.group(2)))
                .isEqualTo(listed().stream()
                        .map(line -> line.group(1) + " " + line.group(2))
                        .toList());
    }
}
