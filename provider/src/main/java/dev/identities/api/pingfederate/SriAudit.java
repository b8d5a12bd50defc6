package dev.identities.api.pingfederate;

import dev.identities.access.OAuthClientCaller;
import dev.identities.session.SessionRef;

/**
 * Records the changes of clients that end no session, under the names that PingFederate's audit log has for them. The
 * audit of ended sessions is an {@link dev.identities.ending.EndingListener}.
 */
public interface SriAudit {

    /** {@code SRI_REVOKED} for an SRI that was put on the list while no session ended. */
    void listed(OAuthClientCaller client, String sri);

    /** {@code SRI_REVOKED} for a revocation by user key that may have missed people without a stored account. */
    void incomplete(OAuthClientCaller client);

    /** {@code AUTHN_SOURCE_SESSION_DELETED}: one of a session's authentication sources, the session lives on. */
    void sourceDeleted(OAuthClientCaller client, SessionRef session, String authnSessionId);
}
