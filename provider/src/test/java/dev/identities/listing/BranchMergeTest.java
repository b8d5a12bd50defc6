package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.RememberMe;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchMergeTest {

    private static final UserId ANNA = new UserId("anna");

    /** Rows of all branches, in the order of the list. */
    private final List<SessionRows.Row> rows = new ArrayList<>();

    private final Map<Branch, Integer> reads = new HashMap<>();

    private final BranchMerge merge = new BranchMerge(row -> row.id().createdOn(), (range, max) -> {
        reads.merge(range.branch(), 1, Integer::sum);
        return rows.stream()
                .filter(row -> Branch.of(row.id()).equals(range.branch()) && isIn(range, row.id()))
                .limit(max)
                .toList();
    });

    private static boolean isIn(SessionRows.Range range, SessionId id) {
        return id.createdOn() < range.newest()
                || (id.createdOn() == range.newest()
                        && (range.belowInNewest().isEmpty()
                                || id.sid().compareTo(range.belowInNewest().get()) < 0));
    }

    private void fill(int seed, int count) {
        Random random = new Random(seed);
        IntStream.range(0, count)
                .mapToObj(number -> new SessionId(
                        random.nextInt(count / 2),
                        random.nextBoolean() ? SessionKind.ONLINE : SessionKind.OFFLINE,
                        List.of(RememberMe.values()).get(random.nextInt(3)),
                        String.format("s%05d", number)))
                .map(id -> new SessionRows.Row(id, ANNA, id.createdOn()))
                .forEach(rows::add);
        rows.sort(Comparator.<SessionRows.Row>comparingLong(row -> -row.id().createdOn())
                .thenComparingInt(row -> Branch.of(row.id()).position())
                .thenComparing(row -> row.id().sid(), Comparator.reverseOrder()));
    }

    private List<SessionRows.Row> walk(Optional<BranchMerge.Place> from, int first) {
        List<SessionRows.Row> walked = new ArrayList<>();
        Optional<BranchMerge.Place> place = from;
        for (int step = first; ; step = 2 * step) {
            List<SessionRows.Row> stretch = merge.after(place, step);
            walked.addAll(stretch);
            if (stretch.size() < step) {
                return walked;
            }
            place = Optional.of(BranchMerge.Place.of(stretch.get(step - 1).id()));
        }
    }

    @ParameterizedTest
    @DisplayName("stretch by stretch every row comes once and in order, from the beginning and from any place")
    @ValueSource(ints = {1, 2, 7, 50, 1_000})
    void order(int step) {
        fill(step, 300);
        assertThat(walk(Optional.empty(), step)).isEqualTo(rows);
        for (int place = 0; place < rows.size(); place += 41) {
            assertThat(walk(Optional.of(BranchMerge.Place.of(rows.get(place).id())), step))
                    .isEqualTo(rows.subList(place + 1, rows.size()));
        }
        assertThat(walk(Optional.empty(), step)).isEqualTo(rows);
    }

    @Test
    @DisplayName("a branch is read on where its rows are used up, and not when it has ended")
    void reads() {
        fill(1, 600);
        walk(Optional.empty(), 10);
        // The steps are 10, 20, 40 ... 640. A branch has about one row in six.
        assertThat(reads.values()).allSatisfy(times -> assertThat(times).isLessThanOrEqualTo(4));
        reads.clear();
        rows.removeIf(row -> row.id().kind() == SessionKind.OFFLINE);
        merge.after(Optional.empty(), 10);
        assertThat(reads).hasSize(6).allSatisfy((branch, times) -> assertThat(times)
                .isOne());
    }
}
