package dev.identities.listing;

import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Sessions in memory, given out in a different order each time; counts the streams that were left open. */
public final class FakeStreams implements SessionStreams {

    private final List<Session> sessions = new ArrayList<>();
    private final Random random = new Random(7);
    private RuntimeException failure;
    private int open;
    private int opened;

    /** A catalog of them. */
    public VolatileSessions catalog() {
        return catalog(new FakeSeal());
    }

    public VolatileSessions catalog(CursorSeal seal) {
        return new VolatileSessions(this, seal, new LongScans());
    }

    /** The same on a node where no place for another long scan becomes free. */
    public SessionCatalog busyCatalog(CursorSeal seal) {
        return new VolatileSessions(this, seal, new LongScans(0, Duration.ZERO));
    }

    /** The same where the time for a look at all that matches is over before the first session. */
    public SessionCatalog hurriedCatalog(CursorSeal seal) {
        Duration minute = Duration.ofMinutes(1);
        return new VolatileSessions(
                this,
                seal,
                new LongScans(),
                () -> Budget.of(minute, VolatileSessions.HELD),
                () -> Budget.of(minute, 0));
    }

    public void add(Session... more) {
        sessions.addAll(List.of(more));
    }

    public boolean remove(SessionRef ref) {
        return sessions.removeIf(session -> session.ref().equals(ref));
    }

    /** From now on every look-up fails. */
    public void failWith(RuntimeException exception) {
        failure = exception;
    }

    public List<Session> sessions() {
        return List.copyOf(sessions);
    }

    int open() {
        return open;
    }

    int opened() {
        return opened;
    }

    @Override
    public Stream<Session> all() {
        failIfTold();
        List<Session> shuffled = new ArrayList<>(sessions);
        Collections.shuffle(shuffled, random);
        open++;
        opened++;
        return shuffled.stream().onClose(() -> open--);
    }

    @Override
    public Stream<Session> ofUser(UserId user) {
        return all().filter(session -> session.userId().equals(user));
    }

    @Override
    public Optional<Session> find(String sid, SessionKind kind) {
        failIfTold();
        return sessions.stream()
                .filter(session ->
                        session.id().sid().equals(sid) && session.id().kind() == kind)
                .findFirst();
    }

    @Override
    public List<SessionRef> refs(UserId user) {
        failIfTold();
        return sessions.stream()
                .filter(session -> session.userId().equals(user))
                .map(Session::ref)
                .toList();
    }

    private void failIfTold() {
        if (failure != null) {
            throw failure;
        }
    }
}
