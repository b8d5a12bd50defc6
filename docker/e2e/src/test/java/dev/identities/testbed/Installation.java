package dev.identities.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Keycloak on disk whose commands are run; no server of it runs. */
public final class Installation {

    private final ServerFolder folder;

    private Installation(ServerFolder folder) {
        this.folder = folder;
    }

    /** A copy of the distribution with exactly these jars, not built yet. */
    public static Installation of(Path distribution, String name, List<Path> providers) {
        return new Installation(
                ServerFolder.prepare(distribution, Testbed.work().resolve(name), providers));
    }

    /**
     * What a command left.
     *
     * @param output both streams
     */
    public record Result(int status, String output) {}

    /** Runs {@code kc.sh} to its end. */
    public Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "bin/kc.sh"));
        command.addAll(List.of(arguments));
        try {
            Files.deleteIfExists(folder.logFile());
            int status = ServerProcess.start(
                            "TERM", command, folder.home(), ServerProcess.environment(), folder.logFile())
                    .await();
            return new Result(status, Files.readString(folder.logFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
