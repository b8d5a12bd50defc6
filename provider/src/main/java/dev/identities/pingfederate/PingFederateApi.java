package dev.identities.pingfederate;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.OAuthClientAuthentication;
import dev.identities.access.OAuthClientCaller;
import dev.identities.catalog.Directory;
import dev.identities.catalog.SessionCatalog;
import dev.identities.http.Api;
import dev.identities.http.ApiRequest;
import dev.identities.http.BadRequestPart;
import dev.identities.http.Json;
import dev.identities.http.Query;
import dev.identities.revocation.LogText;
import dev.identities.revocation.Outcome;
import dev.identities.revocation.RevocationReport;
import dev.identities.revocation.Revocations;
import dev.identities.session.Session;
import dev.identities.session.UserId;
import dev.identities.settings.RealmSettings;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * {@code /pf-ws/rest/sessionMgmt/users}: query and revoke by user key.
 *
 * <p>An unknown key and a user without sessions are answered alike, by the same work: a client that may ask about
 * sessions does not thereby learn who has an account.
 */
public final class PingFederateApi implements Api {

    /** A key that more people share is not a key: neither a listing nor a revocation of them all is what was meant. */
    static final int MAX_USERS_PER_KEY = 100;

    /** Sessions shown per user; a script that signs in by the thousand shall not fill the answer. */
    static final int MAX_SESSIONS_SHOWN = 1_000;

    /** No answer with nothing in it is quicker: above what look-ups in a local user store differ by. */
    static final Duration EMPTY_ANSWER_FLOOR = Duration.ofMillis(20);

    /** Stands in for a user when nobody has the key, so that the store is asked all the same. Nobody has this id. */
    private static final UserId NOBODY = new UserId("00000000-0000-0000-0000-000000000000");

    private static final String USER_KEY = "user_key";

    /** What client authentication may put into the query; everything else must be known. */
    private static final Set<String> CREDENTIAL_PARAMETERS =
            Set.of("client_id", "client_assertion", "client_assertion_type");

    private static final Logger LOG = Logger.getLogger(PingFederateApi.class);

    private final String realm;
    private final OAuthClientAuthentication authentication;
    private final RealmSettings settings;
    private final UserKeys userKeys;
    private final SessionCatalog catalog;
    private final PingRenderer renderer;
    private final Revocations revocations;
    private final SriAudit audit;

    public PingFederateApi(
            String realm,
            OAuthClientAuthentication authentication,
            RealmSettings settings,
            UserKeys userKeys,
            SessionCatalog catalog,
            Directory directory,
            Revocations revocations,
            SriAudit audit) {
        this.realm = realm;
        this.authentication = authentication;
        this.settings = settings;
        this.userKeys = userKeys;
        this.catalog = catalog;
        this.renderer = new PingRenderer(directory);
        this.revocations = revocations;
        this.audit = audit;
    }

    @Override
    public Response handle(ApiRequest request) {
        try {
            return answer(request).build();
        } catch (PingError.Raised raised) {
            return error(raised.error());
        } catch (AccessDeniedException denied) {
            return error(denied(denied.reason()));
        } catch (BadRequestPart bad) {
            return error(PingError.invalid(bad.getMessage()));
        } catch (RuntimeException e) {
            // The path is not logged: it holds the user key.
            LOG.errorf(e, "%s failed", request.method());
            return error(PingError.unavailable());
        }
    }

    private Response.ResponseBuilder answer(ApiRequest request)
            throws PingError.Raised, AccessDeniedException, BadRequestPart {
        OAuthClientCaller client = authentication.authenticate();
        if (!client.settings().sessionManagementApi()) {
            throw PingError.notAllowed().raised();
        }
        if (settings.requireXsrfHeader() && request.header("X-XSRF-Header").isEmpty()) {
            throw PingError.xsrfHeader().raised();
        }
        List<String> path = request.segments();
        if (path.size() < 3 || path.size() > 5 || !path.subList(0, 3).equals(List.of("rest", "sessionMgmt", "users"))) {
            throw PingError.noSuchPath().raised();
        }
        Query query = request.query();
        requireKnown(query);
        if (query.first(USER_KEY).isPresent()) {
            return byQuery(
                    request,
                    client,
                    path.subList(3, path.size()),
                    query.first(USER_KEY).get());
        }
        return byPath(request, client, path.subList(3, path.size()));
    }

