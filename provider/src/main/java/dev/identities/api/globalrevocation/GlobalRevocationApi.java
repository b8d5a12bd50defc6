package dev.identities.api.globalrevocation;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.GlobalRevocationAuthentication;
import dev.identities.access.GlobalRevocationCaller;
import dev.identities.api.Answer;
import dev.identities.api.Api;
import dev.identities.api.ApiRequest;
import dev.identities.api.Area;
import dev.identities.api.MalformedRequestException;
import dev.identities.api.Outage;
import dev.identities.api.Route;
import dev.identities.api.Router;
import dev.identities.ending.Revocations;
import dev.identities.listing.SessionCatalog;
import dev.identities.settings.RealmSettings;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@code POST /app/global-token-revocation}.
 *
 * <p>The checks come in this order: credential, the caller's switch, path and method, parameters, body, person.
 */
public final class GlobalRevocationApi implements Api {

    /** The path below the mount of {@code app}. */
    public static final String PATH = "/global-token-revocation";

    /** The parameters that client authentication may put into the query. */
    private static final List<String> CREDENTIAL_PARAMETERS =
            List.of("client_id", "client_assertion", "client_assertion_type");

    private static final Logger LOG = Logger.getLogger(GlobalRevocationApi.class);

    private final String realm;
    private final GlobalRevocationAuthentication authentication;
    private final GlobalRevocationAudit audit;
    private final Router<GlobalRevocationCaller, GlobalRevocationError.Raised> router;

    /**
     * The parts that the API uses.
     *
     * @param subjects finds people
     * @param catalog finds sessions
     * @param revocations ends them
     */
    public record Realm(
            String name,
            RealmSettings settings,
            Subjects subjects,
            SessionCatalog catalog,
            Revocations revocations,
            GlobalRevocationAudit audit) {}

    /** The API in one realm, for one request. */
    public GlobalRevocationApi(Realm realm, GlobalRevocationAuthentication authentication) {
        this.realm = realm.name();
        this.authentication = authentication;
        this.audit = realm.audit();
        RevocationHandler handler = new RevocationHandler(realm);
        this.router = new Router<>(
                new GlobalRevocationRefusals(),
                List.of(new Area<>(PATH, (caller, request) -> handler.requireAllowed(caller))),
                List.of(Route.<GlobalRevocationCaller, GlobalRevocationError.Raised>of("POST", PATH, handler::revoke)
                        .takes(CREDENTIAL_PARAMETERS)
                        .withBody()));
    }

    /** Whether a request below the mount of {@code app} is for this API. */
    public static boolean takes(ApiRequest request) {
        return request.rawPath().equals(PATH) || request.rawPath().startsWith(PATH + "/");
    }

    /** The table. */
    public List<? extends Route<?, ?>> routes() {
        return router.routes();
    }

    @Override
    public Answer handle(ApiRequest request) {
        Optional<GlobalRevocationCaller> caller = Optional.empty();
        try {
            caller = Optional.of(authentication.authenticate());
            return router.answer(caller.get(), request);
        } catch (GlobalRevocationError.Raised raised) {
            return refused(caller, raised.error(), raised.error().code());
        } catch (AccessDeniedException denied) {
            return refused(caller, denied(denied), denied.code());
        } catch (MalformedRequestException bad) {
            GlobalRevocationError error = GlobalRevocationError.invalid(bad.getMessage());
            return refused(caller, error, error.code());
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s %s failed", request.method(), PATH);
            GlobalRevocationError error =
                    Outage.isBehind(e) ? GlobalRevocationError.unavailable() : GlobalRevocationError.internal();
            return refused(caller, error, error.code());
        }
    }

    private static GlobalRevocationError denied(AccessDeniedException denied) {
        return switch (denied.reason()) {
            case CLIENT_POLICY, NO_PROOF_OF_POSSESSION ->
                GlobalRevocationError.notAllowed("A client policy of the realm does not permit this call.");
            case REALM_DISABLED -> GlobalRevocationError.notAllowed("The realm is disabled.");
            case HTTPS_REQUIRED -> GlobalRevocationError.notAllowed("The realm requires HTTPS.");
            case REPEATED_CREDENTIALS ->
                GlobalRevocationError.unauthenticated("There is more than one Authorization header.");
            case NO_CREDENTIALS,
                    UNSUPPORTED_SCHEME,
                    MALFORMED_CREDENTIALS,
                    CONTROL_CHARACTER_IN_KEY,
                    PERCENT_SIGN_IN_KEY,
                    INVALID_CREDENTIALS,
                    INVALID_OR_UNENCODED_KEY,
                    BEARER_TOKEN,
                    NOT_ALLOWED ->
                GlobalRevocationError.unauthenticated(
                        denied.detail().isEmpty()
                                ? "Neither a token of an identity provider of this realm nor an OAuth client's"
                                        + " credential."
                                : denied.detail());
        };
    }

    private Answer refused(Optional<GlobalRevocationCaller> caller, GlobalRevocationError error, String reason) {
        audit.refused(caller, error.status(), reason);
        return error(error);
    }

    private Answer error(GlobalRevocationError error) {
        Response.ResponseBuilder response = error.response();
        if (error.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            // A realm's name may hold quotes and more that has no place in a header.
            response.header(
                    "WWW-Authenticate", "Bearer realm=\"" + URLEncoder.encode(realm, StandardCharsets.UTF_8) + "\"");
        }
        return Answer.of(response.build());
    }
}
