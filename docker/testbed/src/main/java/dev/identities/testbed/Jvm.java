package dev.identities.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A look into the JVM of a process of this machine, by the JDK's own tool.
 *
 * @param process runs as the same user
 */
public record Jvm(ProcessHandle process) {

    /** What {@code jcmd} says to a command. */
    public String jcmd(String command) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process call = new ProcessBuilder(List.of(tool.toString(), Long.toString(process.pid()), command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(call.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (call.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Each thread as a text that begins with its name in quotes and has its stack. */
    public List<String> threads() {
        return Stream.of(jcmd("Thread.print").split("\\R\\R"))
                .filter(block -> block.startsWith("\""))
                .toList();
    }

    /** How many objects of exactly this class can be reached. */
    public long instances(String type) {
        return Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +" + Pattern.quote(type) + "(?: \\(.*\\))?$", Pattern.MULTILINE)
                .matcher(jcmd("GC.class_histogram"))
                .results()
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
    }
}
