package dev.identities.api.pingfederate;

import dev.identities.session.SessionRef;

/** What this API changes in sessions that live on. Each change is committed, for every node, when a method returns. */
public interface SessionChanges {

    /**
     * Counts as activity of the person now: the idle limit of the sessions of this Keycloak session id, online and
     * offline, and of their applications starts anew. The maximum lifespan stays what it is. Nothing happens to a
     * session that is over.
     */
    void extend(String sid);

    /**
     * Takes one step out of what the person proved at sign-in, and with it the levels of authentication reached by it:
     * where a flow asks for that step or a level again, the person has to prove it again. A sign-in that is under way in
     * the session's browser has to start again.
     *
     * @param execution id of the step in the realm's flow
     * @return false when the session is over or knows of no such step
     */
    boolean forgetAuthentication(SessionRef session, String execution);
}
