package dev.identities.finality;

import dev.identities.testbed.KeycloakServer.Options;
import java.util.Locale;

/** How many sessions a server keeps in its caches. */
public enum Caches {
    /** As many as Keycloak keeps by default. */
    NORMAL {
        @Override
        public Options of(Options options) {
            return options;
        }
    },
    /** One of each kind: nearly every request reads rows. */
    ONE_ENTRY {
        @Override
        public Options of(Options options) {
            return options.withArguments(
                    "--cache-embedded-sessions-max-count=1",
                    "--cache-embedded-client-sessions-max-count=1",
                    "--cache-embedded-offline-sessions-max-count=1",
                    "--cache-embedded-offline-client-sessions-max-count=1");
        }
    };

    /** The same server with such caches. */
    public abstract Options of(Options options);

    /**
     * What system property {@code identities.session-caches} asks for: {@code normal}, also without it, or {@code
     * one-entry}.
     *
     * @throws IllegalArgumentException when it says something else
     */
    public static Caches asked() {
        String name = System.getProperty("identities.session-caches", "normal");
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
