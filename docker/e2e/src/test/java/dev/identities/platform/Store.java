package dev.identities.platform;

import dev.identities.testbed.Database;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A Keycloak on one database, which tests may write to as well. */
public record Store(KeycloakServer keycloak, String jdbcUrl, Credentials credentials, Runnable end)
        implements AutoCloseable {

    /** The databases; they do not agree on the order of texts, nor on when two are equal. */
    public enum Vendor {
        H2,
        POSTGRESQL,
        MARIADB
    }

    /** A new server on a new database. */
    public static Store start(Vendor vendor, String name, Options options) {
        return switch (vendor) {
            case H2 -> h2(name, options);
            case POSTGRESQL -> on(Database.start(Database.Vendor.POSTGRESQL), name, options);
            case MARIADB -> on(Database.start(Database.Vendor.MARIADB), name, options);
        };
    }

    private static Store h2(String name, Options options) {
        try {
            Path folder = Files.createTempDirectory("identities-h2-");
            // Mixed mode: this process and the server share the database.
            String url = "jdbc:h2:file:" + folder.resolve("keycloak") + ";AUTO_SERVER=TRUE;NON_KEYWORDS=VALUE";
            Credentials credentials = new Credentials("sa", "password");
            String[] arguments = {
                "--db=dev-file",
                "--db-url=" + url,
                "--db-username=" + credentials.username(),
                "--db-password=" + credentials.password()
            };
            KeycloakServer keycloak = Testbed.start(name, options.withArguments(arguments));
            return new Store(keycloak, url, credentials, () -> delete(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Store on(Database database, String name, Options options) {
        try {
            KeycloakServer keycloak = Testbed.start(name, options.withArguments(database.arguments()));
            return new Store(keycloak, database.jdbcUrl(), database.credentials(), database::close);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** A connection of the test's own. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, credentials.username(), credentials.password());
    }

    @Override
    public void close() {
        keycloak.close();
        end.run();
    }
}
