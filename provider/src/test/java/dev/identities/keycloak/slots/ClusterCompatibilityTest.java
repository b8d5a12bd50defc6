package dev.identities.keycloak.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.SessionKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keycloak.compatibility.CompatibilityMetadataProvider;
import org.keycloak.models.sessions.infinispan.entities.EmbeddedClientSessionKey;

/** The values that nodes of two versions must share. If you change one, raise the version beside it. */
@Timeout(60)
class ClusterCompatibilityTest {

    private static final Map<String, String> METADATA = Map.of("cluster-protocol", "1", "stored-data", "1");

    @Test
    @DisplayName("Keycloak's command finds the metadata as a service")
    void service() {
        assertThat(ServiceLoader.load(CompatibilityMetadataProvider.class).stream()
                        .map(ServiceLoader.Provider::type)
                        .map(Class::getName))
                .contains(ClusterCompatibility.class.getName());
    }

    @Test
    @DisplayName("the same versions may share a cluster; another protocol, another store and no plugin may not")
    void decisions() {
        ClusterCompatibility ours = new ClusterCompatibility();
        assertThat(ours.getId()).isEqualTo("identities");
        assertThat(ours.metadata()).isEqualTo(METADATA);
        assertThat(exitCode(ours, METADATA)).isZero();
        for (Map<String, String> other : List.of(
                Map.of("cluster-protocol", "0", "stored-data", "1"),
                Map.of("cluster-protocol", "1", "stored-data", "0"),
                Map.<String, String>of())) {
            assertThat(exitCode(ours, other)).as("after %s", other).isNotZero();
        }
    }

    private static int exitCode(ClusterCompatibility ours, Map<String, String> before) {
        return ours.isCompatible(before).exitCode();
    }

    @Test
    @DisplayName("cluster protocol 1: this cache, these keys, plain strings in it, ten minutes")
    void protocol() throws Exception {
        try (DefaultCacheManager manager = new DefaultCacheManager(
                new GlobalConfigurationBuilder().nonClusteredDefault().build())) {
            ClosedSlots slots = ClosedSlots.of(manager);
            slots.close(List.of(
                            Slot.ofUserSession(SessionKind.ONLINE, "sid"),
                            Slot.ofClientSession(SessionKind.OFFLINE, new EmbeddedClientSessionKey("sid", "wiki"))))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            slots.end(List.of(Slot.ofUserSession(SessionKind.OFFLINE, "sid")))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            Cache<Object, Object> cache = manager.getCache("identities-closed-slots");
            assertThat(new HashSet<>(cache.keySet()))
                    .isEqualTo(Set.of("closed nsid", "closed fsid/wiki", "ended fsid"));
            assertThat(new HashSet<>(cache.values())).isEqualTo(Set.of(""));
            assertThat(cache.getAdvancedCache().getCacheEntry("ended fsid").getLifespan())
                    .isEqualTo(TimeUnit.MINUTES.toMillis(10));
        }
    }

    @Test
    @DisplayName("cluster protocol 1: every node has every mark when the call returns, as the object that it is")
    void configuration() {
        Configuration clustered = ClosedSlots.configuration(true);
        assertThat(clustered.clustering().cacheMode()).isEqualTo(CacheMode.REPL_SYNC);
        assertThat(clustered.encoding().keyDataType().mediaType()).hasToString("application/x-java-object");
        assertThat(clustered.encoding().valueDataType().mediaType()).hasToString("application/x-java-object");
    }
}
