package dev.identities.keycloak.discovery;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.IDToken;

/** Adds PingFederate's session identifier to tokens: claim {@code pi.sri}, one name with a dot in it. */
public final class SriMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper, UserInfoTokenMapper, TokenIntrospectionTokenMapper {

    /** The name of the mapper in realm exports and scripts. */
    public static final String PROVIDER_ID = "identities-pi-sri-mapper";

    /** Puts the claim directly, because Keycloak's helper would make an object of a name with a dot. */
    static final String CLAIM = "pi.sri";

    private static final List<ProviderConfigProperty> PROPERTIES = properties();

    private static List<ProviderConfigProperty> properties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, SriMapper.class);
        return List.copyOf(properties);
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Session identifier (pi.sri)";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Adds the session identifier that the Session Management API takes, as claim pi.sri."
                + " Tokens without a user's session do not get it.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return PROPERTIES;
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel mapper,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext client) {
        if (userSession != null && isOrStandsForStored(userSession)) {
            token.setOtherClaims(CLAIM, userSession.getId());
        }
    }

    /**
     * Whether the session is in a store, or is a copy under the same id of one that is: Keycloak makes such a copy for
     * token exchange by a client that is not in the session. Client credentials come with a session that is neither.
     */
    private static boolean isOrStandsForStored(UserSessionModel userSession) {
        return userSession.getPersistenceState() != UserSessionModel.SessionPersistenceState.TRANSIENT
                || userSession.getNote(Constants.CREATED_FROM_PERSISTENT) != null;
    }
}
