package dev.identities.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Admin themes of somebody else: {@code plain} is a child of the console's, {@code branded} one of ours. */
final class ThemesJar {

    private static final Map<String, String> FILES = Map.of(
            "META-INF/keycloak-themes.json",
            """
            {"themes": [{"name": "plain", "types": ["admin"]}, {"name": "branded", "types": ["admin"]}]}
            """,
            "theme/plain/admin/theme.properties",
            "parent=keycloak.v2\nscripts=brand.js\n",
            "theme/plain/admin/resources/brand.js",
            "document.documentElement.dataset.brand = 'plain';",
            "theme/branded/admin/theme.properties",
            "parent=identities\nscripts=brand.js\n",
            "theme/branded/admin/resources/brand.js",
            "document.documentElement.dataset.brand = 'branded';");

    private ThemesJar() {}

    /** Writes it into a folder. */
    static Path in(Path folder) {
        Path jar = folder.resolve("themes.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> file : FILES.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}
