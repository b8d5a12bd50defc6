package dev.identities.finality;

import dev.identities.e2e.Http;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A realm with an application and a client of each of our APIs, as every node of a server has them.
 *
 * @param realm the realm
 * @param wiki the application
 * @param siem the client of ngrok's API
 * @param desk the client of PingFederate's API
 * @param nodes the address of each node
 * @param backends the application's server side at each node
 */
public record Site(Realm realm, App wiki, App siem, App desk, List<URI> nodes, List<Backend> backends) {

    /** Seconds for which tokens and sessions last: somebody else's session must outlast all rounds of a long run. */
    private static final int LASTING = 100 * 60 * 60;

    /** A realm that exists, on these nodes; its sessions outlast a long run from now on. */
    public static Site of(Realm realm, App wiki, App siem, App desk, List<URI> nodes) {
        realm.update(Map.of(
                "accessTokenLifespan", LASTING, "ssoSessionIdleTimeout", LASTING, "ssoSessionMaxLifespan", LASTING));
        return new Site(
                realm,
                wiki,
                siem,
                desk,
                List.copyOf(nodes),
                nodes.stream().map(node -> new Backend(wiki.at(node))).toList());
    }

    /** A new realm on the only node of a server. */
    static Site create(KeycloakServer server, String name) {
        Realm realm = Realm.create(new AdminClient(server), name, Map.of());
        return of(realm, realm.client("wiki"), realm.program("siem"), realm.helpDesk("desk"), List.of(server.url()));
    }

    /** ngrok's API on a node. */
    Http app(int node) {
        return Http.ngrok(nodes.get(node), realm.name(), siem.apiKey());
    }

    /** PingFederate's API on a node. */
    Http ping(int node) {
        return Http.ping(nodes.get(node), realm.name(), desk.clientId(), desk.secret())
                .with("X-XSRF-Header", "x");
    }

    /** Keycloak's own endpoints below the realm's address. */
    Http at(String path) {
        return Http.at(nodes.get(0), realm.name(), path);
    }

    App wiki(int node) {
        return wiki.at(nodes.get(node));
    }

    Backend backend(int node) {
        return backends.get(node);
    }

    /** A new user whose password is the name. */
    public Person person(String name) {
        return new Person(this, realm.user(name, name), name);
    }

    /**
     * Somebody of the realm.
     *
     * @param site where
     * @param id Keycloak's
     * @param name also the password
     */
    public record Person(Site site, String id, String name) {

        /** Signs in with a new browser, on a node. */
        public Session signIn(int node, String... scopes) {
            Browser browser = new Browser(Browser.DESKTOP, "203.0.113.101");
            return new Session(this, browser, browser.signIn(site.wiki(node), SignIn.as(name, name), scopes));
        }

        /** The application signs them in, without a browser. */
        Tokens directGrant(String... scopes) {
            return site.backend(0).directGrant(new Credentials(name, name), scopes);
        }
    }

    /**
     * A session that a browser began.
     *
     * @param person whose it is
     * @param browser holds its cookies
     * @param tokens of the application
     */
    public record Session(Person person, Browser browser, Tokens tokens) {

        Site site() {
            return person.site();
        }

        String sid() {
            return tokens.sessionId();
        }
    }
}
