package dev.identities.finality;

import dev.identities.testbed.KeycloakServer.Options;

/** How many sessions a server keeps in its caches. */
enum Caches {
    NORMAL {
        @Override
        Options of(Options options) {
            return options;
        }
    },
    /** One of each kind: nearly every request reads rows. */
    ONE_ENTRY {
        @Override
        Options of(Options options) {
            return options.withArguments(
                    "--cache-embedded-sessions-max-count=1",
                    "--cache-embedded-client-sessions-max-count=1",
                    "--cache-embedded-offline-sessions-max-count=1",
                    "--cache-embedded-offline-client-sessions-max-count=1");
        }
    };

    abstract Options of(Options options);
}
