package dev.identities.userstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Packs the store as a provider jar. */
public final class FlakyUserStoreJar {

    private FlakyUserStoreJar() {}

    /** Writes the jar into a folder and returns it. */
    public static Path in(Path folder) throws IOException {
        Path jar = folder.resolve("flaky-user-store.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("FlakyUserStore", "FlakyUserStore$User", "FlakyUserStoreFactory")) {
                String entry = "dev/identities/userstore/" + name + ".class";
                out.putNextEntry(new ZipEntry(entry));
                try (InputStream in = FlakyUserStoreJar.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new ZipEntry("META-INF/services/org.keycloak.storage.UserStorageProviderFactory"));
            out.write(FlakyUserStoreFactory.class.getName().getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
