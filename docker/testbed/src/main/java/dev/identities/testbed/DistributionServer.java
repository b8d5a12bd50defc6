package dev.identities.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Keycloak as a process of this machine: a copy of the unpacked distribution, on loopback, with a file database.
 *
 * <p>The copy stays in its folder between runs, because its build (half a minute) is worth keeping; the data do not,
 * unless asked for. The process ends with this JVM, however that ends.
 */
public final class DistributionServer implements KeycloakServer {

    /** A first start builds the server and creates the schema; on a busy machine that has taken two minutes. */
    private static final Duration START_LIMIT = Duration.ofMinutes(6);

    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    /** A port that was free when it was chosen may be taken by the time the server asks for it. */
    private static final int MAX_STARTS = 3;

    private static final String PORT_TAKEN = "Port already bound";

    /** Those of Keycloak's options used here that it takes only when it is built. */
    private static final Set<String> BUILD_OPTIONS =
            Set.of("--db", "--cache", "--features", "--health-enabled", "--https-client-auth", "--metrics-enabled");

    private final ServerFolder folder;
    private final Certificates certificates;
    private final Options options;
    private final int httpPort;
    private final KeptBuild keptBuild;
    private final Thread shutdownHook = new Thread(this::stop, "stop Keycloak");
    private Ports ports;
    private ServerProcess process;
    private boolean isBuilt;
    private boolean hasBeenReady;

    private DistributionServer(Path distribution, ServerFolder folder, Options options, int httpPort) {
        this.folder = folder;
        this.certificates = Certificates.in(folder.certificates());
        this.options = options;
        this.httpPort = httpPort;
        this.ports = Ports.choose(httpPort);
        this.keptBuild = KeptBuild.of(distribution, folder, buildFacts());
    }

    /** A server on new data and free ports. The folder is its own: two servers need two. */
    public static DistributionServer start(Path distribution, Path folder, Options options) {
        return start(distribution, folder, options, 0, false);
    }

    /**
     * A server on a chosen port, and on the data that an earlier one left in the folder.
     *
     * @param httpPort 0 for any
     * @param keepData whether data of an earlier run are used again
     */
    public static DistributionServer start(
            Path distribution, Path folder, Options options, int httpPort, boolean keepData) {
        ServerFolder prepared = ServerFolder.prepare(distribution, folder, options.providers());
        if (!keepData) {
            prepared.deleteData();
        }
        DistributionServer server = new DistributionServer(distribution, prepared, options, httpPort);
        Runtime.getRuntime().addShutdownHook(server.shutdownHook);
        server.launch();
        return server;
    }

    @Override
    public URI url() {
        return URI.create("http://localhost:" + ports.http());
    }

    @Override
    public URI httpsUrl() {
        return URI.create("https://localhost:" + ports.https());
    }

    @Override
    public URI managementUrl() {
        return URI.create("http://127.0.0.1:" + ports.management());
    }

    @Override
    public Credentials administrator() {
        return Options.ADMINISTRATOR;
    }

    @Override
    public Certificates certificates() {
        return certificates;
    }

    @Override
    public String log() {
        return folder.log();
    }

    /** Completes with the exit status when the process ends by itself; never, when it is stopped. */
    public synchronized CompletableFuture<Integer> ended() {
        return process.ended();
    }

    /** The process, for a look at its memory. */
    public synchronized ProcessHandle process() {
        return process.server();
    }

