package dev.identities.bulk;

import dev.identities.ending.BulkEnded;
import dev.identities.ending.RevocationReport;
import java.util.List;

/**
 * The outcome of a call.
 *
 * @param counts of the sessions that were asked for; twins that went along are not counted
 * @param failures the sessions that may still be there
 * @param report the outcome of each session that was tried, twins included
 */
public record BulkReport(BulkEnded.Counts counts, List<Failure> failures, RevocationReport report) {

    /**
     * A session that may still be there.
     *
     * @param id its public id; Keycloak's own id for a twin that was to go along
     * @param tried whether the call came to it
     */
    public record Failure(String id, boolean tried) {}
}
