package dev.identities;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the packed jar holds: our classes, and those of others that its notices name. */
class ShippedIT {

    /** In {@code THIRD-PARTY.txt}: name, version, licence, and the folder in the jar. */
    private static final Pattern NOTICE = Pattern.compile("(?m)^(.+) (\\S+) \\(([^)]+)\\): in (\\S+/)$");

    private static final String THIRD_PARTY = "META-INF/THIRD-PARTY.txt";

    private final Path file = Path.of(System.getProperty("identities.provider.jar"));
    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(file.toFile());
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    private String text(String entry) throws IOException {
        ZipEntry found = jar.getEntry(entry);
        assertThat(found).as(entry).isNotNull();
        try (InputStream in = jar.getInputStream(found)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Name and version of each, by the folder that it is in. */
    private Map<String, String> noticed() throws IOException {
        Map<String, String> noticed = new TreeMap<>();
        for (MatchResult line : NOTICE.matcher(text(THIRD_PARTY)).results().toList()) {
            noticed.put(line.group(4), line.group(1) + " " + line.group(2));
        }
        return noticed;
    }

    @Test
    @DisplayName("each file is ours or in the folder of a named owner, and each named owner has one")
    void files() throws IOException {
        Map<String, String> noticed = noticed();
        List<String> files = jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .toList();
        assertThat(noticed)
                .isNotEmpty()
                .allSatisfy((folder, name) -> assertThat(files).as(name).anyMatch(entry -> entry.startsWith(folder)));
        assertThat(files.stream()
                        .filter(entry -> noticed.keySet().stream().noneMatch(entry::startsWith))
                        .filter(entry -> !isOurs(entry)))
                .isEmpty();
    }

    /** What the compiler and the resources' folder left; and what Maven writes into each jar. */
    private boolean isOurs(String entry) {
        return Files.exists(Path.of("target", "classes").resolve(entry))
                || entry.equals(JarFile.MANIFEST_NAME)
                || entry.startsWith("META-INF/maven/dev.identities/");
    }

    @Test
    @DisplayName("each shaded library has a notice with its version, and each notice has its text")
    void versions() throws IOException {
        assertThat(noticed())
                .containsEntry(
                        "dev/identities/shaded/maxminddb/",
                        "MaxMind DB Reader " + System.getProperty("maxmind-db.version"))
                .hasSize(2);
        String texts = text(THIRD_PARTY);
        for (String name : noticed().values()) {
            assertThat(texts).contains("\n" + name + "\n\n");
        }
        assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0");
        assertThat(text("META-INF/NOTICE")).contains("META-INF/LICENSE", THIRD_PARTY);
    }

    @Test
    @DisplayName("the rules for user agents are the file that their notice names, with their licence")
    void userAgentRules() throws IOException, NoSuchAlgorithmException {
        String rules = text("dev/identities/uapcore/regexes.yaml");
        String sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(rules.getBytes(StandardCharsets.UTF_8)));
        assertThat(text(THIRD_PARTY)).contains("SHA-256 " + sha256);
        assertThat(text("dev/identities/uapcore/LICENSE")).contains("Apache License, Version 2.0");
    }

    @Test
    @DisplayName("no folder of a shaded library is left under its first name")
    void relocated() {
        assertThat(jar.stream()
                        .map(ZipEntry::getName)
                        .filter(entry -> entry.endsWith(".class"))
                        .map(entry -> entry.split("/", 3))
                        .map(parts -> parts[0] + "/" + parts[1])
                        .collect(Collectors.toSet()))
                .containsExactly("dev/identities");
    }
}
