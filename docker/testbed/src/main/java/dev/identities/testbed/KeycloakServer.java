package dev.identities.testbed;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A running Keycloak with the plugin in it, wherever it runs (a process of the distribution, or a container).
 *
 * <p>Ready when obtained. Closing ends it; only what was started here is ended.
 */
public interface KeycloakServer extends AutoCloseable {

    /**
     * Base URL over plain http on loopback, without a trailing slash. The server reaches itself by it, too: a realm that
     * is another realm's identity provider is called by the server.
     */
    URI url();

    /** Base URL over https (the test certificate authority signs it), without a trailing slash. */
    URI httpsUrl();

    /** Where health and, when they are on, metrics are: plain http on loopback, without a trailing slash. */
    URI managementUrl();

    /** Name and password of the administrator in the master realm. */
    Credentials administrator();

    /** The authority that signed the server's certificate and whose client certificates the server accepts. */
    Certificates certificates();

    /** What the server has logged so far: for assertions on audit lines, and on what must not be logged. */
    String log();

    /** Stops the server and starts it again on the same data, at the same URLs; returns when it is ready again. */
    void restart();

    @Override
    void close();

    /** A name and a password. */
    record Credentials(String username, String password) {

        @Override
        public String toString() {
            return username;
        }
    }

    /**
     * What a server is started with; the same for every kind of server.
     *
     * @param providers jars for {@code providers/}, may be empty
     * @param geoDatabase a MaxMind-format file of this machine for the plugin's option {@code geo-database}
     * @param arguments more arguments of {@code kc.sh}, for example {@code --features=...}
     * @param production whether it runs as in production, with all caches, and not in development mode
     */
    record Options(List<Path> providers, Optional<Path> geoDatabase, List<String> arguments, boolean production) {

        /** The server option that names the geo database; its value is a path on the server. */
        public static final String GEO_OPTION = "--spi-realm-restapi-extension--app--geo-database=";

        private static final String OPTIMIZED = "--optimized";

        /** The name of the administrator in the master realm, and the password. */
        public static final Credentials ADMINISTRATOR = new Credentials("admin", "admin");

        public Options {
            providers = List.copyOf(providers);
            arguments = List.copyOf(arguments);
        }

        /** A server with these jars and nothing else. */
        public static Options of(Path... providers) {
            return new Options(List.of(providers), Optional.empty(), List.of(), false);
        }

        /** The same with a geo database. */
        public Options withGeoDatabase(Path file) {
            return new Options(providers, Optional.of(file), arguments, production);
        }

        /** The same in production mode. The host name is up to the arguments. */
        public Options inProduction() {
            return new Options(providers, geoDatabase, arguments, true);
        }

        /**
         * The same as a real installation is started: built before, then {@code start --optimized}, with a JVM that
         * compiles all it can. The host name is up to the arguments, and so is the database.
         */
        public Options optimized() {
            return inProduction().withArguments(OPTIMIZED);
        }

        /** The same with more arguments. */
        public Options withArguments(String... more) {
            return new Options(
                    providers,
                    geoDatabase,
                    Stream.concat(arguments.stream(), Stream.of(more)).toList(),
                    production);
        }

        boolean isOptimized() {
            return arguments.contains(OPTIMIZED);
        }

        /** Whether the arguments say something about an option of {@code kc.sh}, for example {@code --cache}. */
        boolean sets(String option) {
            return arguments.stream().anyMatch(argument -> argument.startsWith(option + "="));
        }
    }
}
