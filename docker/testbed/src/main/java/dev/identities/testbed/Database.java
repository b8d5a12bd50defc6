package dev.identities.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A database server for Keycloak as a process of this machine, from the distribution's packages: on loopback, on data of
 * its own that are gone when it is closed.
 */
public final class Database implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final String USER = "keycloak";
    private static final String PASSWORD = "keycloak-password";

    private final Vendor vendor;
    private final Path folder;
    private final List<String> settings;
    private final int port = FreePort.any();
    private final Thread shutdownHook = new Thread(this::remove, "remove the database");
    private ServerProcess process;

    private Database(Vendor vendor, Path folder, List<String> settings) {
        this.vendor = vendor;
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * A new, empty database server.
     *
     * @param settings of the server's own, as {@code name=value}
     * @throws IllegalStateException when its package is not installed, or it does not start
     */
    public static Database start(Vendor vendor, String... settings) {
        try {
            // Not in the project's folders: a server that may not run as root may not be able to reach those either.
            Path folder = Files.createTempDirectory("identities-" + vendor.option + "-");
            Database database = new Database(vendor, folder, List.of(settings));
            Runtime.getRuntime().addShutdownHook(database.shutdownHook);
            database.vendor.create(database.folder);
            database.start();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What kind of database this is. */
    public Vendor vendor() {
        return vendor;
    }

    /** The address for JDBC. */
    public String jdbcUrl() {
        return vendor.url.formatted(port);
    }

    /** Who may do everything in it. */
    public KeycloakServer.Credentials credentials() {
        return new KeycloakServer.Credentials(USER, PASSWORD);
    }

    /** The arguments of {@code kc.sh} that make Keycloak use it. */
    public String[] arguments() {
        return new String[] {
            "--db=" + vendor.option, "--db-url=" + jdbcUrl(), "--db-username=" + USER, "--db-password=" + PASSWORD
        };
    }

    /** What the server has logged so far. */
    public String logged() {
        return text(log());
    }

    /** Starts it again, on the data that it had. */
    public void start() {
        List<String> command = new ArrayList<>(vendor.command(folder, port));
        settings.forEach(setting -> command.add("--" + setting));
        process = ServerProcess.start(vendor.stopSignal, command, folder, Map.of("PATH", System.getenv("PATH")), log());
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!vendor.answers(port)) {
            if (!process.isAlive() || Instant.now().isAfter(limit)) {
                throw new IllegalStateException(vendor + " did not start:\n" + text(log()));
            }
            pause();
        }
        Progress.say("%s is ready at %s", vendor, jdbcUrl());
    }

    /** Stops it without waiting for its clients; the data stay. */
    public void stop() {
        process.stop();
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is on its way down, and the hook with it.
        }
    }

    private synchronized void remove() {
        if (process != null) {
            process.stop();
        }
        try {
            ServerFolder.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "(nothing logged)";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a database was starting", e);
        }
    }

    /** Runs a command to its end. */
    private static void run(List<String> command, Path folder) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed:\n" + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(command.get(0) + " cannot be run: is its package installed?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a database was being made", e);
        }
    }

    /** The databases that can be started here. */
    public enum Vendor {
        /**
         * PostgreSQL (Debian: {@code postgresql}). Its order of texts is a language's and not that of their bytes, as
         * in most installations.
         */
        POSTGRESQL("postgres", "jdbc:postgresql://127.0.0.1:%d/postgres", "INT") {
            @Override
            void create(Path folder) throws IOException {
                Path password = Files.writeString(folder.resolve("password"), PASSWORD);
                if (isRoot()) {
                    Files.setPosixFilePermissions(folder, EnumSet.allOf(PosixFilePermission.class));
                    Files.setPosixFilePermissions(
                            password, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OTHERS_READ));
                }
                run(
                        asOwner(
                                binaries().resolve("initdb").toString(),
                                "--pgdata=" + folder.resolve("data"),
                                "--username=" + USER,
                                "--pwfile=" + password,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C.UTF-8",
                                "--locale-provider=icu",
                                "--icu-locale=en-US",
                                "--no-sync"),
                        folder);
            }

            @Override
            List<String> command(Path folder, int port) {
                return asOwner(
                        binaries().resolve("postgres").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=300");
            }

            @Override
            boolean answers(int port) {
                try {
                    // The port is open before the server has recovered its data.
                    return new ProcessBuilder(
                                            binaries().resolve("pg_isready").toString(),
                                            "-q",
                                            "-h",
                                            "127.0.0.1",
                                            "-p",
                                            Integer.toString(port))
                                    .start()
                                    .waitFor()
                            == 0;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }

            private Path binaries() {
                try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
                    return versions.max((a, b) -> Integer.compare(major(a), major(b)))
                            .orElseThrow()
                            .resolve("bin");
                } catch (IOException e) {
                    throw new IllegalStateException("PostgreSQL is not installed (Debian's package postgresql)", e);
                }
            }

            private static int major(Path version) {
                return Integer.parseInt(version.getFileName().toString());
            }

            /** PostgreSQL refuses to run as root. */
            private static List<String> asOwner(String... command) {
                Stream<String> prefix = isRoot()
                        ? Stream.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--")
                        : Stream.empty();
                return Stream.concat(prefix, Stream.of(command)).toList();
            }
        },

        /** MariaDB (Debian: {@code mariadb-server-core}), whose order of texts does not tell small letters from capital. */
        MARIADB("mariadb", "jdbc:mariadb://127.0.0.1:%d/keycloak", "TERM") {
            @Override
            void create(Path folder) throws IOException {
                Files.writeString(folder.resolve("init.sql"), """
                        CREATE DATABASE IF NOT EXISTS keycloak CHARACTER SET utf8mb4;
                        CREATE USER IF NOT EXISTS '%s'@'127.0.0.1' IDENTIFIED BY '%s';
                        GRANT ALL ON keycloak.* TO '%1$s'@'127.0.0.1';
                        """.formatted(USER, PASSWORD));
                run(
                        List.of(
                                "mariadb-install-db",
                                "--no-defaults",
                                "--datadir=" + folder.resolve("data"),
                                "--user=" + System.getProperty("user.name"),
                                "--auth-root-authentication-method=normal",
                                "--skip-test-db"),
                        folder);
            }

            @Override
            List<String> command(Path folder, int port) {
                return List.of(
                        "/usr/sbin/mariadbd",
                        "--no-defaults",
                        "--datadir=" + folder.resolve("data"),
                        "--user=" + System.getProperty("user.name"),
                        "--bind-address=127.0.0.1",
                        "--skip-name-resolve",
                        // Keycloak makes its schema in a thousand statements, each of which would wait for the disk.
                        "--innodb-flush-log-at-trx-commit=2",
                        // As PostgreSQL above: the pools of two servers.
                        "--max-connections=300",
                        "--port=" + port,
                        "--socket=" + folder.resolve("socket"),
                        "--pid-file=" + folder.resolve("pid"),
                        "--init-file=" + folder.resolve("init.sql"));
            }

            @Override
            boolean answers(int port) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                    return true;
                } catch (IOException e) {
                    return false;
                }
            }
        };

        private final String option;
        private final String url;
        private final String stopSignal;

        Vendor(String option, String url, String stopSignal) {
            this.option = option;
            this.url = url;
            this.stopSignal = stopSignal;
        }

        abstract void create(Path folder) throws IOException;

        abstract List<String> command(Path folder, int port);

        abstract boolean answers(int port);

        private static boolean isRoot() {
            return System.getProperty("user.name").equals("root");
        }
    }
}
