package dev.identities.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A thread is taken when the executor gets something to run, and given back when that has been run. */
class FairExecutorTest {

    private final Queue<Runnable> taken = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private boolean stopping;

    private FairExecutor executor(int threads, int threadsForOne) {
        return new FairExecutor(
                task -> {
                    if (stopping) {
                        throw new RejectedExecutionException();
                    }
                    taken.add(task);
                },
                threads,
                threadsForOne);
    }

    private void submit(FairExecutor executor, String realm, String party, int tasks) {
        for (int i = 0; i < tasks; i++) {
            String name = realm + party + i;
            executor.execute(new Party(realm, party), () -> done.add(name));
        }
    }

    @Test
    @DisplayName("a realm alone gets half of the threads, the next one half of the rest, and one is left for the next")
    void realms() {
        FairExecutor executor = executor(32, 4);
        for (int party = 0; party < 50; party++) {
            submit(executor, "a", "p" + party, 10);
        }
        assertThat(taken).hasSize(16);
        for (int party = 0; party < 50; party++) {
            submit(executor, "b", "p" + party, 10);
        }
        assertThat(taken).hasSize(24);
        submit(executor, "c", "p", 1);
        assertThat(taken).hasSize(25);
    }

    @Test
    @DisplayName("a party alone gets no more than its few threads, and eight of them leave their realm one")
    void parties() {
        FairExecutor executor = executor(32, 4);
        submit(executor, "a", "p0", 10);
        assertThat(taken).hasSize(4);
        for (int party = 1; party < 8; party++) {
            submit(executor, "a", "p" + party, 10);
        }
        int held = taken.size();
        submit(executor, "a", "healthy", 1);
        assertThat(taken).hasSize(held + 1).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    @DisplayName("realms take turns, and so do the parties of a realm")
    void turns() {
        FairExecutor executor = executor(1, 1);
        submit(executor, "a", "p", 4);
        submit(executor, "a", "q", 2);
        submit(executor, "b", "r", 2);
        assertThat(taken).hasSize(1);
        taken.remove().run();
        assertThat(done).containsExactly("ap0", "ap1", "br0", "aq0", "br1", "ap2", "aq1", "ap3");
        assertThat(taken).isEmpty();
    }

    @Test
    @DisplayName("threads that are given back can all be taken again")
    void givenBack() {
        FairExecutor executor = executor(8, 2);
        for (int round = 0; round < 3; round++) {
            submit(executor, "a", "p", 5);
            assertThat(taken).hasSize(2);
            while (!taken.isEmpty()) {
                taken.remove().run();
            }
        }
        assertThat(done).hasSize(15);
    }

    @Test
    @DisplayName("a task that fails gives its thread back")
    void failing() {
        FairExecutor executor = executor(1, 1);
        for (int round = 0; round < 3; round++) {
            executor.execute(new Party("a", "p"), () -> {
                throw new IllegalStateException("thrown for the test");
            });
        }
        submit(executor, "a", "p", 1);
        taken.remove().run();
        assertThat(done).containsExactly("ap0");
        submit(executor, "b", "q", 1);
        assertThat(taken).hasSize(1);
    }

    @Test
    @DisplayName(
            "when no thread takes anything any more, a new task is refused and those that wait are run by who is left")
    void stopping() {
        FairExecutor executor = executor(8, 1);
        submit(executor, "a", "p", 3);
        submit(executor, "b", "q", 1);
        stopping = true;
        assertThatThrownBy(() -> submit(executor, "c", "r", 1)).isInstanceOf(RejectedExecutionException.class);
        while (!taken.isEmpty()) {
            taken.remove().run();
        }
        assertThat(done).containsExactlyInAnyOrder("ap0", "ap1", "ap2", "bq0");
    }
}
