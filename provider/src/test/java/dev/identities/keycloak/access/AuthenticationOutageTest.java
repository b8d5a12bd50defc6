package dev.identities.keycloak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.keycloak.StandIn;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.common.ClientConnection;
import org.keycloak.common.Profile;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.urls.HostnameProvider;
import org.keycloak.urls.UrlType;

/** A database that does not answer is never taken for a credential that is not valid. */
class AuthenticationOutageTest {

    private static final String KEY =
            Base64.getEncoder().encodeToString("siem:secret".getBytes(StandardCharsets.UTF_8));

    private final RuntimeException outage = new IllegalStateException(new SQLException("connection refused"));
    private final MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
    private final StandIn<KeycloakSession> session = new StandIn<>(KeycloakSession.class);
    private final StandIn<RealmModel> realm = new StandIn<>(RealmModel.class);
    private final StandIn<RealmProvider> realms = new StandIn<>(RealmProvider.class);
    private final StandIn<HttpRequest> request = new StandIn<>(HttpRequest.class);

    @BeforeAll
    static void features() {
        Profile.defaults();
    }

    @AfterAll
    static void noFeatures() {
        Profile.reset();
    }

    @BeforeEach
    void request() {
        StandIn<HttpHeaders> all = new StandIn<>(HttpHeaders.class)
                .on("getRequestHeaders", headers)
                .on("getRequestHeader", arguments -> headers.get(arguments[0]))
                .on("getHeaderString", arguments -> headers.getFirst((String) arguments[0]));
        request.on("getHttpHeaders", all.get())
                .on("getHttpMethod", "GET")
                .on("getDecodedFormParameters", new MultivaluedHashMap<String, String>());
        StandIn<HostnameProvider> hostname =
                new StandIn<>(HostnameProvider.class).on("getBaseUri", URI.create("https://sso.example.com/"));
        session.on("getProvider", hostname.get());
        KeycloakUriInfo uri = new KeycloakUriInfo(session.get(), UrlType.FRONTEND, new StandIn<>(UriInfo.class).get());
        StandIn<KeycloakContext> context = new StandIn<>(KeycloakContext.class)
                .on("getUri", uri)
                .on("getRealm", realm.get())
                .on("getHttpRequest", request.get())
                .on("getRequestHeaders", all.get())
                .on("getConnection", new StandIn<>(ClientConnection.class).get());
        session.on("getContext", context.get())
                .on("realms", realms.get())
                .on("getKeycloakSessionFactory", new StandIn<>(KeycloakSessionFactory.class).get());
        realm.on("isEnabled", true).on("getName", "acme").on("getId", "acme");
    }

    private void authorization(String value) {
        headers.put(HttpHeaders.AUTHORIZATION, List.of(value));
    }

    private void authenticate() throws AccessDeniedException {
        new KeycloakAdminAuthentication(session.get(), realm.get(), Optional.empty()).authenticate();
    }

    private static String token() {
        return part("{\"alg\":\"RS256\"}") + "." + part("{\"iss\":\"https://sso.example.com/realms/acme\"}") + ".c2ln";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static StandIn<ClientModel> client() {
        return new StandIn<>(ClientModel.class).on("getClientId", "siem");
    }

    @Test
    @DisplayName("while a bearer token is checked")
    void bearerToken() {
        authorization("Bearer " + token());
        realms.on("getRealmByName", arguments -> {
            throw outage;
        });
        assertThatThrownBy(this::authenticate).isSameAs(outage);
    }

    @Test
    @DisplayName("any other failure to read a token makes it invalid")
    void unreadableToken() {
        authorization("Bearer " + token());
        realms.on("getRealmByName", arguments -> {
            throw new IllegalArgumentException("no such thing");
        });
        assertThatThrownBy(this::authenticate)
                .asInstanceOf(InstanceOfAssertFactories.type(AccessDeniedException.class))
                .extracting(AccessDeniedException::reason)
                .isEqualTo(Reason.INVALID_CREDENTIALS);
        assertThat(realms.calls()).containsExactly("getRealmByName");
    }

    @Test
    @DisplayName("while an API key, or a client of the other API, is checked")
    void clientAuthentication() {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
        flow.setId("clients");
        flow.setProviderId("client-flow");
        realm.on("getClientAuthenticationFlow", flow)
                .on("getAuthenticationFlowById", flow)
                .on("getAuthenticationExecutionsStream", arguments -> {
                    throw outage;
                });
        authorization("Bearer " + KEY);
        assertThatThrownBy(this::authenticate).isSameAs(outage);

        authorization("Basic " + KEY);
        assertThatThrownBy(() -> new KeycloakClientAuthentication(session.get(), realm.get()).authenticate())
                .isSameAs(outage);
    }

    @Test
    @DisplayName("while a client policy judges")
    void clientPolicy() {
        StandIn<ClientPolicyManager> policies = new StandIn<>(ClientPolicyManager.class)
                .on("triggerOnEvent", arguments -> {
                    throw outage;
                });
        session.on("clientPolicy", policies.get());
        assertThatThrownBy(() -> new ClientPolicies(session.get(), realm.get()).require(client().get(), request.get()))
                .isSameAs(outage);
        assertThat(policies.calls()).containsExactly("triggerOnEvent");
    }

    @Test
    @DisplayName("two Authorization headers are refused by both APIs before anything is looked up")
    void twoHeaders() {
        headers.put(HttpHeaders.AUTHORIZATION, List.of("Basic " + KEY, "Basic " + KEY));
        assertThatThrownBy(this::authenticate)
                .asInstanceOf(InstanceOfAssertFactories.type(AccessDeniedException.class))
                .extracting(AccessDeniedException::reason)
                .isEqualTo(Reason.REPEATED_CREDENTIALS);
        assertThatThrownBy(() -> new KeycloakClientAuthentication(session.get(), realm.get()).authenticate())
                .asInstanceOf(InstanceOfAssertFactories.type(AccessDeniedException.class))
                .extracting(AccessDeniedException::reason)
                .isEqualTo(Reason.REPEATED_CREDENTIALS);
    }
}
