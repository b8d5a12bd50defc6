package dev.identities.revocation;

import dev.identities.session.SessionRef;
import java.util.List;

/** Where sessions are taken out. */
public interface SessionStore {

    /**
     * A session that was there and is gone.
     *
     * @param messages what is left to do: tell applications and the identity provider, each a message of its own
     */
    record Ended(SessionRef session, List<Message> messages) {}

    /**
     * Takes out the sessions together, committed before returning.
     *
     * @return those that were there; the others were gone already
     * @throws RuntimeException when the store failed: then nothing was taken out
     */
    List<Ended> end(List<SessionRef> sessions);

    /** Which of the sessions are there now, read anew; one that a request under way revived is taken out again. */
    List<SessionRef> stillThere(List<SessionRef> sessions);
}
