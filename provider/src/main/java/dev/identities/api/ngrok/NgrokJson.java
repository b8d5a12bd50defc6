package dev.identities.api.ngrok;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/** The API's bodies. Member names and their order are the wire contract; members behind a comment line are ours. */
final class NgrokJson {

    private NgrokJson() {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record UserList(
            List<User> applicationUsers,
            String uri,
            String nextPageUri,
            // Addition: only where it was asked for
            @JsonInclude(JsonInclude.Include.NON_NULL) Total total) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record SessionList(
            List<Session> applicationSessions,
            String uri,
            String nextPageUri,
            // Addition: only where it was asked for
            @JsonInclude(JsonInclude.Include.NON_NULL) Total total) {}

    record Total(long value, String relation) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record User(
            String id,
            String uri,
            Provider identityProvider,
            String providerUserId,
            String username,
            String email,
            String name,
            String createdAt,
            String lastActive,
            String lastLogin,
            // Additions
            boolean enabled,
            String account,
            long sessionsCount,
            List<Provider> identityProviders,
            Access access,
            List<Client> clients,
            Session latestSession,
            List<String> signals,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, SignalDetail> signalDetails) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Provider(
            String name,
            String url,
            // Addition: empty for the realm's own accounts
            String alias) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Session(
            String id,
            String uri,
            String publicUrl,
            BrowserSession browserSession,
            PersonRef applicationUser,
            String createdAt,
            String lastActive,
            String expiresAt,
            Ref endpoint,
            Ref edge,
            Ref route,
            // Additions
            String kind,
            String idleExpiresAt,
            Provider identityProvider,
            String authMethod,
            boolean rememberMe,
            List<Client> clients,
            Access access,
            boolean current,
            Impersonator impersonator,
            String grant,
            String suspended,
            List<String> signals,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, SignalDetail> signalDetails) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record BrowserSession(
            UserAgent userAgent,
            String ipAddress,
            Location location,
            // Addition
            String recordedIpAddress) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record UserAgent(
            String raw,
            String browserName,
            String browserVersion,
            String deviceType,
            String osName,
            String osVersion) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Location(
            String countryCode,
            Double latitude,
            Double longitude,
            Integer latLongRadiusKm,
            // Additions
            String city,
            String source,
            String attribution,
            String attributionUrl) {}

    record Ref(String id, String uri) {}

    /** The names are additions: a list of sessions says whose each is. */
    record PersonRef(String id, String uri, String username, String name) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Client(String clientId, String name, String baseUrl, String startedAt, String lastActive, String uuid) {}

    record Access(boolean manage) {}

    /** A member that says nothing about the signal is left out. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SignalDetail(
            String sessionId,
            String otherSessionId,
            Long distanceKm,
            Long seconds,
            Long speedKmh,
            String country,
            String device,
            List<String> others,
            Long days) {}

    record Impersonator(String id, String username) {}

    /** An event of the feed. The session is null if it was gone before it could be read. */
    record Event(
            String id,
            String type,
            String time,
            String sid,
            String kind,
            EventUser user,
            Session session,
            End ended,
            RaisedSignal signal) {}

    /** Whose session an event is about. */
    record EventUser(String id, String uri, String username) {}

    /** The signal that an event is about; null for other events. Details are null for a code that says it all. */
    record RaisedSignal(String code, SignalDetail details) {}

    /** Why a session ended; null for other events. */
    record End(Party by, String through, String reason) {}

    record Party(String kind, String id, String name) {}

    record Report(List<EndedSession> sessions) {}

    record EndedSession(String id, String kind, String status, List<NotifiedParty> applications) {}

    record NotifiedParty(String party, String name, String status) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record BulkPreview(
            boolean dryRun,
            int sessions,
            long users,
            long applications,
            Map<String, Long> identityProviders,
            boolean more,
            long forbidden,
            boolean includesCaller,
            boolean reasonRequired,
            String asOf,
            List<Session> sample,
            String ticket,
            String expiresAt) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record BulkResult(
            long ended,
            long alreadyGone,
            long noLongerMatching,
            @JsonProperty("new") long newlyMatching,
            long forbidden,
            List<BulkFailure> failed,
            boolean callerLeftOut,
            boolean more,
            List<EndedSession> reports) {}

    record BulkFailure(String id, String message) {}

    record BulkProgress(int done, int of) {}

    record BulkProgressLine(BulkProgress progress) {}

    record BulkResultLine(BulkResult result) {}

    record BulkErrorLine(Failure error) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Failure(String errorCode, int statusCode, String msg, Map<String, String> details) {}
}
