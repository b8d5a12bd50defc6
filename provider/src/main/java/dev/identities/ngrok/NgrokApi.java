package dev.identities.ngrok;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AdminAuthentication;
import dev.identities.access.AdminCaller;
import dev.identities.catalog.Directory;
import dev.identities.catalog.SessionCatalog;
import dev.identities.catalog.TooManyHiddenException;
import dev.identities.http.Api;
import dev.identities.http.ApiRequest;
import dev.identities.http.BadRequestPart;
import dev.identities.http.Json;
import dev.identities.http.Query;
import dev.identities.revocation.LogText;
import dev.identities.revocation.Outcome;
import dev.identities.revocation.RevocationReport;
import dev.identities.revocation.Revocations;
import dev.identities.session.Identity;
import dev.identities.session.Page;
import dev.identities.session.Place;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * {@code /app/users} and {@code /app/sessions}.
 *
 * <p>The checks come in this order: credential, version, path and method, body, parameters, permission. Whoever has no
 * credential learns nothing but that.
 */
public final class NgrokApi implements Api {

    /** Default and maximum, as documented by ngrok. More is refused and not cut, so that nobody misses rows. */
    static final int MAX_LIMIT = 100;

    /** The width of Keycloak's column for event details. */
    static final int MAX_REASON = 255;

    private static final Logger LOG = Logger.getLogger(NgrokApi.class);
    private static final String OPERATION_ID_HEADER = "ngrok-operation-id";

    private final AdminAuthentication authentication;
    private final SessionCatalog catalog;
    private final Directory directory;
    private final Function<String, Optional<Place>> places;
    private final Revocations revocations;
    private final RevocationAudit audit;

    public NgrokApi(
            AdminAuthentication authentication,
            SessionCatalog catalog,
            Directory directory,
            Function<String, Optional<Place>> places,
            Revocations revocations,
            RevocationAudit audit) {
        this.authentication = authentication;
        this.catalog = catalog;
        this.directory = directory;
        this.places = places;
        this.revocations = revocations;
        this.audit = audit;
    }

    @Override
    public Response handle(ApiRequest request) {
        String operation = OperationId.random();
        try {
            return answer(request).header(OPERATION_ID_HEADER, operation).build();
        } catch (NgrokError.Raised raised) {
            return error(raised.error(), operation);
        } catch (AccessDeniedException denied) {
            return error(denied(denied.reason()), operation);
        } catch (BadRequestPart bad) {
            return error(NgrokError.badQuery(bad.getMessage()), operation);
        } catch (TooManyHiddenException hidden) {
            return error(NgrokError.tooManyHidden(), operation);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s %s failed (%s)", request.method(), LogText.clean(request.rawPath()), operation);
            return error(NgrokError.internal(), operation);
        }
    }

    private Response.ResponseBuilder answer(ApiRequest request)
            throws NgrokError.Raised, AccessDeniedException, BadRequestPart {
        AdminCaller caller = authentication.authenticate();
        List<String> path = request.segments();
        if (path.equals(List.of("openapi.yaml")) && request.method().equals("GET")) {
            return OpenApi.document();
        }
        requireVersion(request);
        boolean get = request.method().equals("GET");
        boolean delete = request.method().equals("DELETE");
        boolean routed = (path.size() == 1 && get)
                || (path.size() == 2 && (get || delete))
                || (path.size() == 3
                        && get
                        && path.get(0).equals("users")
                        && path.get(2).equals("sessions"));
        if (!routed || !Set.of("users", "sessions").contains(path.get(0))) {
            throw NgrokError.noSuchPath(LogText.clean(request.rawPath())).raised();
        }
        if (request.hasBody()) {
            throw NgrokError.bodyNotExpected().raised();
        }
        Query query = request.query();
        Optional<String> repeated = query.repeated();
        if (repeated.isPresent()) {
            throw NgrokError.repeatedParameter(repeated.get()).raised();
        }
        if (!caller.mayQuery()) {
            throw NgrokError.notPermitted().raised();
        }
        NgrokRenderer renderer = new NgrokRenderer(directory, places, caller);
        boolean users = path.get(0).equals("users");
        if (path.size() == 1) {
            return users ? listUsers(caller, renderer, query) : listSessions(caller, renderer, query);
        }
        String id = path.get(1);
        if (path.size() == 3) {
            return listSessionsOfUser(caller, renderer, id, query);
        }
        if (delete) {
            String reason = reason(query);
            return users ? deleteUser(caller, id, reason) : deleteSession(caller, id, reason);
        }
        requireKnown(query);
        return users
                ? Json.response(200, renderer.user(identity(caller, id)))
                : Json.response(200, renderer.session(session(caller, id)));
    }