    @Override
    public void restart() {
        stop();
        launch();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is on its way down, and the hook with it.
        }
    }

    /** Stops the process and waits until it is gone; the data stay. Harmless when it is not running. */
    public synchronized void stop() {
        if (process == null) {
            return;
        }
        Progress.say("Stopping Keycloak at %s", url());
        process.stop();
        process = null;
    }

    /** Ends the process by SIGKILL, as a crash does, and waits until it is gone; the data stay. */
    public synchronized void kill() {
        Progress.say("Killing Keycloak at %s", url());
        process.kill();
        process = null;
    }

    /** Starts it again on the data that it left, at the same URLs; returns when it is ready. */
    public void start() {
        launch();
    }

    private synchronized void launch() {
        for (int start = 1; !isReadyAfterStart(); start++) {
            if (start == MAX_STARTS) {
                throw notStarted();
            }
            Progress.say("Another program took a port of Keycloak, which starts again");
            if (!hasBeenReady) {
                ports = Ports.choose(httpPort);
            }
        }
        hasBeenReady = true;
    }

    /**
     * Starts the process and waits until it is ready.
     *
     * @return false when it has ended because a port was taken
     */
    private boolean isReadyAfterStart() {
        Map<String, String> environment = ServerProcess.environment();
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", administrator().username());
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", administrator().password());
        if (options.isOptimized()) {
            build(environment);
        } else {
            keptBuild.restore();
            // A server that lives for minutes does not earn back the time of the second compiler.
            // Nor does it that of a collector with threads of its own.
            environment.put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1 -XX:-UseG1GC -XX:+UseSerialGC");
        }
        process = ServerProcess.start("TERM", startCommand(), folder.home(), environment, folder.logFile());
        if (!isReady()) {
            return false;
        }
        if (!options.isOptimized()) {
            keptBuild.keep();
        }
        return true;
    }

    private IllegalStateException notStarted() {
        return new IllegalStateException("Keycloak did not start:\n" + folder.logTail());
    }

    private List<String> startCommand() {
        List<String> command = command();
        if (options.isOptimized()) {
            command.removeIf(DistributionServer::isBuildOption);
        }
        return command;
    }

    private void build(Map<String, String> environment) {
        if (isBuilt) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("sh", "bin/kc.sh", "build"));
        command.addAll(buildOptions());
        ServerProcess build = ServerProcess.start("TERM", command, folder.home(), environment, folder.logFile());
        if (build.await() != 0) {
            throw new IllegalStateException("Keycloak was not built:\n" + folder.logTail());
        }
        isBuilt = true;
    }

    /** What a build depends on: the mode of the server, and the options that Keycloak takes only when it is built. */
    private List<String> buildFacts() {
        List<String> facts = new ArrayList<>(buildOptions());
        facts.add(options.production() ? "start" : "start-dev");
        return facts;
    }

    private List<String> buildOptions() {
        return command().stream().filter(DistributionServer::isBuildOption).toList();
    }

    private static boolean isBuildOption(String argument) {
        return BUILD_OPTIONS.contains(argument.split("=", 2)[0]);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of("sh", "bin/kc.sh"));
        command.add(options.production() ? "start" : "start-dev");
        if (options.production() && !options.sets("--db")) {
            command.add("--db=dev-file");
        }
        command.add("--http-enabled=true");
        if (!options.sets("--cache")) {
            command.add("--cache=local");
        }
        command.add("--http-host=127.0.0.1");
        command.add("--http-port=" + ports.http());
        command.add("--https-port=" + ports.https());
        command.add("--https-key-store-file=" + certificates.serverStore());
        command.add("--https-key-store-password=" + Certificates.PASSWORD);
        command.add("--https-trust-store-file=" + certificates.trustStore());
        command.add("--https-trust-store-password=" + Certificates.PASSWORD);
        command.add("--https-client-auth=request");
        command.add("--health-enabled=true");
        command.add("--http-management-host=127.0.0.1");
        command.add("--http-management-port=" + ports.management());
        command.add("--http-management-scheme=http");
        // Browsers of the tests say their address by X-Forwarded-For; nobody else is believed.
        // A bare ::1 would be taken for a host named ":" and asked of the name server with every request.
        command.add("--proxy-headers=xforwarded");
        command.add("--proxy-trusted-addresses=127.0.0.1");
        options.geoDatabase().ifPresent(file -> command.add(Options.GEO_OPTION + file.toAbsolutePath()));
        command.addAll(options.arguments());
        return command;
    }

    private boolean isReady() {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest health = HttpRequest.newBuilder(URI.create(managementUrl() + "/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Instant start = Instant.now();
        Instant report = start.plus(REPORT_EVERY);
        while (!isHealthy(http, health)) {
            Instant now = Instant.now();
            if (!process.isAlive()) {
                process = null;
                if (folder.logTail().contains(PORT_TAKEN)) {
                    return false;
                }
                throw notStarted();
            }
            if (now.isAfter(start.plus(START_LIMIT))) {
                stop();
                throw new IllegalStateException(
                        "Keycloak is not ready after " + START_LIMIT.toSeconds() + " s:\n" + folder.logTail());
            }
            if (now.isAfter(report)) {
                report = now.plus(REPORT_EVERY);
                Progress.say(
                        "Keycloak is starting (%d s): %s",
                        Duration.between(start, now).toSeconds(), folder.lastLogLine());
            }
            pause(Duration.ofMillis(250));
        }
        Progress.say(
                "Keycloak is ready at %s (%d s)",
                url(), Duration.between(start, Instant.now()).toSeconds());
        return true;
    }

    private static boolean isHealthy(HttpClient http, HttpRequest health) {
        try {
            return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak was starting", e);
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak was starting", e);
        }
    }

    private record Ports(int http, int https, int management) {

        static Ports choose(int http) {
            return new Ports(http == 0 ? FreePort.any() : http, FreePort.any(), FreePort.any());
        }
    }
}
