package dev.identities.api.pingfederate;

import dev.identities.access.OAuthClientCaller;
import dev.identities.api.ApiRequest;
import dev.identities.api.Area;
import dev.identities.api.Guard;
import dev.identities.api.Handler;
import dev.identities.api.Route;
import dev.identities.api.Router;
import dev.identities.settings.RealmSettings;
import java.util.List;

/**
 * The table of the API's routes. If a client is not switched on for an area, or the realm does not offer it, all paths
 * of the area have the same answer, also paths that do not exist.
 */
final class PingRoutes {

    private static final String ROOT = "/rest/sessionMgmt";

    /** The parameters that client authentication may put into the query of every call. */
    private static final List<String> CREDENTIAL_PARAMETERS =
            List.of("client_id", "client_assertion", "client_assertion_type");

    private PingRoutes() {}

    static Router<OAuthClientCaller, PingError.Raised> of(
            RealmSettings settings, UsersEndpoint users, SessionsEndpoint sessions, RevokedSrisEndpoint revokedSris) {
        Guard<OAuthClientCaller, PingError.Raised> management =
                (client, request) -> requireSessionManagement(settings, client, request);
        Guard<OAuthClientCaller, PingError.Raised> revocation =
                (client, request) -> requireSessionRevocation(settings, client, request);
        return new Router<>(
                new PingRefusals(),
                List.of(
                        new Area<>(ROOT + "/users", management),
                        new Area<>(ROOT + "/sessions", management),
                        new Area<>(ROOT + "/revokedSris", revocation)),
                List.of(
                        route("GET", "/users/{user_key}", users::query),
                        route("GET", "/users?user_key", users::query),
                        route("POST", "/users/{user_key}/revoke", users::revoke),
                        route("POST", "/users/revoke?user_key", users::revoke),
                        route("GET", "/sessions/{sri}", sessions::state),
                        route("POST", "/sessions/{sri}/extend", sessions::extend),
                        route("POST", "/sessions/{sri}/revoke", sessions::revoke),
                        route("DELETE", "/sessions/{sri}/authnSessions/{id}", sessions::deleteSource),
                        route("POST", "/revokedSris", revokedSris::add).withBody(),
                        route("GET", "/revokedSris/{sri}", revokedSris::ask)));
    }

    private static Route<OAuthClientCaller, PingError.Raised> route(
            String method, String path, Handler<OAuthClientCaller, PingError.Raised> handler) {
        return Route.of(method, ROOT + path, handler).takes(CREDENTIAL_PARAMETERS);
    }

    /** One switch for the calls by user and by session. */
    private static void requireSessionManagement(RealmSettings settings, OAuthClientCaller client, ApiRequest request)
            throws PingError.Raised {
        requireOffered(settings.sessionManagementApi());
        if (!client.settings().sessionManagementApi()) {
            throw PingError.sessionManagementNotAllowed().raised();
        }
        if (settings.requireXsrfHeader()) {
            requireXsrfHeader(request);
        }
    }

    /** Requires the header against XSRF; no setting of the realm takes this away. */
    private static void requireSessionRevocation(RealmSettings settings, OAuthClientCaller client, ApiRequest request)
            throws PingError.Raised {
        requireOffered(settings.revocationList().api());
        if (!client.settings().sessionRevocationApi()) {
            throw PingError.sessionRevocationNotAllowed().raised();
        }
        requireXsrfHeader(request);
    }

    private static void requireOffered(boolean offered) throws PingError.Raised {
        if (!offered) {
            throw PingError.noSuchPath().raised();
        }
    }

    private static void requireXsrfHeader(ApiRequest request) throws PingError.Raised {
        if (request.header("X-XSRF-Header").isEmpty()) {
            throw PingError.xsrfHeader().raised();
        }
    }
}
