package dev.identities.keycloak.sessions;

import dev.identities.keycloak.sessions.StoredSession.StoredClientSession;
import dev.identities.listing.SessionRows;
import dev.identities.session.RememberMe;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import jakarta.persistence.Tuple;
import org.keycloak.models.jpa.session.PersistentClientSessionEntity;
import org.keycloak.storage.StorageId;

/**
 * Keycloak's tables of user sessions and client sessions as queries in HQL name them: entities, columns and keys, and how
 * a row is read. A query calls a row of either table {@code s}.
 */
public final class SessionTable {

    /** The user sessions. */
    public static final String USER_SESSIONS = "PersistentUserSessionEntity s";

    /** The client sessions: for each user session and each of its applications one. */
    public static final String CLIENT_SESSIONS = "PersistentClientSessionEntity s";

    /** The session's id in either table. Together with {@code s.offline} it is the key of a user session. */
    public static final String SID = "s.userSessionId";

    /** Rows of both kinds, said so that a database uses the key of the table. */
    public static final String BOTH_KINDS = "s.offline in ('0', '1')";

    /** The columns of a user session that {@link #ref} reads. */
    public static final String REF_COLUMNS = SID + " as sid, s.offline as offline, s.userId as userId";

    /** The columns of a client session without Keycloak's JSON. */
    static final String CLIENT_COLUMNS_BUT_DATA = SID + " as sid, s.offline as offline, s.clientId as clientId,"
            + " s.timestamp as timestamp, s.clientStorageProvider as storage, s.externalClientId as externalId";

    /** The columns of a client session that {@link #client} reads. */
    public static final String CLIENT_COLUMNS = CLIENT_COLUMNS_BUT_DATA + ", s.data as data";

    /** Keys per IN list, a power of two: below the limit of every database that Keycloak runs on. */
    public static final int MAX_KEYS = 512;

    /** The columns of a user session that {@link #row} reads. */
    static final String ROW_COLUMNS =
            REF_COLUMNS + ", s.createdOn as createdOn, s.lastSessionRefresh as lastRefresh, s.rememberMe as rememberMe";

    /** The position of a user session's branch among {@link dev.identities.listing.Branch#ALL}. */
    static final String BRANCH = "(case when s.offline = '1' then 3 else 0 end"
            + " + case when s.rememberMe = true then 1 when s.rememberMe is null then 2 else 0 end)";

    /** The user sessions of the realm {@code :realm}. */
    static final String OF_REALM = " from " + USER_SESSIONS + " where s.realmId = :realm";

    private SessionTable() {}

    /** A row with {@link #REF_COLUMNS}. */
    public static SessionRef ref(Tuple tuple) {
        return new SessionRef(sid(tuple), kind(tuple), userId(tuple));
    }

    /** A row with {@link #CLIENT_COLUMNS}. */
    public static StoredClientSession client(Tuple tuple) {
        return new StoredClientSession(
                clientUuid(tuple), tuple.get("timestamp", Integer.class), tuple.get("data", String.class));
    }

    static String clientUuid(Tuple tuple) {
        String clientId = tuple.get("clientId", String.class);
        // Keycloak stores the id of a client in two parts if the client is no row of its own client table.
        return clientId.equals(PersistentClientSessionEntity.EXTERNAL)
                ? new StorageId(tuple.get("storage", String.class), tuple.get("externalId", String.class)).getId()
                : clientId;
    }

    /** How the tables tell the kinds apart. */
    public static String flag(SessionKind kind) {
        return kind == SessionKind.OFFLINE ? "1" : "0";
    }

    /** A row with {@link #ROW_COLUMNS}. */
    static SessionRows.Row row(Tuple tuple) {
        return new SessionRows.Row(
                new SessionId(
                        tuple.get("createdOn", Integer.class),
                        kind(tuple),
                        rememberMe(tuple.get("rememberMe", Boolean.class)),
                        sid(tuple)),
                userId(tuple),
                tuple.get("lastRefresh", Integer.class));
    }

    static String sid(Tuple tuple) {
        return tuple.get("sid", String.class);
    }

    static SessionKind kind(Tuple tuple) {
        return tuple.get("offline", String.class).equals("1") ? SessionKind.OFFLINE : SessionKind.ONLINE;
    }

    static UserId userId(Tuple tuple) {
        return new UserId(tuple.get("userId", String.class));
    }

    private static RememberMe rememberMe(Boolean column) {
        if (column == null) {
            return RememberMe.UNKNOWN;
        }
        return column ? RememberMe.YES : RememberMe.NO;
    }
}
