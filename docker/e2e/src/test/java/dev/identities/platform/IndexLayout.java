package dev.identities.platform;

import dev.identities.cluster.Waiting;
import dev.identities.e2e.Http;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Changes the indexes of the session table under a running server, and puts back those that the server made. */
final class IndexLayout implements AutoCloseable {

    private static final String TABLE = "OFFLINE_USER_SESSION";
    private static final String CREATED = "IDX_USER_SESSION_EXPIRATION_CREATED";
    private static final String REFRESHED = "IDX_USER_SESSION_EXPIRATION_LAST_REFRESH";

    private static final String BRANCH = "REALM_ID, OFFLINE_FLAG, REMEMBER_ME, ";

    /** Half the idle timeout of the seeded realm. */
    private static final int COARSE = 18_000;

    private final Store store;
    private final Http api;

    IndexLayout(Store store, Http api) {
        this.store = store;
        this.api = api;
    }

    /**
     * The columns and indexes that Keycloak 26.8 changes, by its changelog. Some rows are in the bucket of those from
     * before the upgrade, and the others are spread as Keycloak spreads new ones.
     */
    void ofKeycloak268() throws SQLException, InterruptedException {
        String letter = "ASCII(SUBSTRING(USER_SESSION_ID, %d, 1))";
        run(
                "ALTER TABLE " + TABLE + " ADD COLUMN SESSION_BUCKET SMALLINT DEFAULT 0 NOT NULL",
                "ALTER TABLE " + TABLE + " ADD COLUMN LAST_SESSION_REFRESH_COARSE BIGINT DEFAULT 0 NOT NULL",
                "UPDATE " + TABLE + " SET SESSION_BUCKET = MOD(" + letter.formatted(3) + " * 7 + " + letter.formatted(5)
                        + ", 64), LAST_SESSION_REFRESH_COARSE = LAST_SESSION_REFRESH - MOD(LAST_SESSION_REFRESH"
                        + " - MOD(CREATED_ON, " + COARSE + "), " + COARSE + ") WHERE " + letter.formatted(7) + " > 70",
                drop(CREATED),
                drop(REFRESHED),
                create(CREATED, "SESSION_BUCKET, CREATED_ON"),
                create(REFRESHED, "SESSION_BUCKET, LAST_SESSION_REFRESH_COARSE"));
        awaitLog("by creation BUCKETED, by activity NONE");
    }

    /** As while Keycloak builds them. */
    void none() throws SQLException, InterruptedException {
        run(drop(CREATED), drop(REFRESHED));
        awaitLog("2 of the indexes " + CREATED);
    }

    /** Back to those of Keycloak 26.5 to 26.7. */
    @Override
    public void close() throws SQLException {
        run(
                drop(CREATED),
                drop(REFRESHED),
                "ALTER TABLE " + TABLE + " DROP COLUMN SESSION_BUCKET",
                "ALTER TABLE " + TABLE + " DROP COLUMN LAST_SESSION_REFRESH_COARSE",
                create(CREATED, "CREATED_ON, USER_SESSION_ID, USER_ID"),
                create(REFRESHED, "LAST_SESSION_REFRESH, USER_SESSION_ID, USER_ID"));
    }

    private static String create(String index, String columns) {
        return "CREATE INDEX " + index + " ON " + TABLE + " (" + BRANCH + columns + ")";
    }

    private String drop(String index) {
        return "DROP INDEX IF EXISTS " + index + (store.jdbcUrl().startsWith("jdbc:mariadb") ? " ON " + TABLE : "");
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    /** The server looks at the indexes again every few seconds, when a list is asked for. */
    private void awaitLog(String text) throws InterruptedException {
        Waiting.until(
                text,
                () -> api.get("/sessions?limit=1").status() == 200
                        && store.keycloak().log().contains(text));
    }
}
