package dev.identities.api.ngrok;

import dev.identities.bulk.BulkRefusedException;
import dev.identities.feed.FeedHub;
import dev.identities.listing.LongScans;
import dev.identities.text.LogText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An error of the API. The codes are ngrok's where its clients or documentation know one; the words are ours.
 *
 * @param code the number behind {@code ERR_NGROK_}
 * @param retryAfter when the same call may succeed, in whole seconds; empty where time changes nothing, or nobody knows
 */
record NgrokError(int status, int code, String message, Map<String, String> details, Optional<Duration> retryAfter) {

    private NgrokError(int status, int code, String message) {
        this(status, code, message, Map.of(), Optional.empty());
    }

    /** Too many at the moment. */
    private NgrokError(String message, Duration retryAfter) {
        this(429, 429, message, Map.of(), Optional.of(retryAfter));
    }

    /** Thrown to answer with the error; carries no stack, it is an answer and not a fault. */
    static final class Raised extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient NgrokError error;

        Raised(NgrokError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        NgrokError error() {
            return error;
        }
    }

    Raised raised() {
        return new Raised(this);
    }

    static NgrokError noCredentials() {
        return new NgrokError(
                403, 200, "An Authorization header is needed: a bearer token of an administrator, or an API key.");
    }

    static NgrokError unsupportedScheme() {
        return new NgrokError(403, 201, "The Authorization header must use the scheme Bearer, DPoP or Basic.");
    }

    static NgrokError malformedCredentials() {
        return new NgrokError(
                403, 202, "The credential is neither an access token nor base64 of client_id:client_secret.");
    }

    static NgrokError repeatedCredentials() {
        return new NgrokError(403, 202, "There is more than one Authorization header.");
    }

    static NgrokError controlCharacterInKey() {
        return new NgrokError(
                403,
                202,
                "The API key holds a line break or another control character:"
                        + " encode client_id:client_secret without one (printf %s, not echo).");
    }

    static NgrokError percentSignInKey() {
        return new NgrokError(
                403,
                202,
                "The API key holds a percent sign that begins no percent-encoding:"
                        + " client id and client secret are URL-encoded before base64, so write %25.");
    }

    static NgrokError invalidCredentials() {
        return new NgrokError(403, 203, "The credential is not valid, or not any more.");
    }

    static NgrokError invalidOrUnencodedKey() {
        return new NgrokError(
                403,
                203,
                "The credential is not valid, or not any more. It holds a plus sign, a percent sign or a second colon:"
                        + " client id and client secret are URL-encoded before base64 (RFC 6749, 2.3.1),"
                        + " so write %2B, %25 and %3A.");
    }

    static NgrokError realmDisabled() {
        return new NgrokError(403, 204, "The realm is disabled.");
    }

    static NgrokError httpsRequired() {
        return new NgrokError(403, 205, "The realm requires HTTPS.");
    }

    static NgrokError notPermitted() {
        return new NgrokError(
                403,
                206,
                "The credential is valid, but lacks the permission: view-users to read, manage-users to end.");
    }

    static NgrokError clientPolicy() {
        return new NgrokError(403, 207, "A client policy of the realm does not permit this call by API key.");
    }

    static NgrokError noProofOfPossession() {
        return new NgrokError(
                403,
                207,
                "The tokens of this client are bound to a key or a certificate, and so is its API key:"
                        + " a DPoP proof for this call, or a client certificate, is needed.");
    }

    static NgrokError bodyNotExpected() {
        return new NgrokError(400, 211, "This method expects no body.");
    }

    static NgrokError unsupportedVersion(String version) {
        return new NgrokError(400, 217, "Version not supported: " + LogText.clean(version) + ". Supported: 2.");
    }

    static NgrokError noVersion() {
        return new NgrokError(400, 218, "The header ngrok-version is needed. Supported: 2.");
    }

    static NgrokError invalidId() {
        return new NgrokError(404, 222, "The identifier is not valid for this kind of resource.");
    }

    static NgrokError invalidBeforeId(String value) {
        return new NgrokError(400, 223, "before_id is not the id of an item of this list: " + LogText.clean(value));
    }

    static NgrokError foreignBeforeId(String prefix) {
        return new NgrokError(400, 227, "before_id is the id of another kind of resource; expected prefix: " + prefix);
    }

    static NgrokError badQuery(String problem) {
        return new NgrokError(400, 230, "The request cannot be parsed: " + problem + ".");
    }

    static NgrokError unknownParameter(String name, String known) {
        return new NgrokError(
                400, 231, "Query parameter unknown here: " + LogText.clean(name) + ". Supported: " + known + ".");
    }

