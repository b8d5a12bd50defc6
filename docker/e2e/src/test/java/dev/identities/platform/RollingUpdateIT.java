package dev.identities.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.Installation;
import dev.identities.testbed.Installation.Result;
import dev.identities.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keycloak's own command decides whether nodes may be replaced one by one; it sees the plugin. */
class RollingUpdateIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Keycloak's command exits with when all nodes must stop first. */
    private static final int RECREATE = 3;

    @TempDir
    private static Path folder;

    private static Installation installation;
    private static JsonNode metadata;

    @BeforeAll
    static void install() throws IOException {
        installation = Testbed.install("rolling-update", Testbed.providerJar(), Testbed.themeJar());
        Result build = installation.run("build", "--db=dev-file");
        assertThat(build.status()).as(build.output()).isZero();
        Path file = folder.resolve("metadata.json");
        Result result = installation.run("update-compatibility", "metadata", "--optimized", "--file=" + file);
        assertThat(result.status()).as(result.output()).isZero();
        metadata = JSON.readTree(file.toFile());
    }

    private static Result check(JsonNode before) throws IOException {
        Path file = folder.resolve("before.json");
        JSON.writeValue(file.toFile(), before);
        return installation.run("update-compatibility", "check", "--optimized", "--file=" + file);
    }

    @Test
    @DisplayName("after a server with the same protocol and the same data, nodes may be replaced one by one")
    void same() throws IOException {
        assertThat(metadata.at("/identities/cluster-protocol").asText()).isEqualTo("1");
        assertThat(metadata.at("/identities/stored-data").asText()).isEqualTo("1");
        Result result = check(metadata);
        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    @DisplayName("after another protocol, and after a server without the plugin, all nodes stop first")
    void different() throws IOException {
        ObjectNode older = metadata.deepCopy();
        older.withObject("/identities").put("cluster-protocol", "0");
        assertRefused(check(older));
        ObjectNode without = metadata.deepCopy();
        without.remove("identities");
        assertRefused(check(without));
    }

    private static void assertRefused(Result result) {
        assertThat(result.status()).as(result.output()).isEqualTo(RECREATE);
        assertThat(result.output()).contains("[identities]");
    }
}
