package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.keycloak.StandIn;
import dev.identities.listing.Branch;
import dev.identities.listing.SessionRows.Range;
import dev.identities.session.RememberMe;
import dev.identities.session.SessionKind;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

/** On a database that sorts, so that a first statement narrows the range. */
class BranchReaderTest {

    private static final Range RANGE =
            new Range(new Branch(SessionKind.ONLINE, RememberMe.NO), 1_000, Optional.empty());

    /** What the first statements find: a second, or nothing where there are fewer rows than are wanted. */
    private final Deque<Optional<Integer>> seconds = new ArrayDeque<>();

    private final Deque<List<String>> rows = new ArrayDeque<>();
    private final List<Boolean> narrowed = new ArrayList<>();

    // Java has no class of a type with a parameter.
    @SuppressWarnings("rawtypes")
    private List<String> read() {
        StandIn<TypedQuery> query = new StandIn<>(TypedQuery.class);
        query.on("setFirstResult", arguments -> query.get())
                .on("setMaxResults", arguments -> query.get())
                .on("getResultStream", arguments -> seconds.pop().stream().map(BranchReaderTest::tuple));
        EntityManager em = new StandIn<>(EntityManager.class)
                .on("createQuery", arguments -> query.get())
                .get();
        RealmModel realm =
                new StandIn<>(RealmModel.class).on("getId", arguments -> "acme").get();
        return new BranchReader(em, realm, Collation.LOOSE).read(RANGE, "s.createdOn", hql -> {}, false, 2, hql -> {
            narrowed.add(hql.parameters().containsKey("oldest"));
            return rows.pop();
        });
    }

    @Test
    @DisplayName("a row that ends between the two statements does not make the end of the branch")
    void rowEnds() {
        seconds.add(Optional.of(900));
        rows.add(List.of("a"));
        seconds.add(Optional.of(800));
        rows.add(List.of("a", "c"));

        assertThat(read()).containsExactly("a", "c");
        assertThat(narrowed).containsExactly(true, true);
    }

    @Test
    @DisplayName("where rows go on ending, the range is read whole in the end")
    void goOnEnding() {
        for (int i = 0; i < 3; i++) {
            seconds.add(Optional.of(900 - i));
            rows.add(List.of("a"));
        }
        rows.add(List.of("a", "z"));

        assertThat(read()).containsExactly("a", "z");
        assertThat(narrowed).containsExactly(true, true, true, false);
    }

    @Test
    @DisplayName("a branch with fewer rows than are wanted is read once")
    void end() {
        seconds.add(Optional.empty());
        rows.add(List.of("a"));

        assertThat(read()).containsExactly("a");
        assertThat(narrowed).containsExactly(false);
    }

    private static Tuple tuple(int second) {
        return new StandIn<>(Tuple.class).on("get", arguments -> second).get();
    }
}
