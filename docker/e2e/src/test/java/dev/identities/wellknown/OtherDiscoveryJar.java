package dev.identities.wellknown;

import dev.identities.testbed.ProviderJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Packs the extensions as a provider jar. */
public final class OtherDiscoveryJar {

    private static final String FACTORY = "OtherDiscoveryFactory";
    private static final List<String> PROVIDED = List.of(FACTORY + "$OpenId", FACTORY + "$OAuth", FACTORY + "$Curious");

    private OtherDiscoveryJar() {}

    /** Writes the jar into a folder and returns it. */
    public static Path in(Path folder) throws IOException {
        return ProviderJar.pack(
                folder,
                "other-discovery",
                "org.keycloak.wellknown.WellKnownProviderFactory",
                PROVIDED,
                OtherDiscoveryJar.class.getPackageName(),
                Stream.concat(Stream.of(FACTORY, FACTORY + "$1"), PROVIDED.stream())
                        .toList());
    }
}
