package dev.identities.keycloak.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.KnownSession;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.context.Flag;
import org.infinispan.manager.DefaultCacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keycloak.models.sessions.infinispan.changes.SessionEntityWrapper;
import org.keycloak.models.sessions.infinispan.entities.AuthenticatedClientSessionEntity;
import org.keycloak.models.sessions.infinispan.entities.EmbeddedClientSessionKey;
import org.keycloak.models.sessions.infinispan.entities.UserSessionEntity;

/** With real caches, of one node. */
@Timeout(60)
class SessionSlotsTest {

    private static final SessionRef ONLINE = new SessionRef("sid", SessionKind.ONLINE, new UserId("jane"));
    private static final EmbeddedClientSessionKey WIKI = new EmbeddedClientSessionKey("sid", "wiki");

    private final DefaultCacheManager manager = new DefaultCacheManager(
            new GlobalConfigurationBuilder().nonClusteredDefault().build());

    private SessionSlots slots;
    private Cache<String, SessionEntityWrapper<UserSessionEntity>> online;
    private Cache<String, SessionEntityWrapper<UserSessionEntity>> offline;
    private Cache<EmbeddedClientSessionKey, SessionEntityWrapper<AuthenticatedClientSessionEntity>> clients;

    @BeforeEach
    void install() {
        for (String name : List.of("work", "sessions", "clientSessions", "offlineSessions", "offlineClientSessions")) {
            manager.defineConfiguration(name, new ConfigurationBuilder().build());
        }
        slots = SessionSlots.install(manager::getCache, Set.of(SessionKind.values()));
        online = manager.getCache("sessions");
        offline = manager.getCache("offlineSessions");
        clients = manager.getCache("clientSessions");
    }

    @AfterEach
    void stop() throws Exception {
        manager.close();
    }

    private static SessionEntityWrapper<UserSessionEntity> session(String sid, String user, String... clientIds) {
        UserSessionEntity entity = new UserSessionEntity(sid);
        entity.setRealmId("realm");
        entity.setUser(user);
        entity.setStarted(1_000);
        entity.getClientSessions().addAll(List.of(clientIds));
        return new SessionEntityWrapper<>(entity);
    }

    private static SessionEntityWrapper<AuthenticatedClientSessionEntity> client() {
        return new SessionEntityWrapper<>(new AuthenticatedClientSessionEntity());
    }

    @Test
    @DisplayName("a slot stays closed for ten minutes, and so does an ended one")
    void lifetime() {
        slots.close(List.of(ONLINE));
        slots.ended(List.of(ONLINE));
        Cache<String, String> marks = manager.getCache(ClosedSlots.CACHE);
        assertThat(marks.keySet()).hasSize(2).allSatisfy(key -> assertThat(
                        marks.getAdvancedCache().getCacheEntry(key).getLifespan())
                .isEqualTo(TimeUnit.MINUTES.toMillis(10)));
    }

    @Test
    @DisplayName("a slot opens again when its lifetime is over, and is read and written as before")
    void opensAgain() {
        slots.close(List.of(ONLINE));
        slots.ended(List.of(ONLINE));
        assertThat(online.putIfAbsent("sid", session("sid", "jane"))).isNull();
        assertThat(online.get("sid")).isNull();

        Cache<String, String> marks = manager.getCache(ClosedSlots.CACHE);
        Set.copyOf(marks.keySet()).forEach(key -> marks.put(key, "", 1, TimeUnit.MILLISECONDS));
        while (slots.isClosed("sid", SessionKind.ONLINE)) {
            Thread.onSpinWait();
        }

        assertThat(slots.isEnded("sid", SessionKind.ONLINE)).isFalse();
        assertThat(online.putIfAbsent("sid", session("sid", "jane"))).isNull();
        assertThat(online.get("sid")).isNotNull();
    }

    @Test
    @DisplayName("an open slot is read and written as ever")
    void open() {
        assertThat(online.putIfAbsent("sid", session("sid", "jane"))).isNull();
        assertThat(online.get("sid")).isNotNull();
        assertThat(slots.isClosed("sid", SessionKind.ONLINE)).isFalse();
    }

    @Test
    @DisplayName("a closed slot is found empty and takes nothing, of the user session and of its client sessions")
    void closed() {
        online.put("sid", session("sid", "jane"));
        clients.put(WIKI, client());
        slots.close(List.of(ONLINE));
        assertThat(online.get("sid")).isNull();
        assertThat(clients.get(WIKI)).isNull();
        assertThat(slots.empty(List.of(ONLINE), Map.of(ONLINE, Set.of("wiki")))).containsExactly(ONLINE);
        assertThat(online.putIfAbsent("sid", session("sid", "jane"))).isNull();
        assertThat(online.putIfAbsentAsync("sid", session("sid", "jane"), 1, TimeUnit.HOURS)
                        .join())
                .isNull();
        assertThat(online.computeIfPresent("sid", (key, old) -> session("sid", "jane")))
                .isNull();
        assertThat(clients.putIfAbsent(WIKI, client())).isNull();
        assertThat(online.entrySet()).isEmpty();
        assertThat(clients.entrySet()).isEmpty();
    }

