package dev.identities.ending;

import dev.identities.notify.Message;
import dev.identities.session.SessionRef;
import java.util.Collection;
import java.util.List;

/** Removes sessions where they are kept. */
public interface SessionStore {

    /**
     * A session that a call has removed.
     *
     * @param messages one for each application, and one for the identity provider, that is still to be told
     */
    record Ended(SessionRef session, List<Message> messages) {}

    /** Another transaction holds one of the sessions. The store touched none of them. */
    final class HeldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** It does not name the sessions, because the caller knows them. */
        public HeldException() {
            super("somebody else holds a session locked");
        }
    }

    /**
     * Removes the sessions together and commits before it returns. From then on no request on any node finds them, not
     * even one that began before. The same commit puts the ended sessions on the revocation list.
     *
     * @param twinsToo whether twins that requests under way are just making end as well. The caller names twins that
     *     exist already in {@code sessions}
     * @param patient whether to wait some seconds for a session that another transaction holds
     * @return the sessions that were there, ghosts included; the others were gone already
     * @throws HeldException when another transaction holds a session, and only if not patient
     * @throws RuntimeException when the store failed. Then all sessions are as they were, unless the answer to a commit
     *     got lost
     */
    List<Ended> end(List<SessionRef> sessions, boolean twinsToo, boolean patient);

    /** Which of the sessions are there now, read anew. */
    List<SessionRef> stillThere(List<SessionRef> sessions);

    /** All sessions, of both kinds, that the store keeps by these ids now, read anew. */
    List<SessionRef> existing(Collection<String> sids);
}
