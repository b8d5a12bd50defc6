package dev.identities.api.ngrok;

import dev.identities.ending.RevocationReport;

/** Writes down who ended which sessions, and why. */
@FunctionalInterface
public interface RevocationAudit {

    /**
     * Records what was done, also when part of it failed.
     *
     * @param reason the caller's words, possibly empty; untrusted
     */
    void revoked(RevocationReport report, String reason);
}
