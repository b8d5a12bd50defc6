package dev.identities.catalog;

import dev.identities.session.Branch;
import dev.identities.session.Identity;
import dev.identities.session.Page;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The catalog over Keycloak's session table (persistent user sessions, Keycloak's default).
 *
 * <p>Keycloak's index on creation time has the remember-me flag before the time, so no index gives the realm's newest
 * sessions at once. Each of the six branches (kind x remember-me) is read along the index for itself and merged here.
 */
public final class PersistentSessions implements SessionCatalog {

    /**
     * Rows read at most for one page of which little is visible or live. Each may cost a permission evaluation: a caller
     * who may see next to nothing shall not keep the server busy. Not measured on a large realm.
     */
    static final int MAX_SCANNED = 20_000;

    /** Rows per read once a page turned out short: hidden or dead rows come in runs. */
    static final int REFILL = 500;

    /** Newest first; of one second, branch by branch; inside a branch the rows stay as the database ordered them. */
    private static final Comparator<SessionRows.Row> LIST_ORDER = Comparator.<SessionRows.Row>comparingLong(
                    row -> -row.id().createdOn())
            .thenComparingInt(row -> row.id().branchPosition());

    private final SessionRows rows;

    public PersistentSessions(SessionRows rows) {
        this.rows = rows;
    }

    @Override
    public Optional<Session> find(String sid, SessionKind kind) {
        return rows.row(sid, kind)
                .flatMap(row -> rows.sessions(List.of(row)).stream().findFirst());
    }

    @Override
    public Page<Session> sessions(
            Optional<UserId> user, Optional<SessionId> before, int limit, Predicate<UserId> visible) {
        return fill(
                limit,
                before,
                (cursor, max) -> merged(user, cursor, max),
                SessionRows.Row::id,
                row -> visible.test(row.userId()),
                rows::sessions);
    }

    @Override
    public Page<Identity> identities(Optional<UserId> before, int limit, Predicate<UserId> visible) {
        return fill(limit, before, rows::userIds, Function.identity(), visible, rows::identities);
    }

    @Override
    public Optional<Identity> identity(UserId user) {
        return rows.identities(List.of(user)).stream().findFirst();
    }

    @Override
    public List<Session> mostRecentlyActive(UserId user, int max) {
        return rows.sessions(rows.recent(user, max));
    }

    @Override
    public List<SessionRef> refs(UserId user) {
        return rows.refs(user);
    }

    @Override
    public List<SessionRef> refs(String sid) {
        return rows.refs(sid);
    }

    /** Reads on, in bounded steps, until a page is full: rows may turn out hidden or expired. */
    private static <C, R, T> Page<T> fill(
            int limit,
            Optional<C> before,
            Source<C, R> source,
            Function<R, C> cursorOf,
            Predicate<R> visible,
            Function<List<R>, List<T>> complete) {
        int wanted = limit + 1;
        List<T> found = new ArrayList<>(wanted);
        Optional<C> cursor = before;
        int step = wanted;
        int scanned = 0;
        boolean exhausted = false;
        while (found.size() < wanted && !exhausted) {
            if (scanned >= MAX_SCANNED) {
                if (found.isEmpty()) {
                    throw new TooManyHiddenException(scanned);
                }
                return page(found, limit, true);
            }
            List<R> read = source.after(cursor, step);
            exhausted = read.size() < step;
            scanned += read.size();
            if (!read.isEmpty()) {
                cursor = Optional.of(cursorOf.apply(read.get(read.size() - 1)));
            }
            addUntilFull(found, wanted, read.stream().filter(visible).toList(), complete);
            step = REFILL;
        }
        return page(found, limit, false);
    }

    private static <R, T> void addUntilFull(
            List<T> found, int wanted, List<R> candidates, Function<List<R>, List<T>> complete) {
        for (int from = 0; from < candidates.size() && found.size() < wanted; ) {
            int to = Math.min(candidates.size(), from + wanted - found.size());
            found.addAll(complete.apply(candidates.subList(from, to)));
            from = to;
        }
    }

    private static <T> Page<T> page(List<T> found, int limit, boolean more) {
        return new Page<>(List.copyOf(found.subList(0, Math.min(limit, found.size()))), more || found.size() > limit);
    }

    private List<SessionRows.Row> merged(Optional<UserId> user, Optional<SessionId> before, int max) {
        List<SessionRows.Row> merged = new ArrayList<>();
        for (Branch branch : Branch.ALL) {
            merged.addAll(rows.rows(range(branch, before), user, max));
        }
        // A stable sort: equal keys are rows of one branch, already in the database's order.
        merged.sort(LIST_ORDER);
        return merged.subList(0, Math.min(max, merged.size()));
    }

    private static SessionRows.Range range(Branch branch, Optional<SessionId> before) {
        if (before.isEmpty()) {
            return new SessionRows.Range(branch, Integer.MAX_VALUE, Optional.empty());
        }
        SessionId cursor = before.get();
        long second = Math.min(cursor.createdOn(), Integer.MAX_VALUE);
        int order = Integer.compare(Branch.ALL.indexOf(branch), cursor.branchPosition());
        if (order == 0) {
            return new SessionRows.Range(branch, second, Optional.of(cursor.sid()));
        }
        // Of the cursor's second, earlier branches were listed before it and later ones come after it.
        return new SessionRows.Range(branch, order < 0 ? second - 1 : second, Optional.empty());
    }

    /** A list that can be read on from any cursor. */
    private interface Source<C, R> {
        List<R> after(Optional<C> cursor, int max);
    }
}
