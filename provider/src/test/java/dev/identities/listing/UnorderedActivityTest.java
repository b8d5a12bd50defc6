package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.listing.PersistentSessionsTest.Table;
import dev.identities.session.SampleSession;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The list of people by activity where no index of the database has that order. */
class UnorderedActivityTest extends ActivityContract {

    @Override
    Table world(int seed) {
        Table table = PersistentSessionsTest.table(seed);
        table.rows().loseOrderOfActivity();
        return table;
    }

    @Test
    @DisplayName("a page goes through the table once, also where each person has several sessions")
    void once() {
        Table world = world(0);
        for (int i = 0; i < 2_000; i++) {
            world.add(SampleSession.of("s" + i)
                    .user("u" + i % 200)
                    .lastActive(Instant.ofEpochSecond(SampleSession.SECOND + i))
                    .build());
        }

        Page<?> page = world.catalog().recentlyActive(byActivity(Optional.empty(), 100, ANY), EVERYBODY);

        assertThat(page.items()).hasSize(100);
        assertThat(world.rows().sweeps()).isOne();
    }
}