    private Response.ResponseBuilder listUsers(AdminCaller caller, NgrokRenderer renderer, Query query)
            throws NgrokError.Raised {
        PageRequest request = PageRequest.of(query);
        Optional<UserId> before = Optional.empty();
        if (request.before().isPresent()) {
            if (SessionId.parse(request.before().get()).isPresent()) {
                throw NgrokError.foreignBeforeId("usr_").raised();
            }
            before = Optional.of(UserId.parse(request.before().get())
                    .orElseThrow(NgrokError.invalidBeforeId(request.before().get())::raised));
        }
        Page<Identity> page = catalog.identities(before, request.limit(), caller::mayView);
        return Json.response(
                200,
                new NgrokJson.UserList(
                        page.items().stream().map(renderer::user).toList(),
                        renderer.usersUri(),
                        next(page, renderer.usersUri(), request.limit(), identity -> identity.userId()
                                .toString())));
    }

    private Response.ResponseBuilder listSessions(AdminCaller caller, NgrokRenderer renderer, Query query)
            throws NgrokError.Raised {
        PageRequest request = PageRequest.of(query);
        Page<Session> page =
                catalog.sessions(Optional.empty(), before(caller, request), request.limit(), caller::mayView);
        return sessionList(page, renderer, renderer.sessionsUri(), request);
    }

    private Response.ResponseBuilder listSessionsOfUser(
            AdminCaller caller, NgrokRenderer renderer, String id, Query query) throws NgrokError.Raised {
        PageRequest request = PageRequest.of(query);
        Identity identity = identity(caller, id);
        Page<Session> page = catalog.sessions(
                Optional.of(identity.userId()), before(caller, request), request.limit(), caller::mayView);
        return sessionList(page, renderer, renderer.usersUri() + "/" + identity.userId() + "/sessions", request);
    }

    private static Response.ResponseBuilder sessionList(
            Page<Session> page, NgrokRenderer renderer, String uri, PageRequest request) {
        return Json.response(
                200,
                new NgrokJson.SessionList(
                        page.items().stream().map(renderer::session).toList(),
                        uri,
                        next(page, uri, request.limit(), session -> session.id().toString())));
    }

    private Optional<SessionId> before(AdminCaller caller, PageRequest request) throws NgrokError.Raised {
        if (request.before().isEmpty()) {
            return Optional.empty();
        }
        String before = request.before().get();
        if (UserId.parse(before).isPresent() && before.startsWith("usr_")) {
            throw NgrokError.foreignBeforeId("ses_").raised();
        }
        return Optional.of(SessionId.parse(before)
                .or(() -> bySid(before)
                        .filter(session -> caller.mayView(session.userId()))
                        .map(Session::id))
                .orElseThrow(NgrokError.invalidBeforeId(before)::raised));
    }

    private Response.ResponseBuilder deleteUser(AdminCaller caller, String id, String reason) throws NgrokError.Raised {
        UserId user = identity(caller, id).userId();
        if (!caller.mayManage(user)) {
            throw NgrokError.notPermitted().raised();
        }
        RevocationReport report = revocations.users(List.of(user));
        if (report.outcomes().isEmpty() && catalog.identity(user).isPresent()) {
            throw NgrokError.onlyOfflineLeft().raised();
        }
        return ended(report, reason);
    }

    private Response.ResponseBuilder deleteSession(AdminCaller caller, String id, String reason)
            throws NgrokError.Raised {
        Session session = session(caller, id);
        if (!caller.mayManage(session.userId())) {
            throw NgrokError.notPermitted().raised();
        }
        return ended(
                revocations.session(
                        new SessionRef(session.id().sid(), session.id().kind(), session.userId())),
                reason);
    }

