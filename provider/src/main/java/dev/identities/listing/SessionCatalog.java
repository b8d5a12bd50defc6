package dev.identities.listing;

import dev.identities.session.Identity;
import dev.identities.session.KnownSession;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.SignIn;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The live sessions of one realm. Expired sessions never appear, not even while their rows are still in the store.
 *
 * <p>Lists are keyset pages, so the cost does not grow with the depth, and a page stays correct while sessions come and
 * go. The number of rows read for a page is bounded, so a page may be short, or empty, and still have a cursor.
 */
public interface SessionCatalog {

    /** How many sessions of one identity are looked at for its details (identity providers, latest device). */
    int RECENT_SESSIONS = 20;

    /** The live session of that Keycloak session id; it may exist in both kinds at once. */
    Optional<Session> find(String sid, SessionKind kind);

    /** As {@link #find}, but also finds a ghost: a session in a cache whose row is gone. */
    Optional<Session> findAnywhere(String sid, SessionKind kind);

    /**
     * Sessions, newest first.
     *
     * @param visible which users' sessions the caller may see
     */
    Page<Session> sessions(SessionQuery query, Predicate<UserId> visible);

    /**
     * How many sessions the query asks for, its place and limit aside.
     *
     * @param visible which users' sessions the caller may see
     */
    Total total(SessionQuery query, Predicate<UserId> visible);

    /**
     * Shows the newest sessions that the query asks for, its place and limit aside. Before the first is shown it is known
     * that none is missing.
     *
     * @param visible which users' sessions the caller may see
     * @param max the most sessions, not more than some ten thousand, because their keys are held in memory
     * @param visitor gets each, complete, newest first. It should not keep them, because they are large
     * @throws LongScans.BusyException when too many such calls are under way on this node
     * @throws LongScans.TooLongException when the search takes more than a minute
     */
    void all(SessionQuery query, Predicate<UserId> visible, int max, Consumer<Session> visitor);

    /**
     * Identities in descending order of user id.
     *
     * @param visible whom the caller may see
     */
    Page<Identity> identities(IdentityQuery<UserId> query, Predicate<UserId> visible);

    /**
     * Identities, the most recently active first. Nothing is kept between pages. A person who becomes active moves up,
     * so a reader who is past that place misses them.
     *
     * @param query a query for an identity provider finds only people whose account is still linked to it
     * @param visible whom the caller may see
     */
    Page<Identity> recentlyActive(IdentityQuery<ActivityCursor> query, Predicate<UserId> visible);

    /** The identities of those users that have a live session, in the given order. */
    List<Identity> identities(List<UserId> users);

    /** The identity of that user; empty when there is no live session. */
    Optional<Identity> identity(UserId user);

    /** A user's sessions, most recently active first, at most {@code max}. */
    List<Session> mostRecentlyActive(UserId user, int max);

    /**
     * The sign-ins of the most recently active sessions of each of these users, at most {@code max} of each user. One
     * user's stand in the order of activity, latest first.
     *
     * @param users each once, not more than a few hundred
     */
    List<SignIn> signIns(List<UserId> users, int max);

    /**
     * All sessions to end so that the user is signed out: also sessions that are over but still have a row, and ghosts.
     * Each once, in an order that is the same for all callers.
     */
    List<SessionRef> refs(UserId user);

    /** As {@link #refs(UserId)} for one Keycloak session id: none, one or both kinds, the online one first. */
    List<KnownSession> known(String sid);
}
