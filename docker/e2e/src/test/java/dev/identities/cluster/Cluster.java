package dev.identities.cluster;

import dev.identities.finality.Caches;
import dev.identities.testbed.Database;
import dev.identities.testbed.Database.Vendor;
import dev.identities.testbed.DistributionServer;
import dev.identities.testbed.FreePort;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Testbed;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Two nodes in production mode over one database. */
final class Cluster implements AutoCloseable {

    private final String name;
    private final Database database;
    private final Caches caches;
    private final Map<Node, DistributionServer> servers = new EnumMap<>(Node.class);

    private Cluster(String name, Vendor vendor, Caches caches) {
        this.name = name;
        this.database = Database.start(vendor);
        this.caches = caches;
        for (Node node : Node.values()) {
            servers.put(node, start(node));
        }
    }

    /**
     * One on PostgreSQL, for all tests of this package: started when the first one asks, ended with the JVM. A test that
     * takes something down brings it up again.
     */
    static Cluster shared() {
        return Shared.CLUSTER;
    }

    /** One of a test's own; the caller closes it. */
    static Cluster start(String name, Vendor vendor, Caches caches) {
        return new Cluster(name, vendor, caches);
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
                name + "-node-" + node.name().toLowerCase(Locale.ROOT),
                caches.of(Options.of(Testbed.providerJar()))
                        .inProduction()
                        .withArguments(database.arguments())
                        .withArguments(
                                "--hostname-strict=false",
                                "--cache=ispn",
                                "--cache-embedded-network-bind-address=127.0.0.1",
                                "--cache-embedded-network-bind-port=" + FreePort.any()),
                false);
    }

    @Override
    public void close() {
        servers.values().forEach(DistributionServer::close);
        database.close();
    }

    /** By class initialization: once, and a failed start fails every test at once. */
    private static final class Shared {
        static final Cluster CLUSTER = new Cluster("cluster", Vendor.POSTGRESQL, Caches.NORMAL);
    }
}
