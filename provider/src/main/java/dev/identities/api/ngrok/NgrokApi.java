package dev.identities.api.ngrok;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AdminAuthentication;
import dev.identities.access.AdminCaller;
import dev.identities.api.Api;
import dev.identities.api.ApiRequest;
import dev.identities.api.Json;
import dev.identities.api.MalformedRequestException;
import dev.identities.api.Outage;
import dev.identities.api.Query;
import dev.identities.ending.Revocations;
import dev.identities.listing.Directory;
import dev.identities.listing.SessionCatalog;
import dev.identities.listing.TooManyHiddenException;
import dev.identities.session.Place;
import dev.identities.text.LogText;
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

    public NgrokApi(
            AdminAuthentication authentication,
            SessionCatalog catalog,
            Directory directory,
            Function<String, Optional<Place>> places,
            Revocations revocations) {
        this.authentication = authentication;
        this.catalog = catalog;
        this.directory = directory;
        this.places = places;
        this.revocations = revocations;
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
        } catch (MalformedRequestException bad) {
            return error(NgrokError.badQuery(bad.getMessage()), operation);
        } catch (TooManyHiddenException hidden) {
            return error(NgrokError.tooManyHidden(), operation);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s %s failed (%s)", request.method(), LogText.clean(request.rawPath()), operation);
            return error(Outage.isBehind(e) ? NgrokError.unavailable() : NgrokError.internal(), operation);
        }
    }

    private Response.ResponseBuilder answer(ApiRequest request)
            throws NgrokError.Raised, AccessDeniedException, MalformedRequestException {
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
        ListHandler lists = new ListHandler(catalog, directory, caller, renderer);
        boolean users = path.get(0).equals("users");
        if (path.size() == 1) {
            return users ? lists.users(query) : lists.sessions(query);
        }
        String id = path.get(1);
        if (path.size() == 3) {
            return lists.sessionsOf(id, query);
        }
        if (delete) {
            DeleteHandler endings = new DeleteHandler(catalog, revocations, caller, renderer);
            return users ? endings.user(id, query) : endings.session(id, query);
        }
        requireKnown(query);
        ResourceLookup lookup = new ResourceLookup(catalog, caller);
        return Json.response(200, users ? renderer.user(lookup.identity(id)) : renderer.session(lookup.session(id)));
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
