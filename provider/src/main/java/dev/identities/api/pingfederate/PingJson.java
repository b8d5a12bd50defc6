package dev.identities.api.pingfederate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** The API's bodies, members in the documented order. A member that does not apply is left out, never null. */
final class PingJson {

    private PingJson() {}

    /** One SRI's sessions: the documented object. Only its first two members where nothing lives. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SriSessions(
            String sri,
            String status,
            String lastActivityTime,
            List<AuthnSession> authnSessions,
            ContextData contextData) {}

    /**
     * The answer to a query: the documented object for the most recently active SRI, and in addition one such object
     * per SRI. The documentation shows a single object only, and two browsers cannot share one without loss.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserSessions(@JsonUnwrapped SriSessions latest, List<SriSessions> sessions) {}

    record AuthnSession(
            AuthnSource authnSource, String id, String creationTime, String idleTimeout, String maxTimeout) {}

    /** {@code entityId} only for identity providers, {@code adapterType} only for adapters. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuthnSource(String sourceType, String id, String entityId, String adapterType) {}

    /** {@code recordedIpAddress}, {@code grant} and {@code impersonatorId} are additions. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ContextData(
            String ipAddress, String userAgent, String recordedIpAddress, String grant, String impersonatorId) {}

    record Failure(String resultId, String message) {}
}
