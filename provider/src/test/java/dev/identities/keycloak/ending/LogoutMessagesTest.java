package dev.identities.keycloak.ending;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.UserSessionModel;

/** The parties that can be told, by their set-up in Keycloak. */
class LogoutMessagesTest {

    private static final String URL = "https://party.example/logout";

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @DisplayName("an identity provider can be told where its back-channel logout is on and there is something to send")
    @CsvSource({
        "oidc, logoutUrl, true, token, true",
        "keycloak-oidc, logoutUrl, true, token, true",
        "oidc, logoutUrl, true, '', false",
        "oidc, other, true, token, false",
        "oidc, logoutUrl, false, token, false",
        "oidc, logoutUrl, '', token, false",
        "saml, singleLogoutServiceUrl, true, '', true",
        "saml, logoutUrl, true, '', false",
        "saml, singleLogoutServiceUrl, false, '', false",
        "custom, other, true, '', true",
        "custom, other, false, '', false"
    })
    void identityProviders(String type, String setting, String backchannel, String token, boolean tellable) {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setProviderId(type);
        provider.setEnabled(true);
        provider.setConfig(new HashMap<>(Map.of(setting, URL, "backchannelSupported", backchannel)));
        UserSessionModel session = proxy(
                UserSessionModel.class,
                (proxy, method, args) ->
                        method.getName().equals("getNote") && args[0].equals("FEDERATED_ID_TOKEN") ? token : null);
        assertThat(LogoutMessages.tellable(provider, session)).isEqualTo(tellable);

        provider.setEnabled(false);
        assertThat(LogoutMessages.tellable(provider, session)).isFalse();
    }

    @Test
    @DisplayName("an identity provider that was removed cannot be told")
    void removed() {
        assertThat(LogoutMessages.tellable(null, proxy(UserSessionModel.class, (proxy, method, args) -> null)))
                .isFalse();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @DisplayName("an application can be told where Keycloak's code has an address for it")
    @CsvSource({
        "openid-connect, backchannel.logout.url, '', true",
        "openid-connect, admin, '', false",
        "openid-connect, admin, adapter-session, true",
        "openid-connect, other, '', false",
        "saml, saml_single_logout_service_url_post, '', true",
        "saml, saml_single_logout_service_url_soap, '', true",
        "saml, saml_single_logout_service_url_redirect, '', false",
        "saml, admin, '', true",
        "saml, other, '', false",
        "docker-v2, backchannel.logout.url, '', false",
        "another, other, '', true",
        ", backchannel.logout.url, '', false"
    })
    void applications(String protocol, String setting, String adapterSession, boolean tellable) {
        assertThat(LogoutMessages.tellable(use(protocol, setting, adapterSession, true, false)))
                .isEqualTo(tellable);
        assertThat(LogoutMessages.tellable(use(protocol, setting, adapterSession, false, false)))
                .as("switched off")
                .isFalse();
        assertThat(LogoutMessages.tellable(use(protocol, setting, adapterSession, true, true)))
                .as("by the front channel")
                .isFalse();
    }

    private static AuthenticatedClientSessionModel use(
            String protocol, String setting, String adapterSession, boolean enabled, boolean frontChannel) {
        Map<String, String> attributes = Map.of(setting, URL);
        ClientModel client = proxy(ClientModel.class, (proxy, method, args) -> switch (method.getName()) {
            case "isEnabled" -> enabled;
            case "isFrontchannelLogout" -> frontChannel;
            case "getManagementUrl" -> setting.equals("admin") ? URL : null;
            case "getAttribute" -> attributes.get(args[0]);
            case "getAttributes" -> attributes;
            default -> null;
        });
        return proxy(AuthenticatedClientSessionModel.class, (proxy, method, args) -> switch (method.getName()) {
            case "getClient" -> client;
            case "getProtocol" -> protocol;
            case "getNote" -> args[0].equals("client_session_state") ? adapterSession : null;
            default -> null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(LogoutMessagesTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
