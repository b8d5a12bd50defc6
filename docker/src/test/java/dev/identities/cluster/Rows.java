package dev.identities.cluster;

import dev.identities.cluster.Tenant.Person;
import dev.identities.testbed.Database;
import dev.identities.testbed.KeycloakServer.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keycloak's own rows of somebody's sessions, as the database has them. */
final class Rows {

    private Rows() {}

    /** The ids of the sessions that have a row. */
    static Set<String> of(Person person) {
        return new TreeSet<>(inOrder(person));
    }

    /** The same in the order in which the database gives them to whoever asks for none. */
    static List<String> inOrder(Person person) {
        try (Connection connection = connect(person);
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT USER_SESSION_ID FROM OFFLINE_USER_SESSION WHERE USER_ID = ?")) {
            statement.setString(1, person.id());
            List<String> sids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sids.add(rows.getString(1));
                }
            }
            return sids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Holds the rows of one session locked until the connection is closed. */
    static Connection lock(Person person, String sid) throws SQLException {
        Connection connection = connect(person);
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT 1 FROM OFFLINE_USER_SESSION WHERE USER_SESSION_ID = ? FOR UPDATE")) {
            statement.setString(1, sid);
            statement.executeQuery().close();
        }
        return connection;
    }

    private static Connection connect(Person person) throws SQLException {
        Database database = person.tenant().cluster().database();
        Credentials owner = database.credentials();
        return DriverManager.getConnection(database.jdbcUrl(), owner.username(), owner.password());
    }
}
