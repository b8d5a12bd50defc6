package dev.identities.platform;

import dev.identities.e2e.Http;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Backend.Access;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A realm of people who really sign in, with keys that some databases take for equal.
 *
 * @param keys each person's key by username
 */
record People(Realm realm, App wiki, Http api, Http desk, Map<String, String> keys) {

    static final String KEY = "employeeNumber";

    static People create(KeycloakServer server) {
        Realm realm = Realm.create(new AdminClient(server), "people", Map.of());
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("müller", "Ab-Ü1");
        keys.put("meier", "ab-ü1");
        keys.put("7-of_nine", "Ab-U1");
        keys.put("zoë", "both");
        keys.put("ÅSA", "both");
        keys.put("bystander", "Both");
        keys.forEach((name, key) -> realm.user(
                name, "password", Map.of("email", key.hashCode() + name + "@people.example"), Map.of(KEY, key)));
        App siem = realm.program("siem");
        App helpDesk = realm.helpDesk("desk");
        return new People(
                realm,
                realm.client("wiki"),
                Http.ngrok(server.url(), "people", siem.apiKey()),
                Http.ping(server.url(), "people", "desk", helpDesk.secret()).with("X-XSRF-Header", "x"),
                keys);
    }

    /** Signs everybody out and then in once. */
    Map<String, Tokens> signIn() {
        realm.admin().post(realm.path("/logout-all"), Map.of());
        Map<String, Tokens> tokens = new LinkedHashMap<>();
        keys.keySet().forEach(name -> tokens.put(name, signIn(name)));
        return tokens;
    }

    Tokens signIn(String name, String... scopes) {
        return new Backend(wiki).directGrant(new Credentials(name, "password"), scopes);
    }

    Access access(Tokens tokens) {
        return new Backend(wiki).access(tokens);
    }
}
