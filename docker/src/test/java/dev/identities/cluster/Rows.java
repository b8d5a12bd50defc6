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
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keycloak's own rows of somebody's sessions, as the database has them. */
final class Rows {

    /** As the plugin has them. */
    private static final int IN_ONE_TRANSACTION = 20;

    private static final int TRANSACTIONS_AT_ONCE = 4;

    /** Sessions of somebody whose revocation can be held in its middle: begun, under way everywhere, and not begun. */
    static final int MANY = IN_ONE_TRANSACTION * (1 + TRANSACTIONS_AT_ONCE + 1);

    private Rows() {}

    /** The ids of the sessions that have a row. */
    static Set<String> of(Person person) {
        return new TreeSet<>(inOrder(person));
    }

    /** The same in the order in which they are revoked. */
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
            Collections.sort(sids);
            return sids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Holds the revocation of {@link #MANY} sessions in its middle until the connection is closed: the first of its
     * transactions gets through, those that are next wait for their first session each, the last one for its turn.
     */
    static Connection hold(Person person) throws SQLException {
        List<String> inOrder = inOrder(person);
        Connection connection = connect(person);
        connection.setAutoCommit(false);
        for (int transaction = 1; transaction <= TRANSACTIONS_AT_ONCE; transaction++) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT 1 FROM OFFLINE_USER_SESSION WHERE USER_SESSION_ID = ? FOR UPDATE")) {
                statement.setString(1, inOrder.get(transaction * IN_ONE_TRANSACTION));
                statement.executeQuery().close();
            }
        }
        return connection;
    }

    /** Of sessions in order, those that a held revocation has not begun with. */
    static List<String> untouched(List<String> inOrder) {
        return inOrder.subList(MANY - IN_ONE_TRANSACTION, MANY);
    }

    private static Connection connect(Person person) throws SQLException {
        Database database = person.tenant().cluster().database();
        Credentials owner = database.credentials();
        return DriverManager.getConnection(database.jdbcUrl(), owner.username(), owner.password());
    }
}
