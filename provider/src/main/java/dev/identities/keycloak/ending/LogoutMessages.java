package dev.identities.keycloak.ending;

import dev.identities.keycloak.sessions.StoredSession;
import dev.identities.notify.Delivery;
import dev.identities.notify.Message;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.resources.IdentityBrokerService;

/**
 * Logout by the back channel, after the session is gone: Keycloak's own protocol code, fed with a copy of the session,
 * in a Keycloak session of its own per attempt (it changes the context that it runs in).
 */
public final class LogoutMessages {

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final URI base;
    private final boolean identityProviderToo;

    /**
     * Messages of one realm.
     *
     * @param base the server's address as the revoking request had it: what relative URLs of clients resolve against
     */
    public LogoutMessages(KeycloakSessionFactory factory, String realmId, URI base, boolean identityProviderToo) {
        this.factory = factory;
        this.realmId = realmId;
        this.base = base;
        this.identityProviderToo = identityProviderToo;
    }

    /** One message per application in the session, and one for its identity provider if it can be told. */
    public List<Message> about(KeycloakSession own, StoredSession stored) {
        RealmModel realm = own.getContext().getRealm();
        UserSessionModel session = stored.toModel(own, realm);
        List<Message> messages = new ArrayList<>();
        for (AuthenticatedClientSessionModel use :
                session.getAuthenticatedClientSessions().values()) {
            ClientModel client = use.getClient();
            // No protocol: one of Keycloak's own services, which has no session of its own to end.
            if (client.isEnabled() && use.getProtocol() != null) {
                String uuid = client.getId();
                messages.add(
                        message(realm, client.getClientId(), stored, tellable(use), attempt -> tell(attempt, uuid)));
            }
        }
        String alias = session.getNote(Details.IDENTITY_PROVIDER);
        if (identityProviderToo && alias != null) {
            messages.add(message(
                    realm,
                    Delivery.IDENTITY_PROVIDER + alias,
                    stored,
                    tellable(own.identityProviders().getByAlias(alias)),
                    attempt -> tellIdentityProvider(attempt, alias)));
        }
        return messages;
    }

    private static boolean tellable(AuthenticatedClientSessionModel use) {
        ClientModel client = use.getClient();
        if (client.isFrontchannelLogout()) {
            return false;
        }
        if (!OIDCLoginProtocol.LOGIN_PROTOCOL.equals(use.getProtocol())) {
            return true;
        }
        return Stream.of(
                        OIDCAdvancedConfigWrapper.fromClientModel(client).getBackchannelLogoutUrl(),
                        client.getManagementUrl())
                .filter(Objects::nonNull)
                .anyMatch(url -> !url.isBlank());
    }

    /** Keycloak sends nothing to an identity provider unless its back-channel logout is switched on. */
    private static boolean tellable(IdentityProviderModel provider) {
        return provider != null
                && provider.isEnabled()
                && Boolean.parseBoolean(provider.getConfig().get("backchannelSupported"));
    }

    private static boolean tell(Attempt attempt, String clientUuid) {
        AuthenticatedClientSessionModel use =
                attempt.userSession().getAuthenticatedClientSessions().get(clientUuid);
        if (use == null) {
            return false;
        }
        KeycloakSession own = attempt.session();
        LoginProtocol protocol = own.getProvider(LoginProtocol.class, use.getProtocol());
        protocol.setRealm(own.getContext().getRealm())
                .setHttpHeaders(own.getContext().getHttpRequest().getHttpHeaders())
                .setUriInfo(own.getContext().getUri());
        try (Response response = protocol.backchannelLogout(attempt.userSession(), use)) {
            return response != null && response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL;
        }
    }

    /** Keycloak does not say whether the identity provider agreed; that it was asked is what can be confirmed. */
    private static boolean tellIdentityProvider(Attempt attempt, String alias) {
        KeycloakSession own = attempt.session();
        UserAuthenticationIdentityProvider<?> provider = IdentityBrokerService.getIdentityProvider(own, alias);
        provider.backchannelLogout(
                own,
                attempt.userSession(),
                own.getContext().getUri(),
                own.getContext().getRealm());
        return true;
    }

    private record Attempt(KeycloakSession session, UserSessionModel userSession) {}

    private Message message(
            RealmModel realm, String party, StoredSession stored, boolean tellable, Predicate<Attempt> tell) {
        String realmName = realm.getName();
        return new Message() {
            @Override
            public String realm() {
                return realmName;
            }

            @Override
            public String party() {
                return party;
            }

            @Override
            public String sid() {
                return stored.sid();
            }

            @Override
            public boolean tellable() {
                return tellable;
            }

            @Override
            public boolean attempt() {
                return KeycloakModelUtils.runJobInTransactionWithResult(factory, own -> {
                    RealmModel current = own.realms().getRealm(realmId);
                    if (current == null) {
                        return false;
                    }
                    own.getContext().setHttpRequest(DetachedRequest.to(base));
                    own.getContext().setRealm(current);
                    return tell.test(new Attempt(own, stored.toModel(own, current)));
                });
            }
        };
    }
}
