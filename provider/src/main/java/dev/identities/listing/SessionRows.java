package dev.identities.listing;

import dev.identities.session.Identity;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionRef;
import dev.identities.session.SignIn;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Keycloak's session table as {@link PersistentSessions} needs it: short reads along its indexes.
 *
 * <p>The database compares ids of sessions by their bytes, where it can be told to. No other part compares them. Ids of
 * users are in the database's own order.
 */
public interface SessionRows {

    /**
     * A row before anything expensive was done to it.
     *
     * @param lastActive second since the epoch
     */
    record Row(SessionId id, UserId userId, long lastActive) {

        /** The row of a session. */
        static Row of(Session session) {
            return new Row(session.id(), session.userId(), session.lastActive().getEpochSecond());
        }

        /** The key of the row. */
        public SessionRef ref() {
            return new SessionRef(id.sid(), id.kind(), userId);
        }
    }

    /**
     * A range of one branch of a list by time, newest first.
     *
     * @param newest sessions of this second or earlier, by the list's time: that of creation or of latest activity
     * @param belowInNewest among those of the second {@code newest}, only ids lower than this one
     */
    record Range(Branch branch, long newest, Optional<String> belowInNewest) {}

    /**
     * Rows of a range in descending order of creation second and id; expired rows as far as SQL can tell left out.
     *
     * @param query the query of the list; {@code range} and not its place says where the rows begin
     */
    List<Row> rows(SessionQuery query, Range range, int max);

    /**
     * A row that was read for a filter.
     *
     * @param session the session as far as the query's filter looks at it: complete if the filter looks at applications,
     *     and else without them; empty when it is over
     */
    record Scanned(Row row, Optional<Session> session) {}

    /**
     * As {@link #rows(SessionQuery, Range, int)}, with the sessions.
     *
     * @param floor no session older than this second
     */
    List<Scanned> scan(SessionQuery query, Range range, long floor, int max);

    /** Whether the query is for so few sessions that the database finds them at once by an index. */
    boolean drives(SessionQuery query);

    /** Whether the database can decide enough of the query for {@link #sweep}. */
    boolean sweeps(SessionQuery query);

    /**
     * The newest rows of the query behind a place, from all branches, in the order of the list. The database reads all
     * that its best index leaves of the table.
     *
     * @param max the most rows; fewer only at the end of the list
     */
    List<Scanned> sweep(SessionQuery query, Optional<SessionId> after, int max);

    /**
     * Rows of a range in descending order of the second of latest activity and id.
     *
     * @param query the query of the list; {@code range} and not its place says where the rows begin. A query for an
     *     identity provider gives rows of users whose account is linked to it, or who have no account that could be
     */
    List<Row> active(IdentityQuery<ActivityCursor> query, Range range, int max);

    /**
     * Whether the database has the rows of a branch in the order of {@link #active}. If not, it reads all rows of the
     * branch for each range.
     */
    boolean ordersActivity();

    /**
     * The rows of all branches behind a place, in the order of the list. The database reads all live rows of the realm.
     *
     * @param max the most rows; fewer only at the end of the list
     */
    List<Row> activeOfAll(IdentityQuery<ActivityCursor> query, Optional<ActivityCursor> after, int max);

    /**
     * For each of these users the live row that comes first by latest activity, creation, id and kind. No two rows are
     * equal in this order, so it is always the same row.
     *
     * @param users not more than a few hundred
     */
    List<Row> first(List<UserId> users);

    /**
     * Users with live sessions in descending order of their id.
     *
     * @param query the query of the list; {@code below} and not its place says where the users begin
     * @param below only ids lower than this one
     */
    List<UserId> userIds(IdentityQuery<UserId> query, Optional<UserId> below, int max);

    /** The live sessions among the rows, complete with clients, in the rows' order. */
    List<Session> sessions(List<Row> rows);

    /** The identities of those users that have a live session, in the given order. */
    List<Identity> identities(List<UserId> users);

    /** See {@link SessionCatalog#signIns}. */
    List<SignIn> signIns(List<UserId> users, int max);

    /** A user's rows, most recently active first. */
    List<Row> recent(UserId user, int max);

    /** Keys of all rows of a user, expired ones included. */
    List<SessionRef> refs(UserId user);

    /** All rows of a Keycloak session id, expired ones included. */
    List<Row> rows(String sid);
}
