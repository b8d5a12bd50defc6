package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IndexWatchTest {

    private static final SessionIndexes MISSING = new SessionIndexes(IndexOrder.NONE, IndexOrder.NONE, 2);
    private static final SessionIndexes BUILT = new SessionIndexes(IndexOrder.BUCKETED, IndexOrder.NONE, 0);

    private final AtomicLong now = new AtomicLong();
    private final List<Integer> told = new ArrayList<>();
    private final IndexWatch watch = new IndexWatch(told::add, now::get);

    @Test
    @DisplayName(
            "the answer is kept for seconds, and then the database is asked again: the indexes may be built by now")
    void asksAgain() {
        assertThat(watch.indexes(() -> MISSING)).isEqualTo(MISSING);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(watch.indexes(() -> BUILT)).isEqualTo(MISSING);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(watch.indexes(() -> BUILT)).isEqualTo(BUILT);
        assertThat(told).containsExactly(2, 0);
    }

    @Test
    @DisplayName("when the database cannot say, the answer of before counts on, and without one the request fails")
    void fails() {
        IllegalStateException failure = new IllegalStateException("gone");
        assertThatThrownBy(() -> watch.indexes(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(watch.indexes(() -> BUILT)).isEqualTo(BUILT);
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(watch.indexes(() -> {
                    throw failure;
                }))
                .isEqualTo(BUILT);
        assertThat(watch.indexes(() -> MISSING)).isEqualTo(BUILT);
    }

    @Test
    @DisplayName("while one request asks, another one goes by the answer of before")
    void onlyOneAsks() {
        watch.indexes(() -> MISSING);
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        List<SessionIndexes> others = new ArrayList<>();
        watch.indexes(() -> {
            Thread other = new Thread(() -> others.add(watch.indexes(() -> {
                throw new AssertionError("asked twice");
            })));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return BUILT;
        });
        assertThat(others).containsExactly(MISSING);
        assertThat(watch.indexes(() -> MISSING)).isEqualTo(BUILT);
    }
}
