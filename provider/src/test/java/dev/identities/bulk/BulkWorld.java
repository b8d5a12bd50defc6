package dev.identities.bulk;

import dev.identities.ending.BulkEnded;
import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import dev.identities.ending.EndingListener;
import dev.identities.ending.FakeStore;
import dev.identities.ending.Revocations;
import dev.identities.ending.Revoker;
import dev.identities.ending.SessionsEnded;
import dev.identities.listing.FakeStreams;
import dev.identities.listing.VolatileSessions;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Sessions in memory, and bulk calls on them. */
final class BulkWorld {

    static final BulkRevocation.CallOptions OPTIONS = new BulkRevocation.CallOptions("", false);
    static final int THRESHOLD = 5;

    final FakeStreams streams = new FakeStreams();
    final FakeStore store = new FakeStore(streams);
    final FakeOffice office = new FakeOffice();
    final FakeAdmin caller = new FakeAdmin();
    final List<SessionsEnded> batches = new ArrayList<>();
    final List<BulkEnded> summaries = new ArrayList<>();
    Instant now = Instant.parse("2026-11-28T18:00:00.75Z");
    private final Revoker revoker = new Revoker(store, List.of(new Audit()), task -> {});
    final BulkRevocation bulk = bulk(true);

    private final class Audit implements EndingListener {
        @Override
        public void ended(SessionsEnded event) {
            batches.add(event);
        }

        @Override
        public void bulkEnded(BulkEnded event) {
            summaries.add(event);
        }
    }

    BulkRevocation bulk(boolean offlineToo) {
        VolatileSessions catalog = streams.catalog();
        return new BulkRevocation(catalog, new Revocations(catalog, revoker, offlineToo), office, THRESHOLD, () -> now);
    }

    Session add(String sid, SessionKind kind, String user) {
        Session session = SampleSession.of(new SessionId(SampleSession.SECOND, kind, RememberMe.NO, sid))
                .user(user)
                .build();
        streams.add(session);
        return session;
    }

    FakeFilter filter(String text, String... users) {
        return new FakeFilter(text, streams, session -> List.of(users)
                .contains(session.userId().value()));
    }

    String dryRun(BulkFilter filter) {
        return bulk.preview(filter, caller).ticket().orElseThrow().text();
    }

    BulkReport end(BulkFilter filter, String ticket) throws BulkRefusedException {
        return bulk.end(bulk.plan(filter, ticket, OPTIONS, caller), cause(), Progress.UNHEARD);
    }

    Cause cause() {
        return new Cause(caller, Channel.APP, Optional.empty(), "");
    }

    /** The sessions that live, as {@code sid KIND}. */
    Set<String> alive() {
        return streams.sessions().stream()
                .map(session -> session.id().sid() + " " + session.id().kind())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
