package dev.identities.keycloak.access;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.access.AdminAuthentication;
import dev.identities.access.AdminCaller;
import dev.identities.api.Outage;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.RealmManager;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminRoot;
import org.keycloak.services.resources.admin.fgap.AdminPermissions;

/**
 * Administrators by access token, exactly as in Keycloak's Admin REST API, or by API key: the secret of a confidential
 * client with a service account. A key grants what that account may, and dies when the secret is rotated.
 */
public final class KeycloakAdminAuthentication implements AdminAuthentication {

    /** The form of a signed token; Keycloak itself does the reading. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final Logger LOG = Logger.getLogger(KeycloakAdminAuthentication.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Optional<AdminAuth> known;

    /**
     * Authentication of the current request.
     *
     * @param known the caller that Keycloak has authenticated already, because a proof of possession (DPoP) works only
     *     once
     */
    public KeycloakAdminAuthentication(KeycloakSession session, RealmModel realm, Optional<AdminAuth> known) {
        this.session = session;
        this.realm = realm;
        this.known = known;
    }

    @Override
    public AdminCaller authenticate() throws AccessDeniedException {
        RealmPreconditions.check(session, realm);
        AdminAuth auth = known.isPresent() ? known.get() : byHeader();
        try {
            return new KeycloakAdminCaller(session, realm, auth, AdminPermissions.evaluator(session, realm, auth));
        } catch (ForbiddenException otherRealm) {
            throw new AccessDeniedException(Reason.INVALID_CREDENTIALS);
        }
    }

    private AdminAuth byHeader() throws AccessDeniedException {
        String header = AuthorizationHeader.of(session.getContext().getHttpRequest())
                .orElseThrow(() -> new AccessDeniedException(Reason.NO_CREDENTIALS));
        String[] parts = header.split("\\s+", 2);
        String scheme = parts[0].toLowerCase(Locale.ROOT);
        if (!List.of("bearer", "basic", "dpop").contains(scheme)) {
            throw new AccessDeniedException(Reason.UNSUPPORTED_SCHEME);
        }
        if (parts.length < 2) {
            throw new AccessDeniedException(Reason.MALFORMED_CREDENTIALS);
        }
        boolean token = TOKEN.matcher(parts[1]).matches() && !scheme.equals("basic");
        return token ? byToken() : byKey(parts[1]);
    }

    private AdminAuth byToken() throws AccessDeniedException {
        try {
            AdminAuth auth = AdminRoot.authenticateRealmAdminRequest(session);
            if (!RealmManager.isAdministrationRealm(auth.getRealm())
                    && !auth.getRealm().equals(realm)) {
                throw new AccessDeniedException(Reason.INVALID_CREDENTIALS);
            }
            return auth;
        } catch (NotAuthorizedException refused) {
            throw new AccessDeniedException(Reason.INVALID_CREDENTIALS);
        } catch (RuntimeException unreadable) {
            if (Outage.isBehind(unreadable)) {
                throw unreadable;
            }
            // Keycloak reads the issuer before it checks the signature, and fails when there is none.
            LOG.debug("A bearer token could not be read", unreadable);
            throw new AccessDeniedException(Reason.INVALID_CREDENTIALS);
        } finally {
            // Reading the token moved the context to the token's realm.
            session.getContext().setRealm(realm);
        }
    }

    /** Checks all that the token endpoint checks of the client, because a key stands for a service account's token. */
    private AdminAuth byKey(String credential) throws AccessDeniedException {
        ApiKey key = ApiKey.read(credential);
        HttpRequest request =
                RequestView.withAuthorization(session.getContext().getHttpRequest(), "Basic " + key.base64());
        ClientModel client = client(key, request);
        UserModel account = client.isServiceAccountsEnabled() ? session.users().getServiceAccount(client) : null;
        if (account == null || !account.isEnabled()) {
            throw new AccessDeniedException(Reason.NOT_ALLOWED);
        }
        ProofOfPossession.require(session, client, request);
        new ClientPolicies(session, realm).requireForServiceAccount(client, account, request);
        return new AdminAuth(realm, standIn(account, client), account, client);
    }

    /**
     * What stands in for a token where there is an API key. It is for one look at the account's rights, because Keycloak
     * 26.5 and 26.6 write the roles of that moment into it.
     */
    static AccessToken standIn(UserModel account, ClientModel client) {
        AccessToken identity = new AccessToken();
        // Before 26.7 Keycloak looks up the account's roles by a token's id, and counts on there being one.
        identity.id(UUID.randomUUID().toString());
        identity.subject(account.getId());
        identity.issuedFor(client.getClientId());
        return identity;
    }

    private ClientModel client(ApiKey key, HttpRequest request) throws AccessDeniedException {
        try {
            return new ClientAuthenticator(session, realm).authenticate(request);
        } catch (AccessDeniedException refused) {
            throw refused.reason() == Reason.INVALID_CREDENTIALS ? new AccessDeniedException(key.refusal()) : refused;
        }
    }
}
