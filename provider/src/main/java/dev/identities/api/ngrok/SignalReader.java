package dev.identities.api.ngrok;

import dev.identities.session.Identity;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import dev.identities.signal.Signal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The signals of what is in an answer, by a bounded number of reads for the whole answer. */
interface SignalReader {

    /** For answers that outlive the request and so can read nothing. They show no signals. */
    SignalReader NONE = fixed(List.of());

    /** Gives these signals to every session, without a read. People have none. */
    static SignalReader fixed(List<Signal> signals) {
        return new SignalReader() {
            @Override
            public Map<SessionId, List<Signal>> of(List<Session> sessions) {
                return sessions.stream().collect(Collectors.toMap(Session::id, session -> signals));
            }

            @Override
            public Map<UserId, Map<SessionId, List<Signal>>> ofPeople(List<Identity> people) {
                return Map.of();
            }
        };
    }

    /** The signals of each session. A session without an entry has none. */
    Map<SessionId, List<Signal>> of(List<Session> sessions);

    /** The signals of those sessions of each person that were active last, latest first. */
    Map<UserId, Map<SessionId, List<Signal>>> ofPeople(List<Identity> people);
}
