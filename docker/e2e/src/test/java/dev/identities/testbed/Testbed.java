package dev.identities.testbed;

import dev.identities.testbed.KeycloakServer.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one server that all end-to-end tests share, started when the first asks for it and ended with the JVM. Tests
 * keep apart by realms of their own.
 *
 * <p>System property {@code identities.runtime} says what kind: {@code distribution}, {@code container}, or
 * {@code auto} (a container where there is an engine and an image, the distribution elsewhere).
 *
 * <p>System property {@code identities.database} puts it on another database than its own: {@code postgresql} or
 * {@code mariadb}, as a process of this machine.
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
        return Realm.create(admin(), name, Map.of());
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
        return named(
                "identities.provider.jar",
                Path.of("..", "..", "provider", "target"),
                "keycloak-identities-[0-9].*\\.jar");
    }

    /** The packaged jar with the admin console page. */
    public static Path themeJar() {
        return named(
                "identities.theme.jar",
                Path.of("..", "..", "theme", "target"),
                "keycloak-identities-theme-[0-9].*\\.jar");
    }

    /**
     * A process of the distribution at a port of one's own; the caller closes it.
     *
     * @param keepData whether data of an earlier one of that name are used again
     */
    public static DistributionServer startAt(int port, String name, Options options, boolean keepData) {
        return DistributionServer.start(distribution(), work().resolve(name), options, port, keepData);
    }

    /** A process of the last patch of a minor version of Keycloak, for example {@code 26.6}; the caller closes it. */
    public static DistributionServer startMinor(String minor, Options options) {
        Path unpacked = named(
                "identities.distribution." + minor,
                Path.of("..", "target", "distribution-minors"),
                "keycloak-" + minor.replace(".", "\\.") + "\\..*");
        return DistributionServer.start(unpacked, work().resolve("minor-" + minor), options);
    }

    /** The distribution on disk, with these jars, for its commands. */
    public static Installation install(String name, Path... providers) {
        return Installation.of(distribution(), name, List.of(providers));
    }

    private static KeycloakServer distribution(String name, Options options) {
        return DistributionServer.start(distribution(), work().resolve(name), options);
    }

    private static Path distribution() {
        return named("identities.distribution", Path.of("..", "target", "distribution"), "keycloak-[0-9].*");
    }

    /** Where servers live, and what they are given. */
    public static Path work() {
        return Path.of(System.getProperty("identities.work", "target/servers"));
    }

    /** The options of a server with all that we ship, which knows the places of {@link Places}. */
    public static Options complete() {
        return Options.of(providerJar(), themeJar()).withGeoDatabase(Places.file(work()));
    }

    /** The same on the database that the system property names. */
    public static Options onDatabase(Options options) {
        return database()
                .map(vendor -> options.withArguments(Database.start(vendor).arguments()))
                .orElse(options);
    }

    /**
     * The database that the system property names; nothing without it.
     *
     * @throws IllegalArgumentException when there is no such database
     */
    public static Optional<Database.Vendor> database() {
        return Optional.of(System.getProperty("identities.database", ""))
                .filter(name -> !name.isEmpty())
                .map(name -> Database.Vendor.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    /** The file that the build names, or in an editor the file that the last build left. */
    private static Path named(String property, Path folder, String pattern) {
        String value = System.getProperty(property);
        if (value != null) {
            return Path.of(value);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Nothing in " + folder + ": mvn verify makes it"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Class initialization starts it once, by the first test. A failed start fails every test at once. */
    private static final class Shared {

        static final KeycloakServer SERVER = start("shared", onDatabase(complete()));
        static final AdminClient ADMIN = new AdminClient(SERVER);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "close the shared Keycloak"));
        }
    }
}
