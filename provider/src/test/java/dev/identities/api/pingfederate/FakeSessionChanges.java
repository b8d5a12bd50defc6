package dev.identities.api.pingfederate;

import dev.identities.listing.FakeStreams;
import dev.identities.session.Authentication;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes sessions of a {@link FakeStreams}, and keeps what it was asked for. */
final class FakeSessionChanges implements SessionChanges {

    /** When sessions are extended. */
    static final Instant NOW = Instant.ofEpochSecond(SampleSession.SECOND + 1_000);

    /** As {@code extend sid} and {@code forget sid KIND user execution}. */
    final List<String> calls = new ArrayList<>();

    /** Whether a step is found when it is to be forgotten. */
    boolean forgetful = true;

    /** Whether another call takes all other steps at the same moment. */
    boolean contested;

    private final FakeStreams streams;

    FakeSessionChanges(FakeStreams streams) {
        this.streams = streams;
    }

    @Override
    public void extend(String sid) {
        calls.add("extend " + sid);
        for (SessionKind kind : SessionKind.values()) {
            streams.find(sid, kind)
                    .ifPresent(session ->
                            change(new SessionRef(sid, kind, session.userId()), sample -> sample.lastActive(NOW)));
        }
    }

    @Override
    public boolean forgetAuthentication(SessionRef session, String execution) {
        calls.add("forget " + text(session) + " " + execution);
        if (!forgetful) {
            return false;
        }
        List<Authentication> steps =
                streams.find(session.sid(), session.kind()).orElseThrow().authentications();
        Authentication[] left = steps.stream()
                .filter(step -> !contested && !step.execution().equals(execution))
                .toArray(Authentication[]::new);
        change(session, sample -> sample.authentications(left));
        return left.length < steps.size();
    }

    private void change(SessionRef ref, UnaryOperator<SampleSession> how) {
        streams.find(ref.sid(), ref.kind()).ifPresent(session -> {
            streams.remove(ref);
            streams.add(how.apply(SampleSession.like(session)).build());
        });
    }

    private static String text(SessionRef session) {
        return session.sid() + " " + session.kind() + " " + session.userId().value();
    }
}
