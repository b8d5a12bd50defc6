package dev.identities.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Keycloak on disk whose commands are run; no server of it runs. */
public final class Installation {

    private final Path home;

    private Installation(Path home) {
        this.home = home;
    }

    /** A copy of the distribution with exactly these jars, not built yet. */
    public static Installation of(Path distribution, String name, List<Path> providers) {
        return new Installation(
                ServerFolder.prepare(distribution, Testbed.work().resolve(name), providers)
                        .home());
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
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        // The settings of this machine are not those of the test.
        environment.keySet().removeIf(key -> key.startsWith("KC_") || key.startsWith("JAVA_OPTS"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while kc.sh was running", e);
        }
    }
}
