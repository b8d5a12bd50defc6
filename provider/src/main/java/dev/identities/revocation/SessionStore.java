package dev.identities.revocation;

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
     * Takes out the sessions together, committed before returning.
     *
     * @param patient whether to wait, for seconds, for a session that somebody else holds
     * @return those that were there; the others were gone already
     * @throws HeldException only when not patient
     * @throws RuntimeException when the store failed: then nothing was taken out
     */
    List<Ended> end(List<SessionRef> sessions, boolean patient);

    /** Which of the sessions are there now, read anew; one that a request under way revived is taken out again. */
    List<SessionRef> stillThere(List<SessionRef> sessions);

    /** All sessions, of both kinds, that the store keeps by these ids now, read anew. */
    List<SessionRef> kept(Collection<String> sids);
}
