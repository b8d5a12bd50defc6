package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.session.Identity;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VolatileSessionsTest extends SessionCatalogContract {

    record Cache(FakeStreams streams) implements World {
        @Override
        public SessionCatalog catalog() {
            return new VolatileSessions(streams);
        }

        @Override
        public void add(Session session) {
            streams.add(session);
        }

        @Override
        public void remove(Session session) {
            streams.remove(session.ref());
        }

        @Override
        public Comparator<String> collation() {
            return Comparator.naturalOrder();
        }
    }

    @Override
    Cache world(int seed) {
        return new Cache(new FakeStreams());
    }

    @Test
    @DisplayName("every stream is closed, also when the permission check fails")
    void closed() {
        Cache world = world(0);
        fill(world, 0);
        SessionCatalog catalog = world.catalog();
        UserId user = world.streams().sessions().get(0).userId();
        catalog.sessions(new SessionQuery(Optional.empty(), Optional.empty(), 3), EVERYBODY);
        catalog.sessions(new SessionQuery(Optional.of(user), Optional.empty(), 3), EVERYBODY);
        catalog.identities(byId(Optional.empty(), 3), EVERYBODY);
        catalog.identity(user);
        catalog.mostRecentlyActive(user, 3);
        assertThatThrownBy(() -> catalog.sessions(new SessionQuery(Optional.empty(), Optional.empty(), 3), failing -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(world.streams().opened()).isGreaterThanOrEqualTo(6);
        assertThat(world.streams().open()).isZero();
    }

    @Test
    @DisplayName("permission is asked once per user of a page, and not per session")
    void permissionOncePerUser() {
        Cache world = world(0);
        fill(world, 0);
        Map<UserId, Integer> asked = new HashMap<>();
        world.catalog().sessions(new SessionQuery(Optional.empty(), Optional.empty(), 3), user -> {
            asked.merge(user, 1, Integer::sum);
            return false;
        });
        assertThat(asked).hasSizeGreaterThan(3).allSatisfy((user, times) -> assertThat(times)
                .isOne());
    }

    @Test
    @DisplayName("an identity sums up all of its sessions, and shows the most recently active ones")
    void details() {
        Cache world = world(0);
        Instant start = Instant.ofEpochSecond(SampleSession.SECOND);
        int many = SessionCatalog.RECENT_SESSIONS + 5;
        for (int i = 0; i < many; i++) {
            world.add(SampleSession.of("s" + i)
                    .user("u1")
                    .lastActive(start.plusSeconds(i))
                    .lastSignIn(start.plusSeconds(100 - i))
                    .clients("c" + i)
                    .build());
        }
        Identity identity = world.catalog().identity(new UserId("u1")).orElseThrow();
        assertThat(identity.sessionsCount()).isEqualTo(many);
        assertThat(identity.firstStarted()).isEqualTo(start);
        assertThat(identity.lastActive()).isEqualTo(start.plusSeconds(many - 1));
        assertThat(identity.lastSignIn()).isEqualTo(start.plusSeconds(100));
        assertThat(identity.clients()).hasSize(SessionCatalog.RECENT_SESSIONS);
        assertThat(identity.latest().id().sid()).isEqualTo("s" + (many - 1));
    }
}
