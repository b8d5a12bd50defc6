package dev.identities.benchmark;

import dev.identities.testbed.AdminClient;
import dev.identities.testbed.Database;
import dev.identities.testbed.DistributionServer;

/** Two Keycloaks on one database: one with the plugin, one that can be ended in the middle of a request. */
final class Servers implements AutoCloseable {

    private final Kit kit;
    private final Database database;
    private final DistributionServer plugged;
    private DistributionServer stock;

    Servers(Kit kit, Database database) {
        this.kit = kit;
        this.database = database;
        this.plugged = kit.withPluginAndPlaces(database);
    }

    Database database() {
        return database;
    }

    DistributionServer plugged() {
        return plugged;
    }

    /** Keycloak as it is delivered. */
    DistributionServer stock() {
        if (stock == null) {
            stock = kit.withoutPlugin(database);
        }
        return stock;
    }

    AdminClient admin() {
        return new AdminClient(plugged);
    }

    /** Ends what Keycloak still does for a request that nobody waits for any more. */
    void endStock() {
        if (stock != null) {
            stock.kill();
            stock.close();
            stock = null;
        }
    }

    @Override
    public void close() {
        if (stock != null) {
            stock.close();
        }
        plugged.close();
    }
}
