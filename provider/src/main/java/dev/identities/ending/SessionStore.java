package dev.identities.ending;

import dev.identities.notify.Message;
import dev.identities.session.SessionRef;
import java.util.Collection;
import java.util.List;

/** Where sessions are taken out. */
public interface SessionStore {

    /**
     * A session that was there and is gone.
     *
     * @param messages what is left to do: tell applications and the identity provider, each a message of its own
     */
    record Ended(SessionRef session, List<Message> messages) {}

    /** Somebody else holds one of the sessions: none of them was touched. */
    final class HeldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Without the sessions: who asked knows them. */
        public HeldException() {
            super("somebody else holds a session locked");
        }
    }

    /**
     * Takes out the sessions together, committed before returning. From then on no request on any node finds them, also
     * if it began before; what ended is on the revocation list by the same commit.
     *
     * @param twinsToo whether the session of the other kind of each id ends as well, also one that a request under way is
     *     just making; one that is there already is named like the others
     * @param patient whether to wait, for seconds, for a session that somebody else holds
     * @return those that were there, be it in a cache only; the others were gone already
     * @throws HeldException only when not patient
     * @throws RuntimeException when the store failed: then all of them are as they were, unless the answer to a commit
     *     got lost
     */
    List<Ended> end(List<SessionRef> sessions, boolean twinsToo, boolean patient);

    /** Which of the sessions are there now, read anew. */
    List<SessionRef> stillThere(List<SessionRef> sessions);

    /** All sessions, of both kinds, that the store keeps by these ids now, read anew. */
    List<SessionRef> existing(Collection<String> sids);
}
