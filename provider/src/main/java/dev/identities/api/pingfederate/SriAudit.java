package dev.identities.api.pingfederate;

import dev.identities.access.OAuthClientCaller;
import dev.identities.ending.RevocationReport;
import dev.identities.session.SessionRef;
import java.util.Optional;

/** Writes down which client revoked which sessions, under the names that PingFederate's audit log has for it. */
public interface SriAudit {

    /**
     * {@code SRI_REVOKED}, once per session: what was done, also when part of it failed.
     *
     * @param userKey the key that the client gave, or its hash; untrusted, shown as the realm configures. Empty for a
     *     revocation by SRI
     */
    void revoked(OAuthClientCaller client, Optional<String> userKey, RevocationReport report);

    /** {@code SRI_REVOKED} for an SRI that was put on the list while no session ended. */
    void listed(OAuthClientCaller client, String sri);

    /** {@code AUTHN_SOURCE_SESSION_DELETED}: one of a session's authentication sources, the session lives on. */
    void sourceDeleted(OAuthClientCaller client, SessionRef session, String authnSessionId);
}
