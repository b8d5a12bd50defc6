package dev.identities.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.KeycloakServer.Credentials;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One realm of a running server, and what tests put into it. Every method is a call of the Admin REST API. */
public final class Realm {

    /**
     * A password policy with which a sign-in costs next to nothing. Keycloak's default, Argon2, takes most of one, and
     * each JVM compiles it in its own way: two servers that are alike differ by a third.
     */
    private static final String QUICK_HASH = "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)";

    private final AdminClient admin;
    private final String name;

    private Realm(AdminClient admin, String name) {
        this.admin = admin;
        this.name = name;
    }

    /** A realm that exists. */
    public static Realm of(AdminClient admin, String name) {
        return new Realm(admin, name);
    }

    /**
     * A new realm; one of that name that is left from before is deleted. Plain http is allowed from every address
     * (browsers here have public ones), remember-me is on, users may have any attribute, events are kept. Passwords are
     * hashed by {@link #QUICK_HASH}: what they cost is not what is tested.
     *
     * @param settings members of the realm representation; override ours
     */
    public static Realm create(AdminClient admin, String name, Map<String, ?> settings) {
        if (admin.exists(root(name))) {
            admin.delete(root(name));
        }
        Map<String, Object> representation = new LinkedHashMap<>();
        representation.put("realm", name);
        representation.put("enabled", true);
        representation.put("sslRequired", "none");
        representation.put("passwordPolicy", QUICK_HASH);
        representation.put("rememberMe", true);
        representation.put("eventsEnabled", true);
        representation.put("adminEventsEnabled", true);
        representation.put("adminEventsDetailsEnabled", true);
        representation.putAll(settings);
        admin.post("", representation);
        Realm realm = new Realm(admin, name);
        ObjectNode profile = (ObjectNode) admin.get(root(name) + "/users/profile");
        admin.put(root(name) + "/users/profile", profile.put("unmanagedAttributePolicy", "ENABLED"));
        return realm;
    }

    /** The realm's name. */
    public String name() {
        return name;
    }

    /** The administrator by whom the methods here call. */
    public AdminClient admin() {
        return admin;
    }

    /** Path of something in this realm, for {@link AdminClient}: {@code path("/users")}. */
    public String path(String below) {
        return root(name) + below;
    }

    /** Deletes the realm. */
    public void delete() {
        admin.delete(path(""));
    }

    /** Changes members of the realm representation. */
    public void update(Map<String, ?> settings) {
        ObjectNode realm = (ObjectNode) admin.get(path(""));
        settings.forEach((key, value) -> realm.set(key, Wire.tree(value)));
        admin.put(path(""), realm);
    }

    /** Sets one realm attribute; null removes it. */
    public void attribute(String key, String value) {
        ObjectNode realm = (ObjectNode) admin.get(path(""));
        ObjectNode attributes = realm.withObjectProperty("attributes");
        // A member that is absent is left as it is; an empty one is removed.
        attributes.put(key, value == null ? "" : value);
        admin.put(path(""), realm);
    }

    /** A user with a password that is also the name's e-mail local part; answers the user's id. */
    public String user(String username, String password) {
        return user(username, password, Map.of(), Map.of());
    }

