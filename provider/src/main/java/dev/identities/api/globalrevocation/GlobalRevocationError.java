package dev.identities.api.globalrevocation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.identities.api.Json;
import dev.identities.settings.ClientSettings;
import dev.identities.settings.IdentityProviderSettings;
import jakarta.ws.rs.core.Response;

/**
 * An error of the API. The draft has statuses only. The body has OAuth's form (RFC 6749, 5.2), because the callers are
 * identity providers and OAuth clients.
 *
 * @param code OAuth's where there is one
 */
record GlobalRevocationError(int status, String code, String message) {

    /** Thrown to answer with the error; carries no stack, it is an answer and not a fault. */
    static final class Raised extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient GlobalRevocationError error;

        Raised(GlobalRevocationError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        GlobalRevocationError error() {
            return error;
        }
    }

    /** The body of an error. */
    record Body(
            String error, @JsonProperty("error_description") String description) {}

    Raised raised() {
        return new Raised(this);
    }

    /** The answer, but for the challenge that goes with a 401. */
    Response.ResponseBuilder response() {
        return Json.response(status, new Body(code, message));
    }

    static GlobalRevocationError invalid(String problem) {
        return new GlobalRevocationError(400, "invalid_request", "The request cannot be read: " + problem + ".");
    }

    static GlobalRevocationError unauthenticated(String message) {
        return new GlobalRevocationError(401, "invalid_token", message);
    }

    static GlobalRevocationError providerNotAllowed() {
        return notAllowed("The identity provider is not allowed to use Global Token Revocation (its config "
                + IdentityProviderSettings.GLOBAL_TOKEN_REVOCATION + ").");
    }

    static GlobalRevocationError clientNotAllowed() {
        return notAllowed("The client is not allowed to use the Session Management API (client attribute "
                + ClientSettings.SESSION_MANAGEMENT_API + "), or the realm does not offer it.");
    }

    static GlobalRevocationError notAllowed(String message) {
        return new GlobalRevocationError(403, "access_denied", message);
    }

    /** The same for nobody, for somebody without a link, and for another provider's person. */
    static GlobalRevocationError noSuchPerson() {
        return notFound("No person whom this caller may name has this identifier.");
    }

    static GlobalRevocationError noSuchPath() {
        return notFound("There is nothing at this path for this method.");
    }

    private static GlobalRevocationError notFound(String message) {
        return new GlobalRevocationError(404, "not_found", message);
    }

    static GlobalRevocationError tooManyPeople(int max) {
        return new GlobalRevocationError(
                422, "ambiguous_subject", "More than " + max + " accounts have this identifier. Nothing was ended.");
    }

    static GlobalRevocationError offlineKept() {
        return new GlobalRevocationError(
                422,
                "offline_sessions_kept",
                "The online sessions ended, but the realm keeps offline sessions"
                        + " (identities.revoke-offline-sessions).");
    }

    static GlobalRevocationError notAllEnded(long failed) {
        return new GlobalRevocationError(
                503,
                "temporarily_unavailable",
                failed + " sessions could not be ended. Repeat the call, with a new token, to end the rest.");
    }

    static GlobalRevocationError notAllSearched() {
        return new GlobalRevocationError(
                503,
                "temporarily_unavailable",
                "Too many people have no stored account, so some sessions may be left.");
    }

    static GlobalRevocationError unavailable() {
        return new GlobalRevocationError(
                503, "temporarily_unavailable", "The sessions cannot be reached. Repeat the call with a new token.");
    }

    static GlobalRevocationError internal() {
        return new GlobalRevocationError(500, "server_error", "Internal error. See the server's log.");
    }
}
