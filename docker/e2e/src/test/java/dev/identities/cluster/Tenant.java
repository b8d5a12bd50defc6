package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.BulkCall;
import dev.identities.e2e.Http;
import dev.identities.e2e.Http.Answer;
import dev.identities.finality.Site;
import dev.identities.session.SessionId;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A realm of the cluster as it is seen from each node: an application, and a client of each of our APIs. */
record Tenant(Cluster cluster, Realm realm, App wiki, App siem, App desk) {

    static Tenant create(Cluster cluster, String name) {
        String url = cluster.server(Node.ONE).url().toString();
        Realm realm = Realm.create(
                new AdminClient(cluster.server(Node.ONE)),
                name,
                // Whichever node is asked, the realm is at one address: tokens of one are those of the other.
                Map.of("attributes", Map.of("frontendUrl", url)));
        App siem = realm.program("siem");
        App desk = realm.helpDesk("desk");
        return new Tenant(cluster, realm, realm.client("wiki"), siem, desk);
    }

    /** ngrok's API on a node. */
    Http app(Node node) {
        return Http.ngrok(cluster.server(node).url(), realm.name(), siem.apiKey());
    }

    /** PingFederate's API on a node. */
    Http ping(Node node) {
        return Http.ping(cluster.server(node).url(), realm.name(), desk.clientId(), desk.secret())
                .with("X-XSRF-Header", "x");
    }

    App wiki(Node node) {
        return wiki.at(cluster.server(node).url());
    }

    /** The application's server side, which asks this node. */
    Backend backend(Node node) {
        return new Backend(wiki(node));
    }

    /** The realm on all nodes, for histories. Its sessions outlast a long run. */
    Site site() {
        List<URI> nodes = Arrays.stream(Node.values())
                .map(node -> cluster.server(node).url())
                .toList();
        return Site.of(realm, wiki, siem, desk, nodes);
    }

    /** A user whose password is the name. */
    Person person(String name) {
        return new Person(this, realm.user(name, name), name);
    }

    /** Somebody with sessions. */
    record Person(Tenant tenant, String id, String name) {

        Tokens signIn(Node node, String... scopes) {
            return tenant.backend(node).directGrant(new Credentials(name, name), scopes);
        }

        /** That many sessions, on one node and the other in turn, every tenth of them offline. */
        List<Tokens> signIn(int sessions) {
            List<Tokens> all = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                all.add(signIn(Node.inTurn(i), i % 10 == 5 ? new String[] {"offline_access"} : new String[0]));
            }
            return all;
        }

        /** Ends all sessions by the call for many, with a filter. */
        Answer endInBulk(Node node) {
            return BulkCall.endAll(tenant.app(node), filter(), "by a test");
        }

        /** A filter that all sessions of this person match, and nobody else's. */
        String filter() {
            return "obj.application_user.id == 'usr_" + id + "'";
        }

        /** The sessions that ngrok's API lists on a node; it shows a hundred at most, and knows nobody without. */
        Set<String> inApp(Node node) {
            Answer answer = tenant.app(node).get("/users/" + id + "/sessions");
            Set<String> sids = new TreeSet<>();
            if (answer.status() == 404) {
                return sids;
            }
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            answer.json()
                    .get("application_sessions")
                    .forEach(session -> sids.add(sid(session.get("id").asText())));
            return sids;
        }

        /** The sessions that PingFederate's API lists on a node. */
        Set<String> inPing(Node node) {
            Set<String> sids = new TreeSet<>();
            tenant.ping(node)
                    .get("/users/" + name)
                    .json()
                    .get("sessions")
                    .forEach(session -> sids.add(session.get("sri").asText()));
            return sids;
        }

        private static String sid(String publicId) {
            return SessionId.parse(publicId).orElseThrow().sid();
        }
    }

    /** Everything is refused on this node. */
    boolean lost(Node node, Tokens tokens) {
        return backend(node).access(tokens).lost();
    }

    static Set<String> sids(List<Tokens> tokens) {
        return tokens.stream().map(Tokens::sessionId).collect(Collectors.toCollection(TreeSet::new));
    }
}
