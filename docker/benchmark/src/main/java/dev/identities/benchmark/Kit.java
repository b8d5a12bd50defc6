package dev.identities.benchmark;

import dev.identities.testbed.Database;
import dev.identities.testbed.DistributionServer;
import dev.identities.testbed.KeycloakServer.Options;
import java.nio.file.Path;

/**
 * What servers are made from, so that two of them differ only in what is said here.
 *
 * @param plugin the plugin's jar
 * @param folder where the servers' folders are, and the results
 */
record Kit(Path distribution, Path plugin, Path folder) {

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

    /** An empty one. */
    static Database database() {
        return Database.start(Database.Vendor.POSTGRESQL, SETTINGS);
    }

    DistributionServer withPlugin(Database database) {
        return keycloak("with-plugin", database, Options.of(plugin));
    }

    /** The plugin with a location database, so that lists have places, and the signals that need them. */
    DistributionServer withPluginAndPlaces(Database database) {
        return keycloak("with-plugin", database, Options.of(plugin).withGeoDatabase(Addresses.places(folder)));
    }

    /** Keycloak as it is delivered. */
    DistributionServer withoutPlugin(Database database) {
        return keycloak("without-plugin", database, Options.of());
    }

    /** No cluster: each server is to be looked at alone. */
    private DistributionServer keycloak(String name, Database database, Options made) {
        Options options = made.optimized()
                .withArguments(database.arguments())
                .withArguments("--hostname-strict=false", "--cache=local");
        return DistributionServer.start(distribution, folder.resolve(name), options);
    }
}
