package dev.identities.api.pingfederate;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.OAuthClientAuthentication;
import dev.identities.access.OAuthClientCaller;
import dev.identities.api.Answer;
import dev.identities.api.Api;
import dev.identities.api.ApiRequest;
import dev.identities.api.Json;
import dev.identities.api.MalformedRequestException;
import dev.identities.api.Router;
import dev.identities.ending.RevocationList;
import dev.identities.ending.Revocations;
import dev.identities.listing.Directory;
import dev.identities.listing.SessionCatalog;
import dev.identities.settings.RealmSettings;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

/**
 * PingFederate's session management at {@code /pf-ws/rest/sessionMgmt}: by user key, by SRI, and the list of revoked
 * SRIs. This class authenticates the caller and writes errors. The paths are in {@link PingRoutes}.
 */
public final class PingFederateApi implements Api {

    private static final Logger LOG = Logger.getLogger(PingFederateApi.class);

    private final String realm;
    private final OAuthClientAuthentication authentication;
    private final Router<OAuthClientCaller, PingError.Raised> router;

    /**
     * The parts that the API uses.
     *
     * @param userKeys finds people by key
     * @param catalog finds sessions
     * @param revocations ends them
     * @param changes changes them
     */
    public record Realm(
            String name,
            RealmSettings settings,
            UserKeys userKeys,
            SessionCatalog catalog,
            Directory directory,
            Revocations revocations,
            RevocationList revocationList,
            SessionChanges changes) {}

    /**
     * The API in one realm, for one request.
     *
     * @param rateLimit lives as long as the server
     * @param delay of answers by user key with nothing in them
     */
    public PingFederateApi(
            Realm realm,
            OAuthClientAuthentication authentication,
            SriAudit audit,
            RateLimit rateLimit,
            EmptyAnswerDelay delay) {
        this.realm = realm.name();
        this.authentication = authentication;
        PingRenderer renderer = new PingRenderer(realm.directory());
        this.router = PingRoutes.of(
                realm.settings(),
                new UsersEndpoint(realm, renderer, rateLimit, delay, audit),
                new SessionsEndpoint(realm, renderer, audit),
                new RevokedSrisEndpoint(realm, audit));
    }

    /** The answer to a request whose {@code Host} header makes no URL. */
    public static Answer malformedHost() {
        return error(PingError.invalid("malformed Host header"));
    }

    @Override
    public Answer handle(ApiRequest request) {
        try {
            return router.answer(authentication.authenticate(), request);
        } catch (PingError.Raised raised) {
            return error(raised.error());
        } catch (AccessDeniedException denied) {
            return error(denied(denied.reason()));
        } catch (MalformedRequestException bad) {
            return error(PingError.invalid(bad.getMessage()));
        } catch (RuntimeException e) {
            // The path is not logged: it holds the user key.
            LOG.errorf(e, "%s failed", request.method());
            return error(PingError.unavailable());
        }
    }

    private PingError denied(AccessDeniedException.Reason reason) {
        return switch (reason) {
            case BEARER_TOKEN ->
                PingError.unauthenticated(
                        realm,
                        "This API takes no bearer token: the OAuth client authenticates itself, by the method configured"
                                + " for it (for example HTTP Basic with client id and secret).");
            case REPEATED_CREDENTIALS ->
                PingError.unauthenticated(realm, "There is more than one Authorization header.");
            case CLIENT_POLICY, NO_PROOF_OF_POSSESSION -> PingError.clientPolicy();
            case REALM_DISABLED -> PingError.realmDisabled();
            case HTTPS_REQUIRED -> PingError.httpsRequired();
            case NO_CREDENTIALS,
                    UNSUPPORTED_SCHEME,
                    MALFORMED_CREDENTIALS,
                    CONTROL_CHARACTER_IN_KEY,
                    PERCENT_SIGN_IN_KEY,
                    INVALID_CREDENTIALS,
                    INVALID_OR_UNENCODED_KEY,
                    NOT_ALLOWED -> PingError.unauthenticated(realm, "Client authentication failed.");
        };
    }

    private static Answer error(PingError error) {
        Response.ResponseBuilder response =
                Json.response(error.status(), new PingJson.Failure(error.resultId(), error.message()));
        if (error.header() != null) {
            response.header(error.header(), error.headerValue());
        }
        return Answer.of(response.build());
    }
}
