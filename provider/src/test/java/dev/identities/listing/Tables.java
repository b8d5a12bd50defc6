package dev.identities.listing;

import dev.identities.session.KnownSession;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Session tables for tests outside this package. */
public final class Tables {

    private Tables() {}

    /** A table of these sessions, of which the first is over although its row is still there. */
    public static SessionRows withExpired(Session expired, Session... others) {
        FakeRows rows = new FakeRows(Comparator.naturalOrder());
        rows.add(expired);
        rows.expire(expired.id());
        List.of(others).forEach(rows::add);
        return rows;
    }

    /** A table of these sessions. */
    public static SessionRows of(List<Session> sessions) {
        FakeRows rows = new FakeRows(Comparator.naturalOrder());
        sessions.forEach(rows::add);
        return rows;
    }

    /** Caches that hold this session and no other. */
    public static CachedSessions cached(Session session) {
        KnownSession known = new KnownSession(session.id(), session.userId(), false);
        return new CachedSessions() {
            @Override
            public List<KnownSession> of(UserId user) {
                return user.equals(session.userId()) ? List.of(known) : List.of();
            }

            @Override
            public List<KnownSession> of(String sid) {
                return sid.equals(session.id().sid()) ? List.of(known) : List.of();
            }

            @Override
            public Optional<Session> find(String sid, SessionKind kind) {
                return Optional.of(session)
                        .filter(one ->
                                sid.equals(one.id().sid()) && kind == one.id().kind());
            }
        };
    }

    /** A table that has this session over and over again, without an end. */
    public static SessionRows endless(Session session) {
        return new FakeRows(Comparator.naturalOrder()) {
            @Override
            public List<Row> rows(SessionQuery query, Range range, int max) {
                return Collections.nCopies(max, new Row(session.id(), session.userId(), 0));
            }

            @Override
            public List<Row> active(IdentityQuery<ActivityCursor> query, Range range, int max) {
                return rows(new SessionQuery(Optional.empty(), Optional.empty(), max), range, max);
            }

            @Override
            public List<UserId> userIds(IdentityQuery<UserId> query, Optional<UserId> below, int max) {
                return Collections.nCopies(max, session.userId());
            }
        };
    }
}
