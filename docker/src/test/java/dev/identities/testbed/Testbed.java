package dev.identities.testbed;

import dev.identities.testbed.KeycloakServer.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The one server that all end-to-end tests share, started when the first asks for it and ended with the JVM. Tests
 * keep apart by realms of their own.
 *
 * <p>System property {@code identities.runtime} says what kind: {@code distribution}, {@code container}, or
 * {@code auto} (a container where there is an engine and an image, the distribution elsewhere).
 */
public final class Testbed {

    private Testbed() {}

    /** The shared server with the plugin; started on first use. */
    public static KeycloakServer server() {
        return Shared.SERVER;
    }

    /** An administrator of the shared server. */
    public static AdminClient admin() {
        return Shared.ADMIN;
    }

    /** A new realm of the shared server. */
    public static Realm realm(String name) {
        return Realm.create(admin(), name, java.util.Map.of());
    }

    /** A server of one's own, for tests that stop it or need other options; the caller closes it. */
    public static KeycloakServer start(String name, Options options) {
        String runtime = System.getProperty("identities.runtime", "auto");
        return switch (runtime) {
            case "distribution" -> distribution(name, options);
            case "container" -> ContainerServer.start(options);
            case "auto" -> ContainerServer.available() ? ContainerServer.start(options) : distribution(name, options);
            default -> throw new IllegalArgumentException("identities.runtime=" + runtime);
        };
    }

    /** The plugin's packaged jar. */
    public static Path providerJar() {
        String named = System.getProperty("identities.provider.jar");
        if (named != null) {
            return Path.of(named);
        }
        // Started from an editor: the jar of the last build.
        try (Stream<Path> files = Files.list(Path.of("..", "provider", "target"))) {
            return files.filter(file -> file.getFileName().toString().matches("keycloak-identities-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Build the provider first: mvn package"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeycloakServer distribution(String name, Options options) {
        Path unpacked = Path.of(System.getProperty("identities.distribution", "target/distribution/keycloak-26.7.3"));
        Path work = Path.of(System.getProperty("identities.work", "target/servers"));
        return DistributionServer.start(unpacked, work.resolve(name), options);
    }

    /** Started by class initialization: once, whoever comes first; a failed start fails every test at once. */
    private static final class Shared {

        static final KeycloakServer SERVER = start("shared", Options.of(providerJar()));
        static final AdminClient ADMIN = new AdminClient(SERVER);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "close the shared Keycloak"));
        }
    }
}
