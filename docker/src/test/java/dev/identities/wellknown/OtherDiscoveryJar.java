package dev.identities.wellknown;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Packs the extensions as a provider jar. */
public final class OtherDiscoveryJar {

    private static final String FACTORY = "OtherDiscoveryFactory";
    private static final List<String> PROVIDED = List.of(FACTORY + "$OpenId", FACTORY + "$OAuth", FACTORY + "$Curious");

    private OtherDiscoveryJar() {}

    /** Writes the jar into a folder and returns it. */
    public static Path in(Path folder) throws IOException {
        Path jar = folder.resolve("other-discovery.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            List<String> classes = Stream.concat(Stream.of(FACTORY, FACTORY + "$1"), PROVIDED.stream())
                    .toList();
            for (String name : classes) {
                String entry = "dev/identities/wellknown/" + name + ".class";
                out.putNextEntry(new ZipEntry(entry));
                try (InputStream in = OtherDiscoveryJar.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new ZipEntry("META-INF/services/org.keycloak.wellknown.WellKnownProviderFactory"));
            String services = PROVIDED.stream()
                    .map(name -> OtherDiscoveryJar.class.getPackageName() + "." + name)
                    .collect(Collectors.joining("\n"));
            out.write(services.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
