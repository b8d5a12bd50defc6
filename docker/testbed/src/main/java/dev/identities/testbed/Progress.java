package dev.identities.testbed;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Says on standard output what takes long, so that nobody waits in the dark. */
public final class Progress {

    /** Names of people are not ASCII, whatever the platform's encoding is. */
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Progress() {}

    /** Prints one line. */
    public static void say(String format, Object... arguments) {
        OUT.println(String.format(Locale.ROOT, format, arguments));
    }
}
