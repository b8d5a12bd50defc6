package dev.identities.benchmark;

import dev.identities.testbed.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database, asked and changed behind Keycloak's back. */
final class Sql implements AutoCloseable {

    private final Connection connection;

    Sql(Database database) throws SQLException {
        connection = DriverManager.getConnection(
                database.jdbcUrl(),
                database.credentials().username(),
                database.credentials().password());
    }

    void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** Has the database clean up after the seeding now, so that it does not do so during the measurement. */
    void settle() throws SQLException {
        run("vacuum analyze offline_user_session", "vacuum analyze offline_client_session", "analyze", "checkpoint");
    }

    /** The first column of what a query gives, as text. */
    List<String> column(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        }
    }

    String value(String query) throws SQLException {
        return column(query).get(0);
    }

    long number(String query) throws SQLException {
        return Long.parseLong(value(query));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
