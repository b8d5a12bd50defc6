package dev.identities.e2e;

import dev.identities.testbed.Realm;
import java.util.List;
import java.util.Map;

/** Fine-grained admin permissions of a realm. */
public record Grants(Realm realm) {

    /** They are in force from now on. */
    public static Grants in(Realm realm) {
        realm.update(Map.of("adminPermissionsEnabled", true));
        return new Grants(realm);
    }

    /** A condition that is met by this user; with logic {@code NEGATIVE} by everybody else. */
    public void policy(String name, String user, String logic) {
        realm.admin()
                .post(
                        authorizationServer() + "/policy/user",
                        Map.of("name", name, "users", List.of(user), "logic", logic));
    }

    /** What who meets a policy may do with these users; with all if there are none. */
    public void permission(String name, List<String> users, List<String> scopes, String policy) {
        realm.admin()
                .post(
                        authorizationServer() + "/permission/scope",
                        Map.of(
                                "name",
                                name,
                                "resourceType",
                                "Users",
                                "resources",
                                users,
                                "scopes",
                                scopes,
                                "policies",
                                List.of(policy)));
    }

    private String authorizationServer() {
        return realm.path("/clients/" + realm.clientUuid("admin-permissions") + "/authz/resource-server");
    }
}
