package dev.identities.benchmark;

import dev.identities.testbed.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How PostgreSQL ran the statements of a request: the plans as executed, from its own log. */
final class Plans {

    private static final Pattern ENTRY =
            Pattern.compile("LOG:  duration: ([0-9.]+) ms  plan:\\R((?:\\t.*\\R)+)", Pattern.MULTILINE);
    private static final Pattern INDEX = Pattern.compile("(?:using|Bitmap Index Scan on) (\\w+)");
    private static final Pattern SEQUENTIAL = Pattern.compile("Seq Scan on (\\w+)");

    /** Sessions, the applications of sessions, and accounts; statements on others are the same at every size. */
    private static final List<String> TABLES = List.of("offline_user_session", "offline_client_session", "user_entity");

    /** The first times a connection sees a statement it is planned anew; later the plan may be a general one. */
    private static final int REPETITIONS = 12;

    private final Sql sql;
    private final Database database;

    Plans(Sql sql, Database database) {
        this.sql = sql;
        this.database = database;
    }

    /** One statement: its text and plan. */
    record Statement(double millis, String text) {

        List<String> indexes() {
            return names(INDEX);
        }

        List<String> sequentialScans() {
            return names(SEQUENTIAL);
        }

        private List<String> names(Pattern pattern) {
            return List.copyOf(new TreeSet<>(
                    pattern.matcher(text).results().map(found -> found.group(1)).toList()));
        }
    }

    /** The statements on sessions and accounts that a request leads to. */
    List<Statement> of(Runnable request) throws SQLException, InterruptedException {
        for (int i = 0; i < REPETITIONS; i++) {
            request.run();
        }
        log("0");
        int start = database.logged().length();
        request.run();
        log("-1");
        List<Statement> statements = new ArrayList<>();
        Matcher matcher = ENTRY.matcher(database.logged().substring(start));
        matcher.results()
                .filter(entry -> TABLES.stream().anyMatch(entry.group(2)::contains))
                .map(Plans::statement)
                .forEach(statements::add);
        if (statements.isEmpty()) {
            throw new IllegalStateException("PostgreSQL logged no plan");
        }
        return statements;
    }

    private static Statement statement(MatchResult entry) {
        return new Statement(
                Double.parseDouble(entry.group(1)),
                entry.group(2).replaceAll("(?m)^\\t", "").strip());
    }

    private void log(String threshold) throws SQLException, InterruptedException {
        sql.run("alter system set auto_explain.log_min_duration = " + threshold, "select pg_reload_conf()");
        // Connections take a new setting before their next statement, once the server has passed it on.
        Thread.sleep(500);
    }
}
