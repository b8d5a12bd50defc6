package dev.identities.api.pingfederate;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.OAuthClientAuthentication;
import dev.identities.access.OAuthClientCaller;
import dev.identities.api.Api;
import dev.identities.api.ApiRequest;
import dev.identities.api.Json;
import dev.identities.api.MalformedRequestException;
import dev.identities.api.Query;
import dev.identities.ending.RevocationList;
import dev.identities.ending.Revocations;
import dev.identities.listing.Directory;
import dev.identities.listing.SessionCatalog;
import dev.identities.settings.RealmSettings;
import dev.identities.text.LogText;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * PingFederate's session management at {@code /pf-ws/rest/sessionMgmt}: by user key, by SRI, and the list of revoked
 * SRIs. Here is what they share: who may call, what a request may hold, how errors look.
 */
public final class PingFederateApi implements Api {

    /** What client authentication may put into the query; everything else must be known. */
    private static final Set<String> CREDENTIAL_PARAMETERS =
            Set.of("client_id", "client_assertion", "client_assertion_type");

    private static final List<String> ROOT = List.of("rest", "sessionMgmt");

    private static final Logger LOG = Logger.getLogger(PingFederateApi.class);

    private final String realm;
    private final OAuthClientAuthentication authentication;
    private final RealmSettings settings;
    private final List<Endpoint> endpoints;

    /**
     * What the API works on.
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
     */
    public PingFederateApi(Realm realm, OAuthClientAuthentication authentication, SriAudit audit, RateLimit rateLimit) {
        this.realm = realm.name();
        this.authentication = authentication;
        this.settings = realm.settings();
        PingRenderer renderer = new PingRenderer(realm.directory());
        this.endpoints = List.of(
                new UsersEndpoint(realm, renderer, rateLimit),
                new SessionsEndpoint(realm, renderer, audit),
                new RevokedSrisEndpoint(realm, audit));
    }

    @Override
    public Response handle(ApiRequest request) {
        try {
            return answer(request).build();
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

    private Response.ResponseBuilder answer(ApiRequest request)
            throws PingError.Raised, AccessDeniedException, MalformedRequestException {
        OAuthClientCaller client = authentication.authenticate();
        List<String> path = request.segments();
        Endpoint endpoint = endpoint(path);
        endpoint.requireAllowed(client);
        boolean xsrfHeader = settings.requireXsrfHeader() || endpoint.alwaysRequiresXsrfHeader();
        if (xsrfHeader && request.header("X-XSRF-Header").isEmpty()) {
            throw PingError.xsrfHeader().raised();
        }
        Query query = request.query();
        requireKnown(query, endpoint.parameters());
        return endpoint.answer(request, client, path.subList(ROOT.size() + 1, path.size()), query);
    }

    private Endpoint endpoint(List<String> path) throws PingError.Raised {
        if (path.size() <= ROOT.size() || !path.subList(0, ROOT.size()).equals(ROOT)) {
            throw PingError.noSuchPath().raised();
        }
        return endpoints.stream()
                .filter(endpoint -> endpoint.name().equals(path.get(ROOT.size())))
                .filter(Endpoint::offered)
                .findFirst()
                .orElseThrow(() -> PingError.noSuchPath().raised());
    }

    private static void requireKnown(Query query, Set<String> own) throws PingError.Raised {
        Optional<String> repeated = query.repeated();
        if (repeated.isPresent()) {
            throw PingError.repeatedParameter(LogText.clean(repeated.get())).raised();
        }
        for (String name : query.parameters().keySet()) {
            if (!own.contains(name) && !CREDENTIAL_PARAMETERS.contains(name)) {
                throw PingError.unknownParameter(LogText.clean(name)).raised();
            }
        }
    }

    private PingError denied(AccessDeniedException.Reason reason) {
        return switch (reason) {
            case BEARER_TOKEN ->
                PingError.unauthenticated(
                        realm,
                        "This API takes no bearer token: the OAuth client authenticates itself, by the method configured"
                                + " for it (for example HTTP Basic with client id and secret).");
            case NOT_ALLOWED ->
                PingError.unauthenticated(
                        realm, "Only a confidential client that authenticates itself may use this API.");
            case CLIENT_POLICY -> PingError.clientPolicy();
            case REALM_DISABLED -> PingError.realmDisabled();
            case HTTPS_REQUIRED -> PingError.httpsRequired();
            case NO_CREDENTIALS, UNSUPPORTED_SCHEME, MALFORMED_CREDENTIALS, INVALID_CREDENTIALS ->
                PingError.unauthenticated(realm, "Client authentication failed.");
        };
    }

    private static Response error(PingError error) {
        Response.ResponseBuilder response =
                Json.response(error.status(), new PingJson.Failure(error.resultId(), error.message()));
        if (error.header() != null) {
            response.header(error.header(), error.headerValue());
        }
        return response.build();
    }
}
