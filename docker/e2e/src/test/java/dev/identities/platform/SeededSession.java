package dev.identities.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of Keycloak's session table.
 *
 * @param rememberMe null as in rows of older Keycloaks
 * @param identityProvider alias of the identity provider that it came through
 */
record SeededSession(
        String sid,
        boolean offline,
        String userId,
        int createdOn,
        int lastRefresh,
        Boolean rememberMe,
        Optional<String> identityProvider) {

    /** As in docs/ngrok-api.md: newest first; of one second online before offline, plain before remembered; then by id. */
    static final Comparator<SeededSession> NEWEST_FIRST = Comparator.comparingInt(SeededSession::createdOn)
            .reversed()
            .thenComparingInt(SeededSession::branch)
            .thenComparing(SeededSession::sid, Comparator.reverseOrder());

    /** The first of a user's is the one at which the user stands in the list of people by latest activity. */
    static final Comparator<SeededSession> OF_ONE_USER = Comparator.comparingInt(SeededSession::lastRefresh)
            .thenComparingInt(SeededSession::createdOn)
            .thenComparing(SeededSession::sid)
            .reversed()
            .thenComparing(SeededSession::offline);

    static final Comparator<SeededSession> LAST_ACTIVE_FIRST = Comparator.comparingInt(SeededSession::lastRefresh)
            .reversed()
            .thenComparingInt(SeededSession::branch)
            .thenComparing(SeededSession::sid, Comparator.reverseOrder());

    private static final String INSERT = "INSERT INTO OFFLINE_USER_SESSION (USER_SESSION_ID, OFFLINE_FLAG, REALM_ID,"
            + " USER_ID, CREATED_ON, LAST_SESSION_REFRESH, DATA, VERSION, REMEMBER_ME)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)";

    private int branch() {
        int flag = rememberMe == null ? 2 : rememberMe ? 1 : 0;
        return offline ? 3 + flag : flag;
    }

    /** What tells it from all others: an online and an offline session may have one id. */
    String key() {
        return (offline ? "offline " : "online ") + sid;
    }

    /** These in the order of the list of sessions. */
    static List<String> keys(Stream<SeededSession> sessions) {
        return sessions.sorted(NEWEST_FIRST).map(SeededSession::key).toList();
    }

    static void insert(Connection connection, String realmId, List<SeededSession> sessions) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (SeededSession session : sessions) {
                insert.setString(1, session.sid);
                insert.setString(2, session.offline ? "1" : "0");
                insert.setString(3, realmId);
                insert.setString(4, session.userId);
                insert.setInt(5, session.createdOn);
                insert.setInt(6, session.lastRefresh);
                insert.setString(7, session.data());
                if (session.rememberMe == null) {
                    insert.setNull(8, Types.BOOLEAN);
                } else {
                    insert.setBoolean(8, session.rememberMe);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private String data() {
        String notes = identityProvider
                .map(alias -> "\"identity_provider\":\"" + alias + "\"")
                .orElse("");
        return "{\"ipAddress\":\"192.0.2.7\",\"authMethod\":\"openid-connect\",\"rememberMe\":"
                + Boolean.TRUE.equals(rememberMe) + ",\"started\":0,\"notes\":{" + notes + "},\"state\":\"LOGGED_IN\"}";
    }
}
