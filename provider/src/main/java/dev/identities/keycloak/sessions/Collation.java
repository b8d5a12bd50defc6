package dev.identities.keycloak.sessions;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.util.Locale;

/**
 * How the database compares texts, and how it is made to compare them by their bytes: ids are words of no language, and a
 * list shall be in one order wherever it is kept.
 */
enum Collation {
    /** By their bytes; or a database that we do not know, and its order then. */
    BYTES("%s"),

    /** PostgreSQL: in the order of a language, but only the same are equal. What is in order by an index it sorts on. */
    LANGUAGE("sql('? collate \"C\"', %s)"),

    /** MySQL, MariaDB: texts are equal that differ in case or accents, and every other order is a sort of all rows. */
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

    /** A text for {@code partition by}, or to be compared for equality. */
    String distinct(String expression) {
        return this == LOOSE ? bytes.formatted(expression) : expression;
    }

    /** A text for {@code group by}, which may be selected. */
    String group(String expression) {
        return this == LOOSE ? expression + ", " + distinct(expression) : expression;
    }
}
