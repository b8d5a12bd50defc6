package dev.identities.keycloak.sessions;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the indexes of Keycloak's session table from the database's own description. */
final class IndexReader {

    private static final String TABLE = "OFFLINE_USER_SESSION";

    /** PostgreSQL describes an index already while it builds it. */
    private static final String UNFINISHED = "select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid"
            + " join pg_namespace n on n.oid = c.relnamespace where not i.indisvalid and n.nspname = ?";

    private IndexReader() {}

    /**
     * The columns of each index, in its order and in capital letters.
     *
     * @param configured the schema that Keycloak is told to use; null for that of the connection
     */
    static Collection<List<String>> read(Connection connection, String configured) throws SQLException {
        String schema = configured == null ? connection.getSchema() : configured;
        DatabaseMetaData description = connection.getMetaData();
        Map<String, Map<Integer, String>> indexes = new HashMap<>();
        // Databases do not agree on the case in which they keep a name. The table's name exists in one of the two.
        for (String table : List.of(TABLE, TABLE.toLowerCase(Locale.ROOT))) {
            try (ResultSet columns = description.getIndexInfo(connection.getCatalog(), schema, table, false, true)) {
                while (columns.next()) {
                    // A database may give statistics on the table as a row without an index.
                    if (columns.getString("INDEX_NAME") != null && columns.getString("COLUMN_NAME") != null) {
                        indexes.computeIfAbsent(columns.getString("INDEX_NAME"), name -> new TreeMap<>())
                                .put(
                                        (int) columns.getShort("ORDINAL_POSITION"),
                                        columns.getString("COLUMN_NAME").toUpperCase(Locale.ROOT));
                    }
                }
            }
        }
        if (Collation.of(description.getDatabaseProductName()) == Collation.LANGUAGE) {
            indexes.keySet().removeAll(unfinished(connection, schema));
        }
        return indexes.values().stream()
                .map(columns -> List.copyOf(columns.values()))
                .toList();
    }

    private static Set<String> unfinished(Connection connection, String schema) throws SQLException {
        Set<String> names = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(UNFINISHED)) {
            statement.setString(1, schema);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    names.add(found.getString(1));
                }
            }
        }
        return names;
    }
}