    @Test
    @DisplayName("other sessions, and the offline session of the same id, stay open")
    void others() {
        slots.close(List.of(ONLINE));
        offline.put("sid", session("sid", "jane"));
        online.put("other", session("other", "jane"));
        assertThat(offline.get("sid")).isNotNull();
        assertThat(online.get("other")).isNotNull();
    }

    @Test
    @DisplayName("a write that found the slot open, and is not done when it is closed, leaves nothing")
    void writeUnderWay() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CompletableFuture<?> write = CompletableFuture.runAsync(() -> online.computeIfAbsent("sid", key -> {
            writing.countDown();
            await(mayGoOn);
            return session("sid", "jane");
        }));
        await(writing);
        slots.close(List.of(ONLINE));
        CompletableFuture<?> emptied = CompletableFuture.runAsync(() -> slots.empty(List.of(ONLINE), Map.of()));
        mayGoOn.countDown();
        write.join();
        emptied.join();
        assertThat(online.entrySet()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("a node that clears its own cache closes no slot")
    void localRemoval() {
        online.put("sid", session("sid", "jane"));

        assertThat(online.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL).remove("sid"))
                .isNotNull();

        assertThat(online.get("sid")).isNull();
        assertThat(slots.isClosed("sid", SessionKind.ONLINE)).isFalse();
    }

    @Test
    @DisplayName("removing a session closes its slot, removing a client session closes only the slot of that")
    void keycloaksRemoval() {
        online.put("sid", session("sid", "jane"));
        clients.put(WIKI, client());
        clients.removeAsync(WIKI).join();
        assertThat(clients.putIfAbsent(WIKI, client())).isNull();
        assertThat(clients.get(WIKI)).isNull();
        assertThat(online.get("sid")).isNotNull();
        online.removeAsync("sid").join();
        assertThat(slots.isClosed("sid", SessionKind.ONLINE)).isTrue();
        assertThat(slots.isEnded("sid", SessionKind.ONLINE)).isFalse();
        assertThat(online.putIfAbsent("sid", session("sid", "jane"))).isNull();
        assertThat(online.get("sid")).isNull();
    }

    @Test
    @DisplayName("an entry that expires closes nothing")
    void expiry() throws Exception {
        online.put("sid", session("sid", "jane"), 1, TimeUnit.MILLISECONDS);
        while (online.containsKey("sid")) {
            Thread.onSpinWait();
        }
        online.getAdvancedCache().getExpirationManager().processExpiration();
        assertThat(slots.isClosed("sid", SessionKind.ONLINE)).isFalse();
    }

    @Test
    @DisplayName("an ended slot is closed, and stays ended when it is closed once more")
    void ended() {
        slots.close(List.of(ONLINE));
        assertThat(slots.isEnded("sid", SessionKind.ONLINE)).isFalse();
        slots.ended(List.of(ONLINE));
        slots.close(List.of(ONLINE));
        assertThat(slots.isEnded("sid", SessionKind.ONLINE)).isTrue();
        assertThat(slots.isEnded("sid", SessionKind.OFFLINE)).isFalse();
        assertThat(online.get("sid")).isNull();
    }

    @Test
    @DisplayName("sessions in caches are found by user and by id, in their realm only")
    void cached() {
        online.put("sid", session("sid", "jane", "wiki"));
        offline.put("sid", session("sid", "jane"));
        online.put("other", session("other", "john"));
        assertThat(slots.cached("realm", new UserId("jane")))
                .extracting(KnownSession::ref)
                .containsExactlyInAnyOrder(ONLINE, ONLINE.twin());
        assertThat(slots.cached("realm", "sid")).hasSize(2).allMatch(known -> !known.hasRow());
        assertThat(slots.cached("realm", "sid")).allMatch(known -> known.id().createdOn() == 1_000);
        assertThat(slots.cached("elsewhere", new UserId("jane"))).isEmpty();
        assertThat(slots.cached("elsewhere", "sid")).isEmpty();
        assertThat(slots.cached("realm", "none")).isEmpty();
    }

    @Test
    @DisplayName("client sessions go with their user session, those that the entry names and those that rows name")
    void emptied() {
        online.put("sid", session("sid", "jane", "wiki"));
        EmbeddedClientSessionKey mail = new EmbeddedClientSessionKey("sid", "mail");
        clients.put(WIKI, client());
        clients.put(mail, client());
        slots.close(List.of(ONLINE));
        assertThat(slots.empty(List.of(ONLINE, ONLINE.twin()), Map.of(ONLINE, Set.of("mail"))))
                .containsExactly(ONLINE);
        assertThat(clients.entrySet()).isEmpty();
    }

    @Test
    @DisplayName("a server without session caches has nothing to close")
    void none() {
        SessionSlots none = SessionSlots.none();
        none.close(List.of(ONLINE));
        none.ended(List.of(ONLINE));
        assertThat(none.isClosed("sid", SessionKind.ONLINE)).isFalse();
        assertThat(none.isEnded("sid", SessionKind.ONLINE)).isFalse();
        assertThat(none.empty(List.of(ONLINE), Map.of())).isEmpty();
        assertThat(none.cached("realm", "sid")).isEmpty();
    }
}