    static NgrokError repeatedParameter(String name) {
        return new NgrokError(400, 232, "A query parameter was given more than once: " + LogText.clean(name) + ".");
    }

    static NgrokError missingParameter(String name) {
        return new NgrokError(400, 230, "A query parameter is needed: " + name + ".");
    }

    static NgrokError limitOutOfRange(String value) {
        return new NgrokError(
                400, 233, "limit must be within 1 and " + NgrokApi.MAX_LIMIT + ": " + LogText.clean(value));
    }

    static NgrokError limitNotANumber(String value) {
        return new NgrokError(
                400, 244, "limit must be a number within 1 and " + NgrokApi.MAX_LIMIT + ": " + LogText.clean(value));
    }

    static NgrokError reasonTooLong() {
        return new NgrokError(400, 230, "reason must not be longer than " + NgrokApi.MAX_REASON + " characters.");
    }

    static NgrokError badBody(String problem) {
        return new NgrokError(400, 230, "The body cannot be used: " + problem + ".");
    }

    static NgrokError bulkRefused(BulkRefusedException.Reason reason) {
        return new NgrokError(
                409,
                409,
                switch (reason) {
                    case UNKNOWN ->
                        "The ticket does not open: it was altered, or is of another realm. Make a new dry run.";
                    case OTHER_CALLER -> "The ticket is of another caller. Make a dry run of your own.";
                    case OTHER_FILTER -> "The ticket is of another filter. Make a dry run with this one.";
                    case EXPIRED -> "The ticket is older than ten minutes. Make a new dry run.";
                    case USED -> "The ticket was used: a call with it has begun. Make a new dry run for what is left.";
                    case NO_REASON -> "So many sessions need a reason (identities.bulk-reason-threshold).";
                });
    }

    static NgrokError reportNotABoolean(String value) {
        return new NgrokError(400, 230, "report must be true or false: " + LogText.clean(value));
    }

    static NgrokError unknownOrder(String value) {
        return new NgrokError(400, 230, "order_by must be last_active: " + LogText.clean(value));
    }

    static NgrokError searchLength() {
        return new NgrokError(400, 230, "search must be 1 to " + UserFilter.MAX_SEARCH + " characters, not all blank.");
    }

    static NgrokError noIdentityProvider() {
        return new NgrokError(400, 230, "identity_provider must not be empty.");
    }

    static NgrokError invalidFilter(String problem) {
        return new NgrokError(400, 250, "Invalid CEL query: " + LogText.clean(problem));
    }

    static NgrokError invalidAsOf(String value) {
        return new NgrokError(
                400, 230, "as_of goes with a filter and is a time as in next_page_uri: " + LogText.clean(value));
    }

    static NgrokError totalNotABoolean(String value) {
        return new NgrokError(400, 230, "total must be true or false: " + LogText.clean(value));
    }

    static NgrokError busy() {
        return new NgrokError(
                "Too many filters are searching through all sessions at the moment. Repeat the call later.",
                LongScans.RETRY_AFTER);
    }

    static NgrokError tooLong() {
        return new NgrokError(
                503,
                252,
                "The sessions could not be searched within a minute, and none was ended. Narrow the filter,"
                        + " for example by person, application or time.");
    }

    static NgrokError invalidLastEventId(String value) {
        return new NgrokError(400, 230, "Last-Event-ID is not the id of an event of a feed: " + LogText.clean(value));
    }

    static NgrokError tooManyFeeds() {
        return new NgrokError(
                "Too many open feeds: " + FeedHub.MAX_PER_ACCOUNT + " for each account and " + FeedHub.MAX_PER_NODE
                        + " for each node are served.",
                FeedHub.RETRY_AFTER);
    }

    static NgrokError notFound() {
        return new NgrokError(404, 404, "Resource not found");
    }

    static NgrokError noSuchPath(String path) {
        return new NgrokError(404, 404, "Not Found", Map.of("path", path), Optional.empty());
    }

    static NgrokError onlyOfflineLeft() {
        return new NgrokError(
                409,
                409,
                "Only offline sessions are left, and this realm keeps them (identities.revoke-offline-sessions).");
    }

    static NgrokError notAllEnded(long failed) {
        return new NgrokError(503, 251, failed + " sessions could not be ended. Repeat the call to end the rest.");
    }

    static NgrokError unavailable() {
        return new NgrokError(503, 503, "The sessions cannot be reached. Repeat the call later.");
    }

    static NgrokError internal() {
        return new NgrokError(500, 500, "Internal error. The server's log names the operation.");
    }
}
