package dev.identities.userstore;

import dev.identities.testbed.ProviderJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Packs the store as a provider jar. */
public final class FlakyUserStoreJar {

    private FlakyUserStoreJar() {}

    /** Writes the jar into a folder and returns it. */
    public static Path in(Path folder) throws IOException {
        return ProviderJar.pack(
                folder,
                "flaky-user-store",
                "org.keycloak.storage.UserStorageProviderFactory",
                List.of("FlakyUserStoreFactory"),
                FlakyUserStoreJar.class.getPackageName(),
                List.of("FlakyUserStore", "FlakyUserStore$User", "FlakyUserStoreFactory"));
    }
}