    /** {@code /users/{user_key}} and {@code /users/{user_key}/revoke}. */
    private Response.ResponseBuilder byPath(ApiRequest request, OAuthClientCaller client, List<String> rest)
            throws PingError.Raised {
        if (rest.isEmpty()
                || (rest.size() == 1
                        && rest.get(0).equals("revoke")
                        && request.method().equals("POST"))) {
            throw PingError.noUserKey().raised();
        }
        if (rest.size() == 1) {
            return query(request, client, rest.get(0));
        }
        if (!rest.get(1).equals("revoke")) {
            throw PingError.noSuchPath().raised();
        }
        return revoke(request, client, rest.get(0));
    }

    /** {@code /users?user_key=} and {@code /users/revoke?user_key=}, for proxies that refuse an encoded slash. */
    private Response.ResponseBuilder byQuery(
            ApiRequest request, OAuthClientCaller client, List<String> rest, String userKey) throws PingError.Raised {
        if (rest.isEmpty()) {
            return query(request, client, userKey);
        }
        if (!rest.equals(List.of("revoke"))) {
            throw PingError.noSuchPath().raised();
        }
        return revoke(request, client, userKey);
    }

    private Response.ResponseBuilder query(ApiRequest request, OAuthClientCaller client, String userKey)
            throws PingError.Raised {
        requireMethod(request, "GET");
        long start = System.nanoTime();
        List<UserId> users = users(client, userKey);
        List<Session> sessions = orNobody(users).stream()
                .flatMap(user -> catalog.mostRecentlyActive(user, MAX_SESSIONS_SHOWN).stream())
                .sorted(Comparator.comparing(Session::lastActive).reversed())
                .toList();
        if (sessions.isEmpty()) {
            spendTheTimeOfAMiss(client, users, start);
        }
        return Json.response(200, renderer.sessions(sessions));
    }

    private Response.ResponseBuilder revoke(ApiRequest request, OAuthClientCaller client, String userKey)
            throws PingError.Raised {
        requireMethod(request, "POST");
        long start = System.nanoTime();
        List<UserId> users = users(client, userKey);
        RevocationReport report = revocations.users(orNobody(users));
        audit.revoked(client, userKey, report);
        if (report.anyFailed()) {
            throw PingError.storeFailed(report.count(Outcome.Status.FAILED)).raised();
        }
        if (report.outcomes().isEmpty()) {
            spendTheTimeOfAMiss(client, users, start);
        }
        return Json.empty(200);
    }

    private List<UserId> users(OAuthClientCaller client, String userKey) throws PingError.Raised {
        if (userKey.isEmpty()) {
            throw PingError.noUserKey().raised();
        }
        List<UserId> users = userKeys.users(attribute(client), userKey, MAX_USERS_PER_KEY + 1);
        if (users.size() > MAX_USERS_PER_KEY) {
            throw PingError.ambiguousUserKey(MAX_USERS_PER_KEY).raised();
        }
        return users;
    }

    private static List<UserId> orNobody(List<UserId> users) {
        return users.isEmpty() ? List.of(NOBODY) : users;
    }

    /**
     * Makes all answers with nothing in them cost the same. A key that nobody has is looked for in the user store each
     * time, a user who was found is in Keycloak's cache: so the store is asked for a key that nobody has in that case as
     * well. What is left, mostly that of a user not yet in the cache, disappears below the floor.
     */
    private void spendTheTimeOfAMiss(OAuthClientCaller client, List<UserId> users, long start) {
        if (!users.isEmpty()) {
            List<UserId> unused =
                    userKeys.users(attribute(client), UUID.randomUUID().toString(), 1);
        }
        long left = EMPTY_ANSWER_FLOOR.toNanos() - (System.nanoTime() - start);
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private String attribute(OAuthClientCaller client) {
        return client.settings().userKeyAttribute().orElse(settings.userKeyAttribute());
    }

    private static void requireKnown(Query query) throws PingError.Raised {
        Optional<String> repeated = query.repeated();
        if (repeated.isPresent()) {
            throw PingError.repeatedParameter(LogText.clean(repeated.get())).raised();
        }
        for (String name : query.parameters().keySet()) {
            if (!name.equals(USER_KEY) && !CREDENTIAL_PARAMETERS.contains(name)) {
                throw PingError.unknownParameter(LogText.clean(name)).raised();
            }
        }
    }

    private static void requireMethod(ApiRequest request, String method) throws PingError.Raised {
        if (!request.method().equals(method)) {
            throw PingError.methodNotAllowed(method).raised();
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
