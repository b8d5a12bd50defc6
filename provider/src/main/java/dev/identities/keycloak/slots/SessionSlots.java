package dev.identities.keycloak.slots;

import dev.identities.session.KnownSession;
import dev.identities.session.RememberMe;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.infinispan.Cache;
import org.infinispan.CacheStream;
import org.infinispan.factories.ComponentRegistry;
import org.infinispan.interceptors.AsyncInterceptorChain;
import org.infinispan.interceptors.locking.NonTransactionalLockingInterceptor;
import org.jboss.logging.Logger;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.sessions.infinispan.changes.SessionEntityWrapper;
import org.keycloak.models.sessions.infinispan.entities.AuthenticatedClientSessionEntity;
import org.keycloak.models.sessions.infinispan.entities.EmbeddedClientSessionKey;
import org.keycloak.models.sessions.infinispan.entities.UserSessionEntity;
import org.keycloak.models.sessions.infinispan.stream.UserSessionPredicate;

/**
 * The slots of this server, for all realms. The package defines the terms.
 *
 * <p>A server without session caches has no slots. Then all methods find nothing and do nothing.
 */
public final class SessionSlots {

    private static final Logger LOG = Logger.getLogger(SessionSlots.class);

    private final ClosedSlots closed;

    private final Map<SessionKind, Caches> caches = new EnumMap<>(SessionKind.class);

    /** Keycloak's caches of one kind of sessions. */
    private record Caches(
            Cache<String, SessionEntityWrapper<UserSessionEntity>> userSessions,
            Cache<EmbeddedClientSessionKey, SessionEntityWrapper<AuthenticatedClientSessionEntity>> clientSessions) {}

    /** Gives Keycloak's caches by their names. */
    public interface Connections {
        <K, V> Cache<K, V> getCache(String name);
    }

    private SessionSlots(ClosedSlots closed) {
        this.closed = closed;
    }

    /** The slots of a server without session caches: none. */
    public static SessionSlots none() {
        return new SessionSlots(ClosedSlots.none());
    }

    /**
     * Puts the guards into this node's caches. To be called once per server, before it serves requests.
     *
     * @param kinds the kinds whose sessions have rows. A closed slot would end a session whose only place is the cache
     */
    public static SessionSlots install(Connections connections, Set<SessionKind> kinds) {
        SessionSlots slots = new SessionSlots(ClosedSlots.of(connections
                .getCache(InfinispanConnectionProvider.WORK_CACHE_NAME)
                .getCacheManager()));
        for (SessionKind kind : kinds) {
            boolean offline = kind == SessionKind.OFFLINE;
            Caches caches = new Caches(
                    connections.getCache(
                            offline
                                    ? InfinispanConnectionProvider.OFFLINE_USER_SESSION_CACHE_NAME
                                    : InfinispanConnectionProvider.USER_SESSION_CACHE_NAME),
                    connections.getCache(
                            offline
                                    ? InfinispanConnectionProvider.OFFLINE_CLIENT_SESSION_CACHE_NAME
                                    : InfinispanConnectionProvider.CLIENT_SESSION_CACHE_NAME));
            slots.caches.put(kind, caches);
            slots.guard(kind, caches);
        }
        return slots;
    }

    private void guard(SessionKind kind, Caches of) {
        UnaryOperator<Object> userKey = reader(of.userSessions());
        guard(
                of.userSessions(),
                new SlotGuard(closed, key -> List.of(Slot.ofUserSession(kind, (String) userKey.apply(key)))));
        UnaryOperator<Object> clientKey = reader(of.clientSessions());
        guard(of.clientSessions(), new SlotGuard(closed, key -> {
            EmbeddedClientSessionKey client = (EmbeddedClientSessionKey) clientKey.apply(key);
            return List.of(Slot.ofClientSession(kind, client), Slot.ofUserSession(kind, client.userSessionId()));
        }));
    }

    /** Keys are stored as they are, unless an administrator's cache configuration encodes them. */
    private static UnaryOperator<Object> reader(Cache<?, ?> cache) {
        return cache.getAdvancedCache().getKeyDataConversion()::fromStorage;
    }

    private static void guard(Cache<?, ?> cache, SlotGuard guard) {
        AsyncInterceptorChain chain = ComponentRegistry.componentOf(cache, AsyncInterceptorChain.class);
        boolean stands;
        try {
            stands = chain != null && chain.addInterceptorAfter(guard, NonTransactionalLockingInterceptor.class);
        } catch (RuntimeException e) {
            LOG.debug("A cache takes no interceptor", e);
            stands = false;
        }
        if (!stands) {
            LOG.errorf(
                    "The cache %s cannot be guarded as it is configured (a simple or a transactional cache): sessions that"
                            + " end while they are in use may come back. Use Keycloak's own configuration of it",
                    cache.getName());
        }
    }

