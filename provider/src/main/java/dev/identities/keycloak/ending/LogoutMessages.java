package dev.identities.keycloak.ending;

import dev.identities.keycloak.sessions.StoredSession;
import dev.identities.notify.Delivery;
import dev.identities.notify.Message;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status.Family;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.constants.AdapterConstants;
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
import org.keycloak.protocol.docker.DockerAuthV2Protocol;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.services.resources.IdentityBrokerService;

/**
 * Makes the messages of back-channel logout for a session that is gone. Each attempt gives Keycloak's own protocol code
 * a copy of the session. It runs in a Keycloak session of its own, because that code changes the context in which it
 * runs.
 */
public final class LogoutMessages {

    /** The time for one attempt as a whole. Keycloak's HTTP client allows as much for each read by default. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final URI base;
    private final boolean identityProviderToo;

    /**
     * Messages of one realm.
     *
     * @param base the server's address in the request that ended the session. Relative URLs of clients resolve against
     *     it
     */
    public LogoutMessages(KeycloakSessionFactory factory, String realmId, URI base, boolean identityProviderToo) {
        this.factory = factory;
        this.realmId = realmId;
        this.base = base;
        this.identityProviderToo = identityProviderToo;
    }

    /** One message per application in the session, and one for its identity provider if the realm wants it told. */
    public List<Message> about(KeycloakSession own, StoredSession stored) {
        RealmModel realm = own.getContext().getRealm();
        UserSessionModel session = stored.toModel(own, realm);
        List<Message> messages = new ArrayList<>();
        for (AuthenticatedClientSessionModel use :
                session.getAuthenticatedClientSessions().values()) {
            ClientModel client = use.getClient();
            String uuid = client.getId();
            messages.add(message(realm, client.getClientId(), stored, tellable(use), attempt -> tell(attempt, uuid)));
        }
        String alias = session.getNote(Details.IDENTITY_PROVIDER);
        if (identityProviderToo && alias != null) {
            messages.add(message(
                    realm,
                    Delivery.IDENTITY_PROVIDER + alias,
                    stored,
                    tellable(own.identityProviders().getByAlias(alias), session),
                    attempt -> tellIdentityProvider(attempt, alias)));
        }
        return messages;
    }

    /** Whether Keycloak's protocol code has somewhere to send a message to. It sends none to an application switched off. */
    static boolean tellable(AuthenticatedClientSessionModel use) {
        ClientModel client = use.getClient();
        // No protocol: one of Keycloak's own services.
        if (!client.isEnabled() || client.isFrontchannelLogout() || use.getProtocol() == null) {
            return false;
        }
        return switch (use.getProtocol()) {
            case OIDCLoginProtocol.LOGIN_PROTOCOL -> {
                String url = OIDCAdvancedConfigWrapper.fromClientModel(client).getBackchannelLogoutUrl();
                // The admin URL is that of Keycloak's former adapters, which name their session when they get a token.
                yield url != null
                        ? isSet(url)
                        : isSet(client.getManagementUrl()) && isSet(use.getNote(AdapterConstants.CLIENT_SESSION_STATE));
            }
            case SamlProtocol.LOGIN_PROTOCOL -> {
                String post = client.getAttribute(SamlProtocol.SAML_SINGLE_LOGOUT_SERVICE_URL_POST_ATTRIBUTE);
                yield isSet(client.getAttribute(SamlProtocol.SAML_SINGLE_LOGOUT_SERVICE_URL_SOAP_ATTRIBUTE))
                        || isSet(post == null ? client.getManagementUrl() : post);
            }
            case DockerAuthV2Protocol.LOGIN_PROTOCOL -> false;
            default -> true;
        };
    }

    /**
     * Whether Keycloak's code has something to send and somewhere to send it to. For a provider that is neither OpenID
     * Connect nor SAML this is true, because only an attempt shows it.
     */
    static boolean tellable(IdentityProviderModel provider, UserSessionModel session) {
        if (provider == null
                || !provider.isEnabled()
                || !Boolean.parseBoolean(provider.getConfig().get("backchannelSupported"))) {
            return false;
        }
        return switch (provider.getProviderId()) {
            case OIDCIdentityProviderFactory.PROVIDER_ID, KeycloakOIDCIdentityProviderFactory.PROVIDER_ID ->
                isSet(provider.getConfig().get("logoutUrl"))
                        && isSet(session.getNote(OIDCIdentityProvider.FEDERATED_ID_TOKEN));
            case SAMLIdentityProviderFactory.PROVIDER_ID ->
                isSet(provider.getConfig().get(SAMLIdentityProviderConfig.SINGLE_LOGOUT_SERVICE_URL));
            default -> true;
        };
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    private static Message.Result tell(Attempt attempt, String clientUuid) {
        AuthenticatedClientSessionModel use =
                attempt.userSession().getAuthenticatedClientSessions().get(clientUuid);
        if (use == null) {
            // The application was deleted meanwhile.
            return Message.Result.NOTHING_SENT;
        }
        KeycloakSession own = attempt.http().session();
        LoginProtocol protocol = own.getProvider(LoginProtocol.class, use.getProtocol());
        protocol.setSession(own)
                .setRealm(own.getContext().getRealm())
                .setHttpHeaders(own.getContext().getHttpRequest().getHttpHeaders())
                .setUriInfo(own.getContext().getUri());
        try (Response response = protocol.backchannelLogout(attempt.userSession(), use)) {
            boolean refused = response != null && response.getStatusInfo().getFamily() != Family.SUCCESSFUL;
            // The answer of a SAML application may be a refusal under status 200.
            return refused ? Message.Result.NOT_CONFIRMED : attempt.http().result();
        }
    }

    private static Message.Result tellIdentityProvider(Attempt attempt, String alias) {
        KeycloakSession own = attempt.http().session();
        UserAuthenticationIdentityProvider<?> provider = IdentityBrokerService.getIdentityProvider(own, alias);
        provider.backchannelLogout(
                own,
                attempt.userSession(),
                own.getContext().getUri(),
                own.getContext().getRealm());
        return attempt.http().result();
    }

    private record Attempt(HttpWatch http, UserSessionModel userSession) {}

    private Message message(
            RealmModel realm,
            String party,
            StoredSession stored,
            boolean tellable,
            Function<Attempt, Message.Result> tell) {
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
            public Result attempt() {
                return KeycloakModelUtils.runJobInTransactionWithResult(factory, own -> {
                    RealmModel current = own.realms().getRealm(realmId);
                    if (current == null) {
                        return Result.NOTHING_SENT;
                    }
                    own.getContext().setHttpRequest(DetachedRequest.to(base));
                    own.getContext().setRealm(current);
                    try (HttpWatch http = new HttpWatch(own, TIME_LIMIT)) {
                        return tell.apply(new Attempt(http, stored.toModel(own, current)));
                    }
                });
            }
        };
    }
}
