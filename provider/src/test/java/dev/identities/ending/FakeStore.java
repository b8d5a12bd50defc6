package dev.identities.ending;

import dev.identities.listing.FakeStreams;
import dev.identities.notify.Message;
import dev.identities.session.Session;
import dev.identities.session.SessionRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Takes sessions out of a {@link FakeStreams}, or fails where a test says so. */
public final class FakeStore implements SessionStore {

    private final FakeStreams streams;
    private final List<List<SessionRef>> calls = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final Set<String> held = new HashSet<>();
    private final Set<String> surviving = new HashSet<>();
    private final Set<String> endedElsewhere = new HashSet<>();
    private final Map<String, List<Message>> messages = new HashMap<>();
    private Consumer<SessionRef> withRemoval = ref -> {};
    private boolean blind;
    private boolean forgetful;

    public FakeStore(FakeStreams streams) {
        this.streams = streams;
    }

    /** A transaction with this session in it fails. */
    public void failOn(String sid) {
        failing.add(sid);
    }

    /** Another transaction holds this session for a while. A patient call gets it. */
    void hold(String sid) {
        held.add(sid);
    }

    /** Another call ends this session just before this store is to end it. */
    public void endElsewhere(String sid) {
        endedElsewhere.add(sid);
    }

    /** Runs an action at each removal of a session. */
    public void withRemoval(Consumer<SessionRef> action) {
        withRemoval = action;
    }

    /** Says that it took this session out, but did not. */
    void pretendToEnd(String sid) {
        surviving.add(sid);
    }

    /** From now on {@code stillThere} fails. */
    void blind() {
        blind = true;
    }

    /** From now on {@code existing} fails. */
    void forgetful() {
        forgetful = true;
    }

    public void messages(String sid, Message... toSend) {
        messages.put(sid, List.of(toSend));
    }

    /** The sessions of each transaction that was tried. */
    List<List<SessionRef>> calls() {
        return calls;
    }

    @Override
    public List<Ended> end(List<SessionRef> sessions, boolean twinsToo, boolean patient) {
        calls.add(List.copyOf(sessions));
        if (!patient && sessions.stream().map(SessionRef::sid).anyMatch(held::contains)) {
            throw new HeldException();
        }
        if (sessions.stream().map(SessionRef::sid).anyMatch(failing::contains)) {
            throw new IllegalStateException("the store's own words");
        }
        sessions.stream().filter(ref -> endedElsewhere.contains(ref.sid())).forEach(streams::remove);
        return sessions.stream()
                .filter(ref -> surviving.contains(ref.sid()) || streams.remove(ref))
                .peek(withRemoval)
                .map(ref -> new Ended(ref, messages.getOrDefault(ref.sid(), List.of())))
                .toList();
    }

    @Override
    public List<SessionRef> existing(Collection<String> sids) {
        if (forgetful) {
            throw new IllegalStateException("the store's own words");
        }
        return streams.sessions().stream()
                .filter(session -> sids.contains(session.id().sid()))
                .map(Session::ref)
                .toList();
    }

    @Override
    public List<SessionRef> stillThere(List<SessionRef> sessions) {
        if (blind) {
            throw new IllegalStateException("the store's own words");
        }
        return sessions.stream()
                .filter(ref -> streams.find(ref.sid(), ref.kind())
                        .filter(session -> session.userId().equals(ref.userId()))
                        .isPresent())
                .toList();
    }
}
