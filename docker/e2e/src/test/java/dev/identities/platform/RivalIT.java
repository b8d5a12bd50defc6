package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.Http;
import dev.identities.rival.RivalFactory;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.ProviderJar;
import dev.identities.testbed.Testbed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another extension serves the same paths. */
class RivalIT {

    private static final String SAID = "Two extensions serve ";

    @Test
    @DisplayName("the log says at start who answers and who is not reached, whoever of the two has won")
    void log(@TempDir Path folder) throws Exception {
        Path rival = ProviderJar.pack(
                folder,
                "rival",
                "org.keycloak.services.resource.RealmResourceProviderFactory",
                List.of("RivalFactory$Lower", "RivalFactory$Higher"),
                RivalFactory.class.getPackageName(),
                List.of("RivalFactory", "RivalFactory$1", "RivalFactory$Lower", "RivalFactory$Higher"));
        try (KeycloakServer server = Testbed.start("rival", Options.of(Testbed.providerJar(), rival))) {
            assertThat(server.log())
                    .containsOnlyOnce(SAID + "/realms/{realm}/app.")
                    .containsOnlyOnce("dev.identities.boot.AppResourceProviderFactory answers, and"
                            + " dev.identities.rival.RivalFactory$Lower is not reached")
                    .containsOnlyOnce(SAID + "/realms/{realm}/pf-ws.")
                    .containsOnlyOnce("dev.identities.rival.RivalFactory$Higher answers, and"
                            + " dev.identities.boot.PingResourceProviderFactory is not reached");
            assertThat(Http.ngrok(server.url(), "master", "nobody")
                            .get("/users")
                            .status())
                    .as("what the log says is true")
                    .isEqualTo(403);
            assertThat(Http.ping(server.url(), "master", "nobody", "nothing")
                            .get("/users/nobody")
                            .status())
                    .as("what the log says is true")
                    .isEqualTo(404);
        }
    }
}
