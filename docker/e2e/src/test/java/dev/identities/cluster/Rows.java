package dev.identities.cluster;

import dev.identities.cluster.Tenant.Person;
import dev.identities.testbed.Database;
import dev.identities.testbed.KeycloakServer.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/** Keycloak's own rows of somebody's sessions, as the database has them. */
final class Rows {

    /** As the plugin has them. */
    private static final int IN_ONE_TRANSACTION = 20;

    /** So many sessions of one call are waited for at a time. */
    static final int WAITED_FOR = 4;

    /** Sessions of somebody whose revocation can be held in its middle. */
    static final int MANY = 3 * IN_ONE_TRANSACTION;

    private Rows() {}

    /** The ids of the sessions that have a row. */
    static Set<String> of(Person person) {
        return new TreeSet<>(inOrder(person));
    }

    /** The same in the order in which they are revoked. */
    static List<String> inOrder(Person person) {
        try (Connection connection = connect(person.tenant());
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT USER_SESSION_ID FROM OFFLINE_USER_SESSION WHERE USER_ID = ?")) {
            statement.setString(1, person.id());
            List<String> sids = sids(statement);
            Collections.sort(sids);
            return sids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies a session's rows into tables of their own. */
    static void keep(Tenant tenant, String sid) {
        execute(tenant, (table, copy) -> "CREATE TABLE %s AS SELECT * FROM %s WHERE USER_SESSION_ID = '%s'"
                .formatted(copy, table, sid));
    }

    /** Writes the rows that {@link #keep} has copied, as a request would that was slower than the session's end. */
    static void bringBack(Tenant tenant, String sid) {
        execute(tenant, (table, copy) -> "INSERT INTO %s SELECT * FROM %s WHERE USER_SESSION_ID = '%s'"
                .formatted(table, copy, sid));
        execute(tenant, (table, copy) -> "DROP TABLE " + copy);
    }

    /**
     * Copies the row of an online session so many times, under ids of their own. Its applications are not copied, and
     * no node has met the copies.
     *
     * @param older by how many seconds the copies began before the session
     * @return the ids of the copies
     */
    static List<String> copy(Tenant tenant, String sid, int times, int older) {
        String insert = "INSERT INTO OFFLINE_USER_SESSION (USER_SESSION_ID, OFFLINE_FLAG, REALM_ID, USER_ID,"
                + " CREATED_ON, LAST_SESSION_REFRESH, DATA, VERSION, REMEMBER_ME)"
                + " SELECT REPLACE(GEN_RANDOM_UUID()::TEXT, '-', ''), OFFLINE_FLAG, REALM_ID, USER_ID,"
                + " CREATED_ON - ?, LAST_SESSION_REFRESH, DATA, VERSION, REMEMBER_ME"
                + " FROM OFFLINE_USER_SESSION, GENERATE_SERIES(1, ?)"
                + " WHERE USER_SESSION_ID = ? AND OFFLINE_FLAG = '0' RETURNING USER_SESSION_ID";
        try (Connection connection = connect(tenant);
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setInt(1, older);
            statement.setInt(2, times);
            statement.setString(3, sid);
            return sids(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Deletes the rows of these sessions, as if they had ended elsewhere. */
    static void delete(Tenant tenant, Collection<String> sids) {
        try (Connection connection = connect(tenant);
                PreparedStatement statement = connection.prepareStatement(
                        "DELETE FROM OFFLINE_USER_SESSION WHERE USER_SESSION_ID = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("text", sids.toArray()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> sids(PreparedStatement statement) throws SQLException {
        List<String> sids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                sids.add(rows.getString(1));
            }
        }
        return sids;
    }

    private static void execute(Tenant tenant, BinaryOperator<String> sql) {
        try (Connection connection = connect(tenant);
                Statement statement = connection.createStatement()) {
            for (String table : List.of("OFFLINE_USER_SESSION", "OFFLINE_CLIENT_SESSION")) {
                statement.execute(sql.apply(table, "KEPT_" + table));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Holds the revocation of {@link #MANY} sessions in its middle until the connection is closed: the first twenty get
     * through, all others are waited for.
     */
    static Connection hold(Person person) throws SQLException {
        return hold(person, rest(inOrder(person)));
    }

    /** Holds the revocation of these sessions of somebody until the connection is closed. */
    static Connection hold(Person person, Collection<String> sids) throws SQLException {
        return lock(person, "SELECT 1 FROM OFFLINE_USER_SESSION WHERE USER_SESSION_ID = ANY (?)", sids);
    }

    /** Of sessions in order, those that a held revocation does not get. */
    static List<String> rest(List<String> inOrder) {
        return inOrder.subList(IN_ONE_TRANSACTION, MANY);
    }

    /**
     * Holds the removal of somebody's sessions until the connection is closed. Of an id that is online and offline, the
     * online session is held: the offline one is in use.
     */
    static Connection holdRemoval(Person person) throws SQLException {
        return lock(
                person,
                "SELECT 1 FROM OFFLINE_USER_SESSION WHERE USER_SESSION_ID = ANY (?) AND OFFLINE_FLAG = '0'",
                inOrder(person));
    }

    private static Connection lock(Person person, String select, Collection<String> sids) throws SQLException {
        Connection connection = connect(person.tenant());
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(select + " FOR UPDATE")) {
            statement.setArray(1, connection.createArrayOf("text", sids.toArray()));
            statement.executeQuery().close();
        }
        return connection;
    }

    /** The number of transactions of all connections that wait for rows that another one holds. */
    static int waiting(Person person) {
        try (Connection connection = connect(person.tenant());
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT COUNT(*) FROM PG_STAT_ACTIVITY WHERE WAIT_EVENT_TYPE = 'Lock'");
                ResultSet waiting = statement.executeQuery()) {
            waiting.next();
            return waiting.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection to the database of the cluster, by which everything may be done there. */
    static Connection connect(Tenant tenant) throws SQLException {
        Database database = tenant.cluster().database();
        Credentials owner = database.credentials();
        return DriverManager.getConnection(database.jdbcUrl(), owner.username(), owner.password());
    }
}
