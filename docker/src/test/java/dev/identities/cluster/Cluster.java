package dev.identities.cluster;

import dev.identities.testbed.Database;
import dev.identities.testbed.Database.Vendor;
import dev.identities.testbed.DistributionServer;
import dev.identities.testbed.FreePort;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Testbed;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Two nodes in production mode over one PostgreSQL, for all tests of this package: started when the first one asks, ended
 * with the JVM. A test that takes something down brings it up again.
 */
final class Cluster {

    private final Database database = Database.start(Vendor.POSTGRESQL);
    private final Map<Node, DistributionServer> servers = new EnumMap<>(Node.class);

    private Cluster() {
        for (Node node : Node.values()) {
            servers.put(node, start(node));
        }
    }

    static Cluster shared() {
        return Shared.CLUSTER;
    }

    Database database() {
        return database;
    }

    DistributionServer server(Node node) {
        return servers.get(node);
    }

    private DistributionServer start(Node node) {
        return Testbed.startAt(
                0,
                "cluster-node-" + node.name().toLowerCase(Locale.ROOT),
                Options.of(Testbed.providerJar())
                        .inProduction()
                        .withArguments(database.arguments())
                        .withArguments(
                                "--hostname-strict=false",
                                "--cache=ispn",
                                "--cache-embedded-network-bind-address=127.0.0.1",
                                "--cache-embedded-network-bind-port=" + FreePort.any()),
                false);
    }

    /** By class initialization: once, and a failed start fails every test at once. */
    private static final class Shared {
        static final Cluster CLUSTER = new Cluster();
    }
}
