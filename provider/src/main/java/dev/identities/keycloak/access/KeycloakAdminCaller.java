package dev.identities.keycloak.access;

import dev.identities.access.AdminCaller;
import dev.identities.keycloak.users.Users;
import dev.identities.session.UserId;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Keycloak's permission evaluation, asked once per user and client of a request. */
public final class KeycloakAdminCaller implements AdminCaller {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminAuth auth;
    private final AdminPermissionEvaluator permissions;
    private final boolean viewsAll;
    private final boolean managesAll;
    private final Map<UserId, Boolean> viewable = new HashMap<>();
    private final Map<UserId, Boolean> manageable = new HashMap<>();
    private final Map<String, Boolean> viewableClients = new HashMap<>();

    KeycloakAdminCaller(
            KeycloakSession session, RealmModel realm, AdminAuth auth, AdminPermissionEvaluator permissions) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.permissions = permissions;
        // These roles are for all users, so no account needs to be loaded to check them.
        this.viewsAll = permissions.hasOneAdminRole(AdminRoles.VIEW_USERS, AdminRoles.MANAGE_USERS);
        this.managesAll = permissions.hasOneAdminRole(AdminRoles.MANAGE_USERS);
    }

    /** The caller in Keycloak's own terms: Keycloak's admin events take it. */
    public AdminAuth auth() {
        return auth;
    }

    /**
     * The caller as they are known after the request.
     *
     * @param realmUrl the realm's address as the request sees it
     * @param base the server's address in the request
     */
    public LastingCaller lasting(URI realmUrl, URI base) {
        return LastingCaller.of(auth, realmUrl, base);
    }

    @Override
    public String id() {
        return auth.getUser().getId();
    }

    @Override
    public boolean mayQuery() {
        return permissions.users().canQuery() || permissions.users().canView();
    }

    @Override
    public boolean mayView(UserId id) {
        return viewsAll || viewable.computeIfAbsent(id, this::viewed);
    }

    @Override
    public boolean mayViewAll() {
        return viewsAll;
    }

    private boolean viewed(UserId id) {
        UserModel user = Users.byId(session, realm, id);
        // Each user is checked, because next to a fine-grained permission for all users another one may deny a single
        // user.
        return user == null
                ? permissions.users().canView()
                : permissions.users().canView(user);
    }

    @Override
    public boolean mayManage(UserId id) {
        return managesAll || manageable.computeIfAbsent(id, this::managed);
    }

    private boolean managed(UserId id) {
        UserModel user = Users.byId(session, realm, id);
        return user == null
                ? permissions.users().canManage()
                : permissions.users().canManage(user);
    }

    @Override
    public boolean mayViewClient(String clientUuid) {
        return viewableClients.computeIfAbsent(clientUuid, uuid -> {
            ClientModel client = session.clients().getClientById(realm, uuid);
            return client != null && permissions.clients().canView(client);
        });
    }

    /** Empty for a token of another realm, because its session id is one of that realm. */
    @Override
    public Optional<String> sid() {
        return Optional.ofNullable(auth.getToken().getSessionId())
                .filter(sid -> auth.getRealm().equals(realm));
    }
}
