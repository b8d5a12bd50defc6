package dev.identities.keycloak.slots;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.container.entries.InternalCacheEntry;
import org.infinispan.manager.EmbeddedCacheManager;

/**
 * Knows which slots are closed. It keeps marks in a replicated cache of our own. Closing a slot takes until every node
 * has the mark, and each node reads the marks from its own memory. A node that joins gets them before it serves
 * requests.
 *
 * <p>Nodes of two versions of the plugin share it during a rolling update: see {@link
 * ClusterCompatibility#CLUSTER_PROTOCOL} before you change it.
 */
final class ClosedSlots {

    /**
     * How long a slot stays closed: longer than any request may be between reading a row and importing it. Keycloak ends
     * transactions after five minutes (its option {@code transaction-default-timeout}).
     */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    /** A slot closed within this time is not closed once more, because a session ends with several removals. */
    private static final Duration LATELY = Duration.ofMinutes(1);

    static final String CACHE = "identities-closed-slots";

    /**
     * Prefixes of the slot's name. A slot has one entry for closed and one for ended, because closing it once more must
     * not take back its end.
     */
    private static final String CLOSED = "closed ";

    private static final String ENDED = "ended ";

    /** The value of every entry: the entry itself is the mark. */
    private static final String MARK = "";

    /** Empty on a server without session caches. */
    private final Optional<Cache<String, String>> marks;

    private ClosedSlots(Optional<Cache<String, String>> marks) {
        this.marks = marks;
    }

    /** Of a server without session caches: no slot is ever closed. */
    static ClosedSlots none() {
        return new ClosedSlots(Optional.empty());
    }

    static ClosedSlots of(EmbeddedCacheManager caches) {
        boolean cluster = caches.getCacheManagerConfiguration().isClustered();
        // A server that starts again in the same process finds it defined.
        if (caches.getCacheConfiguration(CACHE) == null) {
            Configuration unused = caches.defineConfiguration(CACHE, configuration(cluster));
        }
        return new ClosedSlots(Optional.of(caches.getCache(CACHE)));
    }

    /** The cache evicts nothing, because a slot whose entry is evicted would open too early. */
    static Configuration configuration(boolean cluster) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.encoding().mediaType(MediaType.APPLICATION_OBJECT_TYPE);
        builder.clustering().cacheMode(cluster ? CacheMode.REPL_SYNC : CacheMode.LOCAL);
        return builder.build();
    }

    /** Looks into this node's memory and never waits, because guards ask on threads that must not block. */
    boolean isClosed(String slot) {
        return entry(CLOSED + slot).isPresent() || isEnded(slot);
    }

    boolean isEnded(String slot) {
        return entry(ENDED + slot).isPresent();
    }

    /** Whether the slot stays closed for most of the lifetime, so that it need not be closed again now. */
    boolean wasClosedLately(String slot) {
        return entry(CLOSED + slot)
                .filter(entry -> System.currentTimeMillis() - entry.getCreated() < LATELY.toMillis())
                .isPresent();
    }

    private Optional<InternalCacheEntry<String, String>> entry(String key) {
        return marks.map(cache -> cache.getAdvancedCache().getDataContainer().peek(key))
                .filter(entry -> !entry.isExpired(System.currentTimeMillis()));
    }

    /** Done when every node knows it. */
    CompletionStage<Void> close(Collection<String> slots) {
        return mark(CLOSED, slots);
    }

    /** Done when every node knows it. */
    CompletionStage<Void> end(Collection<String> slots) {
        return mark(ENDED, slots);
    }

    private CompletionStage<Void> mark(String state, Collection<String> slots) {
        if (marks.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Map<String, String> entries = new HashMap<>();
        slots.forEach(slot -> entries.put(state + slot, MARK));
        // In milliseconds, because Infinispan 16.0.14 takes this method's number for milliseconds and ignores the unit.
        return marks.get().putAllAsync(entries, LIFETIME.toMillis(), TimeUnit.MILLISECONDS);
    }
}
