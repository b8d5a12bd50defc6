package dev.identities.benchmark;

import dev.identities.testbed.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory a server's process has, in MB. */
final class Memory {

    private static final Pattern USED = Pattern.compile("heap\\s+total[^\\n]*used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    private static final int KILO = 1024;

    private final ProcessHandle server;

    Memory(ProcessHandle server) {
        this.server = server;
    }

    /** What is reachable on the heap: what is left of it after a full collection. */
    long live() {
        Jvm jvm = new Jvm(server);
        jvm.jcmd("GC.run");
        return number(USED, jvm.jcmd("GC.heap_info"));
    }

    /** What the process has of the machine's memory. */
    long resident() {
        return number(RESIDENT, text(Path.of("/proc", Long.toString(server.pid()), "status")));
    }

    static long ofMachine() {
        return number(TOTAL, text(Path.of("/proc/meminfo")));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("No " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1)) / KILO;
    }
}
