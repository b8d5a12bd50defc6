package dev.identities.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Packs classes of the tests as a jar for a server's {@code providers/}. */
public final class ProviderJar {

    private ProviderJar() {}

    /**
     * Writes a jar into a folder and returns it.
     *
     * @param name of the jar, without its extension
     * @param service the factory interface that is implemented
     * @param factories the factories
     * @param packageName of all classes
     * @param classes all classes, factories too, as the compiler names them within the package
     */
    public static Path pack(
            Path folder, String name, String service, List<String> factories, String packageName, List<String> classes)
            throws IOException {
        Path jar = folder.resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String one : classes) {
                String entry = packageName.replace('.', '/') + "/" + one + ".class";
                out.putNextEntry(new ZipEntry(entry));
                try (InputStream in = ProviderJar.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new ZipEntry("META-INF/services/" + service));
            for (String factory : factories) {
                out.write((packageName + "." + factory + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
