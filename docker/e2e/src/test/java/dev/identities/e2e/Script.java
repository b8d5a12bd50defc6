package dev.identities.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs bash, as a reader of the documentation would. */
public final class Script {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Script() {}

    /**
     * How a script ended.
     *
     * @param output standard output and standard error as they came
     */
    public record Result(int exit, String output) {}

    /** Runs bash with these arguments. */
    public static Result bash(Map<String, String> environment, String... arguments) {
        try {
            Path output = Files.createTempFile("script", ".log");
            try {
                return run(environment, output, arguments);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Result run(Map<String, String> environment, Path output, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash");
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("No end after " + LIMIT + ": " + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output));
    }
}
