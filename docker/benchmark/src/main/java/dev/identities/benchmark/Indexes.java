package dev.identities.benchmark;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The indexes of tables that get very many rows at once. They are dropped before and built anew afterwards, because a
 * row's keys lie all over them: with ten million rows, each insertion would read blocks that are not in memory.
 */
final class Indexes {

    private static final String CONSTRAINTS = "select format('%s', t.relname, c.conname, pg_get_constraintdef(c.oid))"
            + " from pg_constraint c join pg_class t on t.oid = c.conrelid"
            + " where c.contype in ('p', 'u') and t.relnamespace = 'public'::regnamespace and t.relname in (%s)";

    private static final String OTHERS = "select %s from pg_indexes i where i.schemaname = 'public'"
            + " and i.tablename in (%s) and not exists (select from pg_constraint c where c.conname = i.indexname)";

    private final Sql sql;
    private final List<String> definitions;

    private Indexes(Sql sql, List<String> definitions) {
        this.sql = sql;
        this.definitions = definitions;
    }

    /** Drops those of these tables, their primary keys among them. */
    static Indexes drop(Sql sql, List<String> tables) throws SQLException {
        String names = "'" + String.join("', '", tables) + "'";
        List<String> definitions = new ArrayList<>(sql.column(OTHERS.formatted("i.indexdef", names)));
        definitions.addAll(sql.column(CONSTRAINTS.formatted("alter table %1$I add constraint %2$I %3$s", names)));
        List<String> drops =
                new ArrayList<>(sql.column(OTHERS.formatted("format('drop index %I', i.indexname)", names)));
        drops.addAll(sql.column(CONSTRAINTS.formatted("alter table %1$I drop constraint %2$I", names)));
        sql.run(drops.toArray(String[]::new));
        return new Indexes(sql, definitions);
    }

    /** Builds them as they were. */
    void build() throws SQLException {
        sql.run("set maintenance_work_mem = '1GB'");
        sql.run(definitions.toArray(String[]::new));
    }
}
