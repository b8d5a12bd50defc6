package dev.identities.api.pingfederate;

import dev.identities.settings.ClientSettings;
import dev.identities.settings.UserKeyHash;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An error of the API. The form {@code {resultId, message}} is that of PingFederate's neighbouring APIs; its own is not
 * documented.
 */
record PingError(int status, String resultId, String message, String header, String headerValue) {

    /** Thrown to answer with the error; carries no stack, it is an answer and not a fault. */
    static final class Raised extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient PingError error;

        Raised(PingError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        PingError error() {
            return error;
        }
    }

    Raised raised() {
        return new Raised(this);
    }

    private static PingError of(int status, String resultId, String message) {
        return new PingError(status, resultId, message, null, null);
    }

    /** A realm's name may hold quotes and more that has no place in a header. */
    static PingError unauthenticated(String realm, String message) {
        return new PingError(
                401,
                "invalid_client",
                message,
                "WWW-Authenticate",
                "Basic realm=\"" + URLEncoder.encode(realm, StandardCharsets.UTF_8) + "\", charset=\"UTF-8\"");
    }

    static PingError sessionManagementNotAllowed() {
        return notAllowed("Session Management API", ClientSettings.SESSION_MANAGEMENT_API);
    }

    static PingError sessionRevocationNotAllowed() {
        return notAllowed("Session Revocation API", ClientSettings.SESSION_REVOCATION_API);
    }

    private static PingError notAllowed(String api, String attribute) {
        return of(
                403,
                "access_denied",
                "The client is not allowed to use the " + api + " (client attribute " + attribute + ").");
    }

    static PingError clientPolicy() {
        return of(403, "access_denied", "A client policy of the realm does not permit this call.");
    }

    static PingError realmDisabled() {
        return of(403, "access_denied", "The realm is disabled.");
    }

    static PingError httpsRequired() {
        return of(403, "access_denied", "The realm requires HTTPS.");
    }

    static PingError xsrfHeader() {
        return of(403, "xsrf_header_required", "The header X-XSRF-Header is required, with any value.");
    }

    static PingError invalid(String problem) {
        return of(400, "invalid_request", "The request cannot be read: " + problem + ".");
    }

    static PingError unknownParameter(String name) {
        return of(400, "invalid_request", "Unknown parameter: " + name + ".");
    }

    static PingError repeatedParameter(String name) {
        return of(400, "invalid_request", "A parameter was given more than once: " + name + ".");
    }

    static PingError noUserKey() {
        return of(400, "invalid_request", "A user_key is needed: as path segment, or as query parameter.");
    }

    static PingError barePlus() {
        return of(
                400, "invalid_request", "A plus sign in the query is ambiguous: write %2B for it, or %20 for a space.");
    }

    static PingError ambiguousUserKey(int max) {
        return of(
                400,
                "ambiguous_user_key",
                "More than " + max + " users share this user_key: the configured attribute does not name people.");
    }

    static PingError notAHash(UserKeyHash expected) {
        return of(
                400,
                "invalid_request",
                "This realm takes hashed user keys: the user_key must be one (" + expected + ").");
    }

    static PingError hashOfAnotherAttribute() {
        return of(
                400,
                "invalid_request",
                "Hashed user keys are those of the realm's user key attribute: the client's own"
                        + " identities.user-key-attribute cannot be used with them.");
    }

    static PingError tooManyRequests(Duration wait) {
        long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
        return new PingError(
                429,
                "too_many_requests",
                "Too many requests by user key. Wait " + seconds + " seconds.",
                "Retry-After",
                Long.toString(seconds));
    }

    static PingError malformedSri() {
        return of(400, "invalid_sri", "The session identifier is malformed.");
    }

    static PingError noSuchAuthnSession() {
        return of(404, "not_found", "The session has no such authentication session.");
    }

    static PingError notListed() {
        return of(404, "not_found", "The session identifier is not on the revocation list.");
    }

    static PingError jsonRequired() {
        return of(415, "unsupported_media_type", "The body must be JSON (Content-Type: application/json).");
    }

    static PingError badBody() {
        return of(400, "invalid_request", "The body must be a JSON object with the one member id, a string.");
    }

    static PingError noSuchPath() {
        return of(404, "not_found", "There is nothing at this path.");
    }

    static PingError methodNotAllowed(String allowed) {
        return new PingError(405, "method_not_allowed", "Only " + allowed + " is allowed here.", "Allow", allowed);
    }

    static PingError storeFailed(long failed) {
        return of(
                503,
                "service_unavailable",
                failed + " sessions could not be revoked. Repeat the call to revoke the rest.");
    }

    static PingError unavailable() {
        return of(503, "service_unavailable", "The sessions cannot be reached. See the server's log.");
    }
}
