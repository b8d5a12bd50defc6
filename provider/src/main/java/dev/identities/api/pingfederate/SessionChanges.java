package dev.identities.api.pingfederate;

import dev.identities.session.SessionRef;

/** Changes sessions that live on. Each change is committed, for every node, when a method returns. */
public interface SessionChanges {

    /**
     * Counts as activity of the person now. The idle limit starts anew for the sessions of this Keycloak session id,
     * online and offline, and for their applications. The maximum lifespan stays the same. A session that is over, or
     * that Keycloak refuses now, is not changed.
     */
    void extend(String sid);

    /**
     * Removes one completed step of the sign-in, and with it the session's levels of authentication. A flow that asks
     * for the step or for a level then makes the person prove it again. A sign-in that is under way in the session's
     * browser has to start again.
     *
     * @param execution id of the step in the realm's flow
     * @return false when the session is over or knows of no such step
     */
    boolean forgetAuthentication(SessionRef session, String execution);
}
