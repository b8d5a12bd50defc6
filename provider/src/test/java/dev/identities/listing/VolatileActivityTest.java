package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.listing.VolatileSessionsTest.Cache;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VolatileActivityTest extends ActivityContract {

    @Override
    Cache world(int seed) {
        return new Cache(new FakeStreams(), new FakeSeal());
    }

    @Test
    @DisplayName("every stream is closed")
    void closed() {
        Cache world = world(0);
        fill(world, 0);
        world.catalog().recentlyActive(byActivity(Optional.empty(), 3, ANY), EVERYBODY);
        assertThat(world.streams().opened()).isGreaterThan(3);
        assertThat(world.streams().open()).isZero();
    }
}
