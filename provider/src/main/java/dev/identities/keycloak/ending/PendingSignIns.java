package dev.identities.keycloak.ending;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** Sign-ins under way in the browser of a session. They go by the session's id. */
public final class PendingSignIns {

    private PendingSignIns() {}

    /**
     * Drops them, so that the browser must start again. A sign-in that is finished after the session has ended would
     * make a session of the same id anew. It needs no password if only a page behind the login form is left.
     */
    public static void drop(KeycloakSession own, String sid) {
        RealmModel realm = own.getContext().getRealm();
        RootAuthenticationSessionModel pending = own.authenticationSessions().getRootAuthenticationSession(realm, sid);
        if (pending != null) {
            own.authenticationSessions().removeRootAuthenticationSession(realm, pending);
        }
    }
}
