package dev.identities.listing;

import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;

/** Sessions by the time of creation, newest first: those of the realm, or of one user. */
final class NewestSessions implements RowList<SessionId, SessionRows.Row, Session> {

    private final SessionRows rows;
    private final SessionQuery query;
    private final BranchMerge list;

    NewestSessions(SessionRows rows, SessionQuery query) {
        this.rows = rows;
        this.query = query;
        this.list = new BranchMerge(row -> row.id().createdOn(), (range, max) -> rows.rows(query, range, max));
    }

    @Override
    public List<SessionRows.Row> after(Optional<SessionId> place, int max) {
        return list.after(place.map(BranchMerge.Place::of), max);
    }

    @Override
    public SessionId place(SessionRows.Row row) {
        return row.id();
    }

    @Override
    public UserId user(SessionRows.Row row) {
        return row.userId();
    }

    @Override
    public List<Found<SessionId, Session>> complete(List<SessionRows.Row> candidates) {
        return rows.sessions(candidates).stream()
                .filter(query::matches)
                .map(session -> new Found<>(session.id(), session))
                .toList();
    }
}
