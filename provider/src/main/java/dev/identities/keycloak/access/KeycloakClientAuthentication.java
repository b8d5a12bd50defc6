package dev.identities.keycloak.access;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.access.OAuthClientAuthentication;
import dev.identities.access.OAuthClientCaller;
import dev.identities.settings.ClientSettings;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** OAuth clients by the method that is configured for them. */
public final class KeycloakClientAuthentication implements OAuthClientAuthentication {

    private final KeycloakSession session;
    private final RealmModel realm;

    public KeycloakClientAuthentication(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @Override
    public OAuthClientCaller authenticate() throws AccessDeniedException {
        RealmPreconditions.check(session, realm);
        HttpRequest request = session.getContext().getHttpRequest();
        Optional<String> authorization = AuthorizationHeader.of(request);
        if (authorization.isPresent()) {
            String scheme = authorization.get().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
            if (scheme.equals("bearer") || scheme.equals("dpop")) {
                throw new AccessDeniedException(Reason.BEARER_TOKEN);
            }
        }
        boolean asItIs = authorization.isPresent() || hasFormCredential(request);
        HttpRequest view = asItIs ? request : RequestView.withAssertionFromQuery(request);
        ClientModel client = new ClientAuthenticator(session, realm).authenticate(view);
        new ClientPolicies(session, realm).require(client, view);
        return new OAuthClientCaller(client.getClientId(), ClientSettings.of(client::getAttribute));
    }

    /** A revocation has no body by its contract, so an assertion may stand in the query of a POST as well. */
    private static boolean hasFormCredential(HttpRequest request) {
        return request.getHttpMethod().equals("POST")
                && (request.getDecodedFormParameters().containsKey("client_id")
                        || request.getDecodedFormParameters().containsKey("client_assertion"));
    }
}
