package dev.identities.testbed;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.MountableFile;

/**
 * Keycloak in a container, on loopback, with a file database that lives and dies with the container.
 *
 * <p>The system property {@code identities.image} names the image; without it, it is the one that
 * {@code docker/engine/up} makes. Any image with Keycloak in {@code /opt/keycloak} and {@code kc.sh} as its entry point
 * will do. It is pulled only when the engine does not have it.
 */
public final class ContainerServer implements KeycloakServer {

    /** A first start builds the server and creates the schema; on a busy machine that has taken two minutes. */
    private static final Duration START_LIMIT = Duration.ofMinutes(6);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final String CONF = "/opt/keycloak/conf/";
    private static final String SERVER_STORE = CONF + "server.p12";
    private static final String TRUST_STORE = CONF + "trust.p12";
    private static final String GEO_DATABASE = CONF + "geo.mmdb";

    private final KeycloakContainer container;
    private final Certificates certificates;
    // Fixed ports: those that the engine picks change with a restart. The same inside: Keycloak calls its own URL when
    // one realm brokers for another.
    private final int http = FreePort.any();
    private final int https = FreePort.any();
    private final int management = FreePort.any();
    private final Ready ready = new Ready();

    private ContainerServer(Certificates certificates, Options options) {
        this.certificates = certificates;
        this.container = new KeycloakContainer(image())
                // The container's own default asks a registry about any image older than a day.
                .withImagePullPolicy(PullPolicy.defaultPolicy())
                .withAdminUsername(administrator().username())
                .withAdminPassword(administrator().password())
                .withProviderLibsFrom(
                        options.providers().stream().map(Path::toFile).toList())
                .withCopyFileToContainer(MountableFile.forHostPath(certificates.serverStore(), 0644), SERVER_STORE)
                .withCopyFileToContainer(MountableFile.forHostPath(certificates.trustStore(), 0644), TRUST_STORE)
                // A server that lives for minutes does not earn back the time of the second compiler.
                .withEnv("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1")
                .waitingFor(ready)
                .withExposedPorts(http, https, management)
                .withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                        .withPortBindings(loopback(http), loopback(https), loopback(management)));
        options.geoDatabase()
                .ifPresent(
                        file -> container.withCopyFileToContainer(MountableFile.forHostPath(file, 0644), GEO_DATABASE));
        arguments(options).forEach(container::withCustomCommand);
    }

    /** Whether an engine answers and has the image: what can be started without asking a registry. */
    public static boolean available() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return false;
        }
        try {
            client().inspectImageCmd(image()).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** A server on new data and free ports. Fails where no engine answers. */
    public static ContainerServer start(Options options) {
        if (options.production()) {
            throw new IllegalArgumentException("A container here runs in development mode");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("No Docker engine answers: run docker/engine/up, or start yours");
        }
        Path work = Path.of(System.getProperty("identities.work", "target/servers"));
        ContainerServer server =
                new ContainerServer(Certificates.in(work.resolve("container").resolve("certificates")), options);
        Progress.say("Keycloak is starting in a container of %s", image());
        server.container.start();
        Progress.say("Keycloak is ready at %s", server.url());
        return server;
    }

    @Override
    public URI url() {
        return URI.create("http://localhost:" + http);
    }

    @Override
    public URI httpsUrl() {
        return URI.create("https://localhost:" + https);
    }

    @Override
    public URI managementUrl() {
        return URI.create("http://localhost:" + management);
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
        return container.getLogs();
    }

    @Override
    public void restart() {
        client().restartContainerCmd(container.getContainerId())
                .withTimeout((int) STOP_LIMIT.toSeconds())
                .exec();
        ready.waitUntilReady(container);
    }

    @Override
    public void close() {
        container.stop();
    }

    private static String image() {
        return System.getProperty("identities.image", "localhost/keycloak:" + System.getProperty("keycloak.version"));
    }

    private static DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    private List<String> arguments(Options options) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--cache=local");
        arguments.add("--http-port=" + http);
        arguments.add("--https-port=" + https);
        arguments.add("--http-management-port=" + management);
        arguments.add("--https-key-store-file=" + SERVER_STORE);
        arguments.add("--https-key-store-password=" + Certificates.PASSWORD);
        arguments.add("--https-trust-store-file=" + TRUST_STORE);
        arguments.add("--https-trust-store-password=" + Certificates.PASSWORD);
        arguments.add("--https-client-auth=request");
        arguments.add("--http-management-scheme=http");
        // The tests come in through the engine's bridge, and say whose browser they are by X-Forwarded-For.
        arguments.add("--proxy-headers=xforwarded");
        arguments.add("--proxy-trusted-addresses=" + bridge());
        if (options.geoDatabase().isPresent()) {
            arguments.add(Options.GEO_OPTION + GEO_DATABASE);
        }
        arguments.addAll(options.arguments());
        return arguments;
    }

    /** The addresses of the engine's own network: a fresh one names its subnet, but not yet its gateway. */
    private static String bridge() {
        return client().inspectNetworkCmd().withNetworkId("bridge").exec().getIpam().getConfig().stream()
                .map(Network.Ipam.Config::getSubnet)
                .collect(Collectors.joining(","));
    }

    private static PortBinding loopback(int port) {
        return new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port), new ExposedPort(port));
    }

    /** Asks for Keycloak's health. A server that has ended will never be ready, and its log says why. */
    private final class Ready extends AbstractWaitStrategy {

        private static final Duration ASK_EVERY = Duration.ofMillis(500);

        private final HttpClient http = Wire.client();

        @Override
        protected void waitUntilReady() {
            Instant limit = Instant.now().plus(START_LIMIT);
            while (!isHealthy()) {
                if (!waitStrategyTarget.isRunning()) {
                    throw new IllegalStateException("Keycloak did not start:\n" + log());
                }
                if (Instant.now().isAfter(limit)) {
                    throw new IllegalStateException(
                            "Keycloak is not ready after " + START_LIMIT.toSeconds() + " s:\n" + log());
                }
                pause();
            }
        }

        private boolean isHealthy() {
            HttpRequest health = HttpRequest.newBuilder(URI.create(managementUrl() + "/health/ready"))
                    .timeout(Wire.TIMEOUT)
                    .build();
            try {
                return Wire.send(http, health).statusCode() == 200;
            } catch (UncheckedIOException e) {
                return false;
            }
        }

        private static void pause() {
            try {
                Thread.sleep(ASK_EVERY.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while Keycloak was starting", e);
            }
        }
    }
}