    /**
     * Closes the slots of these user sessions and of their client sessions. Every node knows it when this returns.
     *
     * @throws RuntimeException when a node could not be told
     */
    public void close(Collection<SessionRef> sessions) {
        wait(closed.close(names(sessions)));
    }

    /**
     * Marks the slots of these sessions as ended, on all nodes. The slots are closed already.
     *
     * @throws RuntimeException when a node could not be told
     */
    public void ended(Collection<SessionRef> sessions) {
        wait(closed.end(names(sessions)));
    }

    private List<String> names(Collection<SessionRef> sessions) {
        return sessions.stream()
                .filter(ref -> caches.containsKey(ref.kind()))
                .map(ref -> Slot.ofUserSession(ref.kind(), ref.sid()))
                .toList();
    }

    private static void wait(CompletionStage<?> stage) {
        Object unused = stage.toCompletableFuture().join();
    }

    /** Whether one of our calls has ended a session of this id and kind, within the lifetime of closed slots. */
    public boolean isEnded(String sid, SessionKind kind) {
        return caches.containsKey(kind) && closed.isEnded(Slot.ofUserSession(kind, sid));
    }

    /** Whether one of our calls, or Keycloak, has ended or tried to end a session of this id and kind lately. */
    public boolean isClosed(String sid, SessionKind kind) {
        return caches.containsKey(kind) && closed.isClosed(Slot.ofUserSession(kind, sid));
    }

    /**
     * Removes these sessions from the caches of all nodes. To be called when their slots are closed, because otherwise
     * they may come back at once.
     *
     * @param clients the ids of the clients of each session, as far as its rows have told them
     * @return the sessions that were in a cache
     * @throws RuntimeException when an entry could not be removed; all others have been
     */
    public Set<SessionRef> empty(Collection<SessionRef> sessions, Map<SessionRef, Set<String>> clients) {
        Map<SessionRef, CompletableFuture<SessionEntityWrapper<UserSessionEntity>>> removals = new HashMap<>();
        for (SessionRef ref : sessions) {
            Caches of = caches.get(ref.kind());
            if (of != null) {
                removals.put(ref, of.userSessions().removeAsync(ref.sid()));
            }
        }
        Set<SessionRef> held = new HashSet<>();
        List<CompletableFuture<?>> rest = new ArrayList<>(removals.values());
        removals.forEach((ref, removal) -> {
            // A removal that fails must not stop the others, because an entry that stays answers when the slot opens.
            SessionEntityWrapper<UserSessionEntity> entry =
                    removal.exceptionally(failure -> null).join();
            Set<String> ids = new HashSet<>(clients.getOrDefault(ref, Set.of()));
            if (entry != null) {
                held.add(ref);
                ids.addAll(entry.getEntity().getClientSessions());
            }
            ids.forEach(id -> rest.add(
                    caches.get(ref.kind()).clientSessions().removeAsync(new EmbeddedClientSessionKey(ref.sid(), id))));
        });
        CompletableFuture<?> all = CompletableFuture.allOf(rest.toArray(CompletableFuture[]::new));
        Object unused = all.join();
        return held;
    }

    /** The sessions of a user that the caches of all nodes hold. Looks through all of them. */
    public List<KnownSession> cached(String realmId, UserId user) {
        UserSessionPredicate ofUser = UserSessionPredicate.create(realmId).user(user.value());
        List<KnownSession> found = new ArrayList<>();
        caches.forEach((kind, of) -> {
            try (CacheStream<Map.Entry<String, SessionEntityWrapper<UserSessionEntity>>> entries =
                    of.userSessions().entrySet().stream().filter(ofUser)) {
                entries.iterator()
                        .forEachRemaining(
                                entry -> found.add(known(kind, entry.getValue().getEntity())));
            }
        });
        return found;
    }

    /** The sessions of this id that the caches of all nodes hold in open slots; one of each kind at most. */
    public List<KnownSession> cached(String realmId, String sid) {
        List<KnownSession> found = new ArrayList<>();
        caches.forEach((kind, of) -> {
            SessionEntityWrapper<UserSessionEntity> entry = of.userSessions().get(sid);
            if (entry != null && realmId.equals(entry.getEntity().getRealmId())) {
                found.add(known(kind, entry.getEntity()));
            }
        });
        return found;
    }

    private static KnownSession known(SessionKind kind, UserSessionEntity entity) {
        RememberMe rememberMe = entity.isRememberMe() ? RememberMe.YES : RememberMe.NO;
        return new KnownSession(
                new SessionId(entity.getStarted(), kind, rememberMe, entity.getId()),
                new UserId(entity.getUser()),
                false);
    }
}
