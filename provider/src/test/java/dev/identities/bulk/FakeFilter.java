package dev.identities.bulk;

import dev.identities.listing.FakeStreams;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A filter that a test writes as a condition in Java. */
final class FakeFilter implements BulkFilter {

    private final String text;
    private final FakeStreams streams;
    private final List<Instant> asked = new ArrayList<>();
    private Predicate<Session> condition;

    FakeFilter(String text, FakeStreams streams, Predicate<Session> condition) {
        this.text = text;
        this.streams = streams;
        this.condition = condition;
    }

    /** The same text matches other sessions from now on, as if the sessions had changed. */
    void nowMatches(Predicate<Session> other) {
        condition = other;
    }

    /** The times that it took for now. */
    List<Instant> asked() {
        return asked;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean matchesAll() {
        return false;
    }

    @Override
    public void newest(Instant now, Predicate<UserId> visible, int max, Consumer<Session> visitor) {
        asked.add(now);
        streams.all()
                .filter(condition)
                .filter(session -> visible.test(session.userId()))
                .sorted(Comparator.comparing(Session::id, Comparator.comparingLong(SessionId::createdOn))
                        .reversed())
                .limit(max)
                .forEach(visitor);
    }
}
