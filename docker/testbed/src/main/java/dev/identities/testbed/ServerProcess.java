package dev.identities.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A server as a process of this machine. It ends with this JVM, however that ends: a launcher in front of it ends it
 * when our side of its standard input is closed.
 */
final class ServerProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /**
     * Runs its arguments, and ends what it runs by the signal that is its name, when our side of the pipe is closed,
     * also by our death. It ignores interrupts, and so does what it starts: at a Ctrl-C the JVM that started it decides.
     *
     * <p>It signals a process only while the id is still that of the process, by the time at which the process began. A
     * machine gives ids of ended processes to others, also to threads, and a signal to a thread ends its whole process.
     */
    private static final String LAUNCHER = """
            trap '' INT
            began() { cut -d ' ' -f 22 "/proc/$1/stat" 2>/dev/null; }
            end() { [ -n "$3" ] && [ "$(began "$2")" = "$3" ] && kill -s "$1" "$2" 2>/dev/null; }
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            server_began=$(began $server)
            (cat <&3 >/dev/null; end "$0" $server "$server_began") &
            watch=$!
            watch_began=$(began $watch)
            exec 3<&-
            wait $server
            status=$?
            end KILL $watch "$watch_began"
            exit $status
            """;

    private final Process process;
    private volatile boolean ending;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** This JVM's environment without Keycloak's settings, because those of this machine are not those of the test. */
    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_OPTS"));
        return environment;
    }

    /**
     * Starts a server, whose output is added to a file.
     *
     * @param stopSignal the name of the signal at which it stops in an orderly way, without waiting for its clients
     * @param environment replaces what this JVM has
     */
    static ServerProcess start(
            String stopSignal, List<String> command, Path directory, Map<String, String> environment, Path log) {
        List<String> launched = new ArrayList<>(List.of("sh", "-c", LAUNCHER, stopSignal));
        launched.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(launched);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new ServerProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has ended by itself; answers its exit status. */
    int await() {
        return process.onExit().join().exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The server itself, without what launched it: the last in the line. */
    ProcessHandle server() {
        return process.descendants()
                .filter(one -> one.children().findAny().isEmpty())
                .filter(one -> one.info()
                        .command()
                        .filter(command -> command.endsWith("/java"))
                        .isPresent())
                .findAny()
                .orElseThrow();
    }

    /** Completes with the exit status when the server ends by itself; never, when it is ended here. */
    CompletableFuture<Integer> ended() {
        CompletableFuture<Integer> never = new CompletableFuture<>();
        return process.onExit()
                .thenCompose(exited -> ending ? never : CompletableFuture.completedFuture(exited.exitValue()));
    }

    /** Ends it in an orderly way and waits until it is gone; by force, when that takes too long. */
    void stop() {
        ending = true;
        List<ProcessHandle> all = all();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        if (!await(all, STOP_LIMIT)) {
            kill(all);
        }
    }

    /** Ends it by SIGKILL, as a crash or a lost machine does, and waits until it is gone. */
    void kill() {
        ending = true;
        kill(all());
    }

    /** The launcher may be gone before what it launched: collected before anything ends. */
    private List<ProcessHandle> all() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    private static void kill(List<ProcessHandle> all) {
        all.forEach(ProcessHandle::destroyForcibly);
        if (!await(all, STOP_LIMIT)) {
            throw new IllegalStateException("Still alive after SIGKILL: " + all);
        }
    }

    private static boolean await(List<ProcessHandle> processes, Duration limit) {
        CompletableFuture<?>[] exits =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
