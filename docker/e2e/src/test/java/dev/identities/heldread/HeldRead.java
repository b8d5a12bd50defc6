package dev.identities.heldread;

import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.ProviderJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The test's end of {@link HeldReads}: asks for a read to be held, and lets go of it. */
public final class HeldRead {

    private static final String OPTION = "--spi-user-session-persister--held-reads--folder=";

    private final Path folder;

    /** In a folder that the server reads, too. */
    public HeldRead(Path folder) {
        this.folder = folder;
    }

    /** A server with the extension and these jars. */
    public Options options(Path plugin) throws IOException {
        Path jar = ProviderJar.pack(
                folder,
                "held-reads",
                "org.keycloak.models.session.UserSessionPersisterProviderFactory",
                List.of("HeldReadsFactory"),
                HeldRead.class.getPackageName(),
                List.of("HeldReadsFactory", "HeldReads"));
        return Options.of(plugin, jar).withArguments(OPTION + folder.toAbsolutePath());
    }

    /** From now on the first read of this session's row is held. */
    public void want(String sid) {
        try {
            Path complete = Files.writeString(folder.resolve("complete"), sid);
            Files.move(complete, HeldReads.wanted(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a read is held. */
    public boolean isHeld() {
        return Files.exists(HeldReads.held(folder));
    }

    /** Nothing is held any more, and nothing will be. */
    public void letGo() {
        try {
            Files.deleteIfExists(HeldReads.wanted(folder));
            Files.deleteIfExists(HeldReads.held(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
