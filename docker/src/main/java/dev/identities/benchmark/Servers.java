package dev.identities.benchmark;

import dev.identities.testbed.AdminClient;
import dev.identities.testbed.Database;
import dev.identities.testbed.DistributionServer;
import dev.identities.testbed.KeycloakServer.Options;
import java.nio.file.Path;

/** One PostgreSQL, and two Keycloaks on it that differ in nothing but the plugin. */
final class Servers implements AutoCloseable {

    /** What an administrator would set on a server of its own; durability is as delivered. */
    private static final String[] SETTINGS = {
        "shared_buffers=2GB",
        "effective_cache_size=6GB",
        "work_mem=16MB",
        "random_page_cost=1.1",
        "max_wal_size=8GB",
        "checkpoint_timeout=15min",
        // Asleep until a threshold is set: then every statement is logged with the plan by which it was run.
        "session_preload_libraries=auto_explain",
        "auto_explain.log_analyze=on",
        "auto_explain.log_buffers=on"
    };

    private final Path distribution;
    private final Path folder;
    private final Database database = Database.start(Database.Vendor.POSTGRESQL, SETTINGS);
    private final DistributionServer plugged;
    private DistributionServer stock;

    Servers(Path distribution, Path plugin, Path folder) {
        this.distribution = distribution;
        this.folder = folder;
        this.plugged = start("with-plugin", plugin);
    }

    Database database() {
        return database;
    }

    DistributionServer plugged() {
        return plugged;
    }

    /** Whether it has run for a while, and need not be warmed up again. */
    boolean isStockWarm() {
        return stock != null;
    }

    /** Keycloak as it is delivered. */
    DistributionServer stock() {
        if (stock == null) {
            stock = start("without-plugin");
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

    /** No cluster: each of the two is to be looked at alone. */
    private DistributionServer start(String name, Path... providers) {
        Options options = Options.of(providers)
                .optimized()
                .withArguments(database.arguments())
                .withArguments("--hostname-strict=false", "--cache=local");
        return DistributionServer.start(distribution, folder.resolve(name), options);
    }

    @Override
    public void close() {
        if (stock != null) {
            stock.close();
        }
        plugged.close();
        database.close();
    }
}
