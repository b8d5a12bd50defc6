package dev.identities.keycloak.channel;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.event.CacheEntryCreatedEvent;
import org.jboss.logging.Logger;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;

/**
 * Texts to all nodes, and topics that a node has an interest in. A text is an entry of a replicated cache that lives for
 * some seconds; each node hears of its creation. Keycloak's own way to tell nodes (its {@code ClusterProvider}) takes
 * classes of Keycloak only, because the classes must be known to the marshaller.
 *
 * <p>A server without caches, and one that is alone, has no other nodes. Then texts go nowhere.
 */
public final class NodeChannel {

    static final String CACHE = "identities-events";

    /** Long enough for every node to hear of it; nobody reads it later. */
    private static final Duration TEXT_LIFETIME = Duration.ofSeconds(10);

    private static final String TEXT = "text ";
    private static final String TOPIC = "topic ";

    private static final Logger LOG = Logger.getLogger(NodeChannel.class);

    /** Empty where there are no other nodes. */
    private final Optional<Cache<String, String>> cache;

    private NodeChannel(Optional<Cache<String, String>> cache) {
        this.cache = cache;
    }

    /** The channel of a server without caches. */
    public static NodeChannel none() {
        return new NodeChannel(Optional.empty());
    }

    /** The channel in the cache manager of Keycloak's embedded caches. */
    public static NodeChannel of(InfinispanConnectionProvider connections) {
        EmbeddedCacheManager caches = connections
                .getCache(InfinispanConnectionProvider.WORK_CACHE_NAME)
                .getCacheManager();
        if (!caches.getCacheManagerConfiguration().isClustered()) {
            return none();
        }
        // A server that starts again in the same process finds it defined.
        if (caches.getCacheConfiguration(CACHE) == null) {
            Configuration unused = caches.defineConfiguration(CACHE, configuration());
        }
        return new NodeChannel(Optional.of(caches.getCache(CACHE)));
    }

    private static Configuration configuration() {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.encoding().mediaType(MediaType.APPLICATION_OBJECT_TYPE);
        builder.clustering().cacheMode(CacheMode.REPL_SYNC);
        return builder.build();
    }

    /** Has texts of other nodes handed over. The consumer must return at once. */
    public void listen(Consumer<String> texts) {
        cache.ifPresent(others -> others.addListener(new Ear(texts)));
    }

    /** Sends a text to the other nodes. Returns at once; a failure is logged. */
    public void send(String text) {
        cache.ifPresent(others -> send(others, text));
    }

    private static void send(Cache<String, String> others, String text) {
        CompletableFuture<?> unused = others.putAsync(
                        TEXT + UUID.randomUUID(), text, TEXT_LIFETIME.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    LOG.warn("Other nodes could not be told of a session's beginning or end", failure);
                    return null;
                });
    }

    /** Has a topic known on all nodes for some time; they know when this returns. */
    public void want(String topic, Duration time) {
        cache.ifPresent(others -> others.put(TOPIC + topic, "", time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Whether a node wants a topic. Looks into this node's memory only. */
    public boolean isWanted(String topic) {
        return cache.isPresent() && cache.get().containsKey(TOPIC + topic);
    }

    /** Hears of entries that other nodes made. */
    @Listener
    public static final class Ear {

        private final Consumer<String> texts;

        Ear(Consumer<String> texts) {
            this.texts = texts;
        }

        /** Infinispan calls it before and after an entry is made. */
        @CacheEntryCreated
        public void created(CacheEntryCreatedEvent<String, String> event) {
            if (!event.isPre() && !event.isOriginLocal() && event.getKey().startsWith(TEXT)) {
                texts.accept(event.getValue());
            }
        }
    }
}