    /**
     * A user with an e-mail address, a first and a last name, who may sign in at once; answers the user's id.
     *
     * @param settings members of the user representation; override ours
     * @param attributes one value each
     */
    public String user(String username, String password, Map<String, ?> settings, Map<String, String> attributes) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("username", username);
        user.put("enabled", true);
        user.put("email", username + "@" + name + ".example");
        user.put("emailVerified", true);
        user.put("firstName", username);
        user.put("lastName", "Tester");
        Map<String, List<String>> values = new LinkedHashMap<>();
        attributes.forEach((key, value) -> values.put(key, List.of(value)));
        user.put("attributes", values);
        user.put("credentials", List.of(Map.of("type", "password", "value", password, "temporary", false)));
        user.putAll(settings);
        return admin.post(path("/users"), user);
    }

    /** The id of the user of this name. */
    public String userId(String username) {
        return admin.get(path("/users?exact=true&username=" + Wire.encode(username)))
                .get(0)
                .get("id")
                .asText();
    }

    /** A client whose service account may see and end everybody's sessions, as a program of an administrator. */
    public App program(String clientId) {
        App program = client(clientId);
        grantManagement(serviceAccount(program), "view-users", "manage-users", "view-clients");
        return program;
    }

    /** A client that may call both of PingFederate's APIs. */
    public App helpDesk(String clientId) {
        return client(
                clientId,
                Map.of(
                        "attributes",
                        Map.of(
                                "identities.session-management-api", "true",
                                "identities.session-revocation-api", "true")));
    }

    /** An application that is told of the end of a session at this address. */
    public App toldAt(String address, String clientId) {
        return client(
                clientId,
                Map.of(
                        "frontchannelLogout",
                        false,
                        "attributes",
                        Map.of("backchannel.logout.url", address, "backchannel.logout.session.required", "true")));
    }

    /** A confidential client with secret {@code <clientId>-secret}, direct grant and service account. */
    public App client(String clientId) {
        return client(clientId, Map.of());
    }

    /**
     * A confidential client with secret {@code <clientId>-secret}, direct grant and service account, whose tokens name
     * itself in their audience, so that it may introspect them.
     *
     * @param settings members of the client representation; override ours
     */
    public App client(String clientId, Map<String, ?> settings) {
        String base = "https://" + clientId + ".example";
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("clientId", clientId);
        client.put("name", clientId);
        client.put("rootUrl", base);
        client.put("baseUrl", "/");
        client.put("redirectUris", List.of(base + "/*"));
        client.put("publicClient", false);
        client.put("secret", clientId + "-secret");
        client.put("directAccessGrantsEnabled", true);
        client.put("serviceAccountsEnabled", true);
        client.put("attributes", Map.of("post.logout.redirect.uris", "+"));
        client.put("protocolMappers", List.of(ownAudience(clientId)));
        client.putAll(settings);
        admin.post(path("/clients"), client);
        boolean secret = !Boolean.TRUE.equals(client.get("publicClient"));
        return new App(
                admin.server(), name, clientId, secret ? String.valueOf(client.get("secret")) : "", base + "/callback");
    }

    private static Map<String, Object> ownAudience(String clientId) {
        return Map.of(
                "name", "audience",
                "protocol", "openid-connect",
                "protocolMapper", "oidc-audience-mapper",
                "config", Map.of("included.client.audience", clientId, "access.token.claim", "true"));
    }

    /** The internal id of a client. */
    public String clientUuid(String clientId) {
        return admin.get(path("/clients?clientId=" + Wire.encode(clientId)))
                .get(0)
                .get("id")
                .asText();
    }

    /** Sets one client attribute; null removes it. */
    public void clientAttribute(String clientId, String key, String value) {
        ObjectNode client = (ObjectNode)
                admin.get(path("/clients?clientId=" + Wire.encode(clientId))).get(0);
        client.withObjectProperty("attributes").put(key, value == null ? "" : value);
        admin.put(path("/clients/" + client.get("id").asText()), client);
    }

    /** Puts a client policy into force, in place of all others. */
    public void clientPolicy(ClientPolicy policy) {
        admin.put(path("/client-policies/profiles"), policy.profiles());
        admin.put(path("/client-policies/policies"), policy.policies());
    }

    /** Takes all client policies away. */
    public void noClientPolicies() {
        admin.put(path("/client-policies/policies"), Map.of("policies", List.of()));
        admin.put(path("/client-policies/profiles"), Map.of("profiles", List.of()));
    }

    /** The id of a client's service account user. */
    public String serviceAccount(App app) {
        return admin.get(path("/clients/" + clientUuid(app.clientId()) + "/service-account-user"))
                .get("id")
                .asText();
    }

    /** Gives a user (or service account) roles of the realm's {@code realm-management} client. */
    public void grantManagement(String userId, String... roles) {
        String client = clientUuid("realm-management");
        List<JsonNode> representations = new ArrayList<>();
        for (String role : roles) {
            representations.add(admin.get(path("/clients/" + client + "/roles/" + role)));
        }
        admin.post(path("/users/" + userId + "/role-mappings/clients/" + client), representations);
    }

    /** A user who administers this realm, with these roles only, as a client of the Admin REST API. */
    public AdminClient administrator(String username, String... roles) {
        grantManagement(user(username, username), roles);
        return new AdminClient(admin.server(), name, new Credentials(username, username));
    }

    /**
     * Lets people of another realm of the same server sign in here.
     *
     * @param settings entries of the identity provider's {@code config}; override ours
     */
    public void identityProvider(String alias, Realm other, Map<String, String> settings) {
        String oidc = admin.server() + "/realms/" + other.name + "/protocol/openid-connect";
        App broker = other.client(
                "broker-" + name,
                Map.of("redirectUris", List.of(admin.server() + "/realms/" + name + "/broker/" + alias + "/*")));
        Map<String, String> config = new LinkedHashMap<>();
        config.put("clientId", broker.clientId());
        config.put("clientSecret", broker.secret());
        config.put("clientAuthMethod", "client_secret_post");
        config.put("authorizationUrl", oidc + "/auth");
        config.put("tokenUrl", oidc + "/token");
        config.put("logoutUrl", oidc + "/logout");
        config.put("userInfoUrl", oidc + "/userinfo");
        config.put("jwksUrl", oidc + "/certs");
        config.put("useJwksUrl", "true");
        config.put("validateSignature", "true");
        config.put("issuer", admin.server() + "/realms/" + other.name);
        config.put("defaultScope", "openid profile email");
        config.put("syncMode", "IMPORT");
        config.putAll(settings);
        admin.post(
                path("/identity-provider/instances"),
                Map.of(
                        "alias",
                        alias,
                        "displayName",
                        "Sign in with " + other.name,
                        "providerId",
                        "oidc",
                        "enabled",
                        true,
                        "trustEmail",
                        true,
                        "config",
                        config));
    }

    /** User events, newest first; all types when none is named. */
    public List<JsonNode> events(String... types) {
        return list("/events?max=1000" + typed("type", types));
    }

    /** Admin events, newest first; all resource types when none is named. */
    public List<JsonNode> adminEvents(String... resourceTypes) {
        return list("/admin-events?max=1000" + typed("resourceTypes", resourceTypes));
    }

    /** Forgets the events so far. */
    public void clearEvents() {
        admin.delete(path("/events"));
        admin.delete(path("/admin-events"));
    }

    /** A user's online sessions as Keycloak itself tells them. */
    public List<JsonNode> sessions(String userId) {
        return list("/users/" + userId + "/sessions");
    }

    /** When Keycloak created a user's online session. */
    public Instant sessionStart(String userId, String sessionId) {
        return sessions(userId).stream()
                .filter(session -> session.get("id").asText().equals(sessionId))
                .map(session -> Instant.ofEpochMilli(session.get("start").asLong()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no session " + sessionId + " of user " + userId));
    }

    /** A user's offline sessions with one client, as Keycloak itself tells them. */
    public List<JsonNode> offlineSessions(String userId, String clientId) {
        return list("/users/" + userId + "/offline-sessions/" + clientUuid(clientId));
    }

    private static String typed(String parameter, String... values) {
        StringBuilder query = new StringBuilder();
        for (String value : values) {
            query.append('&').append(parameter).append('=').append(value);
        }
        return query.toString();
    }

    private List<JsonNode> list(String below) {
        List<JsonNode> all = new ArrayList<>();
        admin.get(path(below)).forEach(all::add);
        return all;
    }

    private static String root(String realm) {
        return "/" + Wire.encode(realm);
    }
}
