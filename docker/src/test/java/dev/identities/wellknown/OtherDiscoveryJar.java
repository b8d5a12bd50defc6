package dev.identities.wellknown;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Packs the extension as a provider jar. */
public final class OtherDiscoveryJar {

    private OtherDiscoveryJar() {}

    /** Writes the jar into a folder and returns it. */
    public static Path in(Path folder) throws IOException {
        Path jar = folder.resolve("other-discovery.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("OtherDiscoveryFactory", "OtherDiscoveryFactory$1")) {
                String entry = "dev/identities/wellknown/" + name + ".class";
                out.putNextEntry(new ZipEntry(entry));
                try (InputStream in = OtherDiscoveryJar.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new ZipEntry("META-INF/services/org.keycloak.wellknown.WellKnownProviderFactory"));
            out.write(OtherDiscoveryFactory.class.getName().getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
