package dev.identities.keycloak.access;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.api.Outage;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.common.constants.ServiceAccountConstants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.ServiceAccountTokenRequestContext;
import org.keycloak.services.clientpolicy.context.TokenIntrospectContext;
import org.keycloak.services.clientpolicy.context.TokenRevokeContext;
import org.keycloak.services.managers.UserSessionManager;

/**
 * The realm's client policies. Keycloak has no policy event for our calls, so each counts as the nearest event. For a
 * client that authenticates itself, reading counts as token introspection, and a change as token revocation. For an API
 * key, each call counts as a request for a service account's token.
 */
final class ClientPolicies {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Logger LOG = Logger.getLogger(ClientPolicies.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    ClientPolicies(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Has the executors of the policies judge the call.
     *
     * @param request the request that authenticated the client, because executors look for assertions in its form
     */
    void require(ClientModel client, HttpRequest request) throws AccessDeniedException {
        judge(client, request, context(client, request));
    }

    /**
     * Has the executors judge the call as a request for a service account's access token, because an API key stands for
     * one. Executors and conditions find the same objects as at the token endpoint. The session is in no store.
     */
    void requireForServiceAccount(ClientModel client, UserModel account, HttpRequest request)
            throws AccessDeniedException {
        UserSessionModel transientSession = new UserSessionManager(session)
                .createUserSession(
                        KeycloakModelUtils.generateId(),
                        realm,
                        account,
                        account.getUsername(),
                        session.getContext().getConnection().getRemoteHost(),
                        ServiceAccountConstants.CLIENT_AUTH,
                        false,
                        null,
                        null,
                        UserSessionModel.SessionPersistenceState.TRANSIENT);
        judge(
                client,
                request,
                new ServiceAccountTokenRequestContext(
                        request.getDecodedFormParameters(),
                        session.sessions().createClientSession(realm, client, transientSession)));
    }

    private void judge(ClientModel client, HttpRequest request, ClientPolicyContext call) throws AccessDeniedException {
        HttpRequest original = session.getContext().getHttpRequest();
        session.getContext().setHttpRequest(request);
        try {
            session.clientPolicy().triggerOnEvent(call);
        } catch (ClientPolicyException refused) {
            deny(client, refused.getError(), refused.getErrorDetail());
        } catch (RuntimeException e) {
            if (Outage.isBehind(e)) {
                throw e;
            }
            // An executor that fails for a call without a token has not permitted the call.
            LOG.warnf(e, "A client policy failed for client %s", client.getClientId());
            deny(client, "client_policy_failed", e.getClass().getName());
        } finally {
            session.getContext().setHttpRequest(original);
        }
    }

    private static ClientPolicyContext context(ClientModel client, HttpRequest request) {
        MultivaluedMap<String, String> form = request.getDecodedFormParameters();
        boolean reading = READING.contains(request.getHttpMethod());
        try {
            return reading ? new TokenIntrospectContext(client, form) : new TokenRevokeContext(client, form);
        } catch (NoSuchMethodError before26Dot6) {
            return withoutClient(reading ? TokenIntrospectContext.class : TokenRevokeContext.class, form);
        }
    }

    /** Keycloak 26.5: conditions know the client from the session's context, and not from that of the policy. */
    private static ClientPolicyContext withoutClient(
            Class<? extends ClientPolicyContext> type, MultivaluedMap<String, String> form) {
        try {
            return type.getConstructor(MultivaluedMap.class).newInstance(form);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deny(ClientModel client, String error, String detail) throws AccessDeniedException {
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.CLIENT_LOGIN)
                .client(client)
                .detail(Details.REASON, Details.CLIENT_POLICY_ERROR)
                .detail(Details.CLIENT_POLICY_ERROR, error)
                .detail(Details.CLIENT_POLICY_ERROR_DETAIL, detail)
                .error(error);
        throw new AccessDeniedException(Reason.CLIENT_POLICY);
    }
}
