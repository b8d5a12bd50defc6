package dev.identities.keycloak.sessions;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.util.Locale;

/**
 * How the database compares texts, and how a query makes it compare them by their bytes. Ids are compared by their
 * bytes, because a list must have the same order on every database.
 */
enum Collation {
    /** The database compares by bytes; also an unknown database, whose own order then counts. */
    BYTES("%s"),

    /**
     * PostgreSQL orders texts by a language, but only identical texts are equal. It sorts on where an index has
     * ordered.
     */
    LANGUAGE("sql('? collate \"C\"', %s)"),

    /**
     * MySQL and MariaDB take texts for equal that differ in case or accents. Any other order makes them sort all rows.
     */
    LOOSE("sql('cast(? as binary)', %s)");

    /** A server has one database. */
    private static volatile Collation known;

    private final String bytes;

    Collation(String bytes) {
        this.bytes = bytes;
    }

    /** That of the server's database. */
    static Collation of(EntityManager em) {
        if (known == null) {
            known = of(em.<Connection, String>callWithConnection(
                    connection -> connection.getMetaData().getDatabaseProductName()));
        }
        return known;
    }

    static Collation of(String product) {
        String name = product.toLowerCase(Locale.ROOT);
        if (name.contains("postgresql")) {
            return LANGUAGE;
        }
        return name.contains("mysql") || name.contains("mariadb") ? LOOSE : BYTES;
    }

    /** A text for {@code order by}, or to be compared with another by lower and higher. */
    String ordered(String expression) {
        return bytes.formatted(expression);
    }

    /** A session's id as it is compared with others. */
    String sid() {
        return ordered(SessionTable.SID);
    }

    /** A text for {@code partition by}, or to be compared for equality. */
    String distinct(String expression) {
        return this == LOOSE ? bytes.formatted(expression) : expression;
    }

    /** A text for {@code group by}, which may be selected. */
    String group(String expression) {
        return this == LOOSE ? expression + ", " + distinct(expression) : expression;
    }
}
