package dev.identities.pingfederate;

import dev.identities.access.OAuthClientCaller;
import dev.identities.revocation.RevocationReport;

/** Writes down which client revoked which sessions: event {@code SRI_REVOKED}. */
@FunctionalInterface
public interface SriAudit {

    /**
     * Records what was done, also when part of it failed.
     *
     * @param userKey the key that the client gave; untrusted, shown as the realm configures
     */
    void revoked(OAuthClientCaller client, String userKey, RevocationReport report);
}
