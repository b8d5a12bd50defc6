package dev.identities.api.ngrok;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AdminAuthentication;
import dev.identities.access.AdminCaller;
import dev.identities.api.Answer;
import dev.identities.api.Api;
import dev.identities.api.ApiRequest;
import dev.identities.api.ConditionalAnswer;
import dev.identities.api.Json;
import dev.identities.api.MalformedRequestException;
import dev.identities.api.Outage;
import dev.identities.api.Router;
import dev.identities.bulk.BulkRevocation;
import dev.identities.ending.Revocations;
import dev.identities.feed.Feeds;
import dev.identities.listing.CursorSeal;
import dev.identities.listing.Directory;
import dev.identities.listing.LongScans;
import dev.identities.listing.SessionCatalog;
import dev.identities.session.Place;
import dev.identities.signal.Signals;
import dev.identities.text.LogText;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * {@code /app/users} and {@code /app/sessions}: authenticates the caller and writes errors. The paths are in
 * {@link NgrokRoutes}.
 *
 * <p>The checks come in this order: credential, version, path and method, body, parameters, permission. A caller
 * without a valid credential learns only that it is not valid.
 */
public final class NgrokApi implements Api {

    /**
     * Default and maximum, as documented by ngrok. A higher limit is refused, because a cut page could pass for a
     * whole.
     */
    static final int MAX_LIMIT = 100;

    /** The width of Keycloak's column for event details. */
    static final int MAX_REASON = 255;

    private static final Logger LOG = Logger.getLogger(NgrokApi.class);
    private static final String OPERATION_ID_HEADER = "ngrok-operation-id";

    private final AdminAuthentication authentication;
    private final Router<AdminCaller, NgrokError.Raised> router;

    public NgrokApi(
            AdminAuthentication authentication,
            SessionCatalog catalog,
            Directory directory,
            CursorSeal seal,
            Function<String, Optional<Place>> places,
            Signals signals,
            Revocations revocations,
            BulkRevocation bulk,
            Feeds feeds) {
        this.authentication = authentication;
        this.router = new NgrokRoutes(catalog, directory, seal, places, signals, revocations, bulk, feeds).router();
    }

    /** The answer to a request whose {@code Host} header makes no URL. */
    public static Answer malformedHost() {
        return error(NgrokError.badQuery("malformed Host header"), OperationId.random());
    }

    @Override
    public Answer handle(ApiRequest request) {
        String operation = OperationId.random();
        try {
            Answer answer =
                    router.answer(authentication.authenticate(), request).with(OPERATION_ID_HEADER, operation);
            return new Answer(
                    ConditionalAnswer.to(request, answer.response(), SealedPlace::withoutSeal), answer.list());
        } catch (NgrokError.Raised raised) {
            return error(raised.error(), operation);
        } catch (AccessDeniedException denied) {
            return error(denied(denied.reason()), operation);
        } catch (MalformedRequestException bad) {
            return error(NgrokError.badQuery(bad.getMessage()), operation);
        } catch (LongScans.BusyException busy) {
            return error(NgrokError.busy(), operation);
        } catch (LongScans.TooLongException tooLong) {
            return error(NgrokError.tooLong(), operation);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s %s failed (%s)", request.method(), LogText.clean(request.rawPath()), operation);
            return error(Outage.isBehind(e) ? NgrokError.unavailable() : NgrokError.internal(), operation);
        }
    }

    private static NgrokError denied(AccessDeniedException.Reason reason) {
        return switch (reason) {
            case NO_CREDENTIALS -> NgrokError.noCredentials();
            case UNSUPPORTED_SCHEME -> NgrokError.unsupportedScheme();
            case REPEATED_CREDENTIALS -> NgrokError.repeatedCredentials();
            case MALFORMED_CREDENTIALS -> NgrokError.malformedCredentials();
            case CONTROL_CHARACTER_IN_KEY -> NgrokError.controlCharacterInKey();
            case PERCENT_SIGN_IN_KEY -> NgrokError.percentSignInKey();
            case INVALID_CREDENTIALS, BEARER_TOKEN -> NgrokError.invalidCredentials();
            case INVALID_OR_UNENCODED_KEY -> NgrokError.invalidOrUnencodedKey();
            case CLIENT_POLICY -> NgrokError.clientPolicy();
            case NO_PROOF_OF_POSSESSION -> NgrokError.noProofOfPossession();
            case NOT_ALLOWED -> NgrokError.notPermitted();
            case REALM_DISABLED -> NgrokError.realmDisabled();
            case HTTPS_REQUIRED -> NgrokError.httpsRequired();
        };
    }

    private static Answer error(NgrokError error, String operation) {
        Map<String, String> details = new LinkedHashMap<>(error.details());
        details.put("operation_id", operation);
        Response.ResponseBuilder response = Json.response(
                        error.status(),
                        new NgrokJson.Failure("ERR_NGROK_" + error.code(), error.status(), error.message(), details))
                .header(OPERATION_ID_HEADER, operation);
        error.retryAfter().ifPresent(time -> response.header("Retry-After", time.toSeconds()));
        return Answer.of(response.build());
    }
}
