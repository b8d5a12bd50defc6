package dev.identities.keycloak.access;

import dev.identities.feed.Watcher;
import java.net.URI;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissions;

/**
 * A caller after the request that authenticated them. The credential was checked then; what can change since is checked
 * again, as Keycloak's own authentication does. A proof of possession is not asked for again, because a proof is for one
 * request.
 */
public final class LastingCaller implements Watcher {

    /**
     * Whatever makes two callers the same.
     *
     * @param credential id of the token; for an API key the client's secret, which is never to be logged
     */
    private record Name(String realm, String user, String client, String credential, URI realmUrl) {}

    private final Name name;
    private final AccessToken token;
    private final boolean byKey;
    private final URI base;

    private LastingCaller(Name name, AccessToken token, boolean byKey, URI base) {
        this.name = name;
        this.token = token;
        this.byKey = byKey;
        this.base = base;
    }

    /**
     * The caller of the current request.
     *
     * @param realmUrl the realm's address as the request sees it
     * @param base the server's address in the request
     */
    static LastingCaller of(AdminAuth auth, URI realmUrl, URI base) {
        // The stand-in for an API key has no issuer; every token of Keycloak has one.
        boolean byKey = auth.getToken().getIssuer() == null;
        Name name = new Name(
                auth.getRealm().getId(),
                auth.getUser().getId(),
                auth.getClient().getId(),
                byKey ? auth.getClient().getSecret() : auth.getToken().getId(),
                realmUrl);
        return new LastingCaller(name, auth.getToken(), byKey, base);
    }

    @Override
    public String account() {
        return name.realm() + " " + name.user();
    }

    /** Whether the account is of this realm, and not of another one that administers it. */
    public boolean isOf(String realmId) {
        return name.realm().equals(realmId);
    }

    /** The realm's address as the caller's request saw it. */
    public URI realmUrl() {
        return name.realmUrl();
    }

    /** The server's address in the caller's request. */
    public URI base() {
        return base;
    }

    /**
     * The caller with the rights of this moment.
     *
     * @param own whose context's realm is the watched one
     * @return empty when the caller may not query users any more, or the credential is not valid any more
     */
    public Optional<KeycloakAdminCaller> again(KeycloakSession own, RealmModel realm) {
        RealmModel home = own.realms().getRealm(name.realm());
        if (home == null || !home.isEnabled() || !realm.isEnabled()) {
            return Optional.empty();
        }
        UserModel user = own.users().getUserById(home, name.user());
        ClientModel client = own.clients().getClientById(home, name.client());
        if (user == null || !user.isEnabled() || client == null || !client.isEnabled()) {
            return Optional.empty();
        }
        boolean valid = byKey
                ? client.isServiceAccountsEnabled() && name.credential().equals(client.getSecret())
                : isTokenValid(own, home, user, client);
        if (!valid) {
            return Optional.empty();
        }
        AccessToken now = byKey ? KeycloakAdminAuthentication.standIn(user, client) : token;
        AdminAuth auth = new AdminAuth(home, now, user, client);
        return Optional.of(new KeycloakAdminCaller(own, realm, auth, AdminPermissions.evaluator(own, realm, auth)))
                .filter(KeycloakAdminCaller::mayQuery);
    }

    private boolean isTokenValid(KeycloakSession own, RealmModel home, UserModel user, ClientModel client) {
        return token.isActive()
                && token.getIat() >= home.getNotBefore()
                && token.getIat() >= client.getNotBefore()
                && token.getIat() >= own.users().getNotBeforeOfUser(home, user)
                && !own.singleUseObjects().contains(token.getId() + SingleUseObjectProvider.REVOKED_KEY)
                && (token.getSessionId() == null || hasSession(own, home, token.getSessionId()));
    }

    /** A token of an application's offline session may have no online session any more. */
    private static boolean hasSession(KeycloakSession own, RealmModel home, String sid) {
        return isValid(home, own.sessions().getUserSession(home, sid))
                || isValid(home, own.sessions().getOfflineUserSession(home, sid));
    }

    private static boolean isValid(RealmModel home, UserSessionModel session) {
        return session != null && AuthenticationManager.isSessionValid(home, session);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LastingCaller caller && name.equals(caller.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Without the credential. */
    @Override
    public String toString() {
        return account();
    }
}