    private Response.ResponseBuilder ended(RevocationReport report, String reason) throws NgrokError.Raised {
        audit.revoked(report, reason);
        if (report.anyFailed()) {
            throw NgrokError.notAllEnded(report.count(Outcome.Status.FAILED)).raised();
        }
        if (report.count(Outcome.Status.REVOKED) == 0) {
            throw NgrokError.notFound().raised();
        }
        return Response.noContent().header("Cache-Control", "no-cache, no-store");
    }

    private Identity identity(AdminCaller caller, String id) throws NgrokError.Raised {
        UserId user = UserId.parse(id).orElseThrow(NgrokError.invalidId()::raised);
        // A user whom the caller may not view is not told from one that is not there.
        if (!caller.mayView(user)) {
            throw NgrokError.notFound().raised();
        }
        return catalog.identity(user).orElseThrow(NgrokError.notFound()::raised);
    }

    private Session session(AdminCaller caller, String id) throws NgrokError.Raised {
        Optional<SessionId> parsed = SessionId.parse(id);
        if (parsed.isEmpty() && (!SessionId.isSid(id) || id.startsWith("usr_"))) {
            throw NgrokError.invalidId().raised();
        }
        return parsed.map(found -> catalog.find(found.sid(), found.kind()))
                .orElseGet(() -> bySid(id))
                .filter(session -> parsed.isEmpty()
                        || parsed.get().createdOn() == session.id().createdOn())
                .filter(session -> caller.mayView(session.userId()))
                .orElseThrow(NgrokError.notFound()::raised);
    }

    /** Keycloak's own session id, as in a token's {@code sid}: the online session, or else the offline one. */
    private Optional<Session> bySid(String sid) {
        return SessionId.isSid(sid)
                ? catalog.find(sid, SessionKind.ONLINE).or(() -> catalog.find(sid, SessionKind.OFFLINE))
                : Optional.empty();
    }

    private static void requireVersion(ApiRequest request) throws NgrokError.Raised {
        List<String> versions = request.headers().apply("ngrok-version");
        if (versions.isEmpty()) {
            throw NgrokError.noVersion().raised();
        }
        if (versions.size() > 1 || !versions.get(0).trim().equals("2")) {
            throw NgrokError.unsupportedVersion(String.join(", ", versions)).raised();
        }
    }

    static void requireKnown(Query query, String... known) throws NgrokError.Raised {
        Optional<String> unknown = query.unknown(Set.of(known));
        if (unknown.isPresent()) {
            throw NgrokError.unknownParameter(unknown.get(), known.length == 0 ? "none" : String.join(", ", known))
                    .raised();
        }
    }

    private static String reason(Query query) throws NgrokError.Raised {
        requireKnown(query, "reason");
        String reason = query.first("reason").orElse("");
        if (reason.length() > MAX_REASON) {
            throw NgrokError.reasonTooLong().raised();
        }
        return reason;
    }

    private static <T> String next(Page<T> page, String uri, int limit, Function<T, String> id) {
        if (!page.more()) {
            return null;
        }
        T last = page.items().get(page.items().size() - 1);
        return uri + "?before_id=" + id.apply(last) + "&limit=" + limit;
    }

    private static NgrokError denied(AccessDeniedException.Reason reason) {
        return switch (reason) {
            case NO_CREDENTIALS -> NgrokError.noCredentials();
            case UNSUPPORTED_SCHEME -> NgrokError.unsupportedScheme();
            case MALFORMED_CREDENTIALS -> NgrokError.malformedCredentials();
            case INVALID_CREDENTIALS, BEARER_TOKEN, CLIENT_POLICY -> NgrokError.invalidCredentials();
            case NOT_ALLOWED -> NgrokError.notPermitted();
            case REALM_DISABLED -> NgrokError.realmDisabled();
            case HTTPS_REQUIRED -> NgrokError.httpsRequired();
        };
    }

    private static Response error(NgrokError error, String operation) {
        Map<String, String> details = new LinkedHashMap<>(error.details());
        details.put("operation_id", operation);
        return Json.response(
                        error.status(),
                        new NgrokJson.Failure("ERR_NGROK_" + error.code(), error.status(), error.message(), details))
                .header(OPERATION_ID_HEADER, operation)
                .build();
    }
}
