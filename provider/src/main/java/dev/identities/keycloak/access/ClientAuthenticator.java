package dev.identities.keycloak.access;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.api.Outage;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlow;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;

/**
 * Authenticates confidential OpenID Connect clients by the realm's own client authentication flow. All failures look
 * alike: which part of a credential was wrong is for the event log, not for the caller.
 */
final class ClientAuthenticator {

    private final KeycloakSession session;
    private final RealmModel realm;

    ClientAuthenticator(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The client that this request authenticates; the request may be the current one or a wrapper of it. */
    ClientModel authenticate(HttpRequest request) throws AccessDeniedException {
        EventBuilder event =
                new EventBuilder(realm, session, session.getContext().getConnection()).event(EventType.CLIENT_LOGIN);
        // Keycloak's processor has written the event of a failure.
        ClientModel client =
                run(request, event).orElseThrow(() -> new AccessDeniedException(Reason.INVALID_CREDENTIALS));
        event.client(client);
        boolean openIdConnect =
                client.getProtocol() == null || client.getProtocol().equals(OIDCLoginProtocol.LOGIN_PROTOCOL);
        if (!client.isEnabled() || !openIdConnect) {
            event.error(Errors.INVALID_CLIENT);
            throw new AccessDeniedException(Reason.INVALID_CREDENTIALS);
        }
        // Keycloak lets public clients through without a secret.
        if (client.isPublicClient() || client.isBearerOnly()) {
            event.error(Errors.NOT_ALLOWED);
            throw new AccessDeniedException(Reason.INVALID_CREDENTIALS);
        }
        session.getContext().setClient(client);
        return client;
    }

    private Optional<ClientModel> run(HttpRequest request, EventBuilder event) {
        AuthenticationProcessor processor = AuthorizeClientUtil.getAuthenticationProcessor(session, event);
        processor.setRequest(request);
        try (Response failure = failure(processor)) {
            return failure == null ? Optional.ofNullable(processor.getClient()) : Optional.empty();
        } catch (WebApplicationException refused) {
            return Optional.empty();
        }
    }

    /**
     * Runs the flow as Keycloak's processor does it. The processor itself would report a database that does not answer
     * as a wrong credential.
     *
     * @return null when the client is authenticated
     */
    private Response failure(AuthenticationProcessor processor) {
        try {
            AuthenticationFlow flow = processor.createFlowExecution(
                    realm.getClientAuthenticationFlow().getId(), null);
            Response challenge = flow.processFlow();
            if (challenge == null && !flow.isSuccessful()) {
                throw new AuthenticationFlowException(AuthenticationFlowError.INTERNAL_ERROR);
            }
            return challenge;
        } catch (RuntimeException e) {
            if (Outage.isBehind(e)) {
                throw e;
            }
            return processor.handleClientAuthException(e);
        }
    }
}
