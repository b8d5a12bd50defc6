package dev.identities.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelRuntime;
import dev.identities.filter.Expressions.Pair;
import dev.identities.session.Identity;
import dev.identities.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The language against the reference implementation of CEL: random filters decide random rows the same.
 *
 * <p>Left out are the places where the language differs from CEL on purpose: see {@link Expressions}.
 */
class CelOracleTest {

    private static final int SESSION_FILTERS = 1_500;

    /** Fewer, because CEL takes longer to check the types of the larger structure. */
    private static final int USER_FILTERS = 500;

    /** Filters of more levels are decided by the same operators, and compile slower in CEL. */
    private static final int LEVELS = 3;

    private final Population population = new Population(new Random(7), 60);

    @Test
    @DisplayName("filters of sessions decide as CEL does")
    void sessions() throws FilterException {
        List<Scope> scopes = population.sessionScopes();
        CelOracle oracle = new CelOracle(SessionFields.ALL);
        compare(oracle, SESSION_FILTERS, SessionFields.ALL, scopes, text -> {
            Filter<Session> filter = Filter.ofSessions(text, Sample.NOW);
            return population.sessions().stream()
                    .map(session -> filter.matches(session, population.around()))
                    .toList();
        });
    }

    @Test
    @DisplayName("filters of users decide as CEL does")
    void users() throws FilterException {
        List<Scope> scopes = population.identityScopes();
        CelOracle oracle = new CelOracle(UserFields.ALL);
        compare(oracle, USER_FILTERS, UserFields.ALL, scopes, text -> {
            Filter<Identity> filter = Filter.ofUsers(text, Sample.NOW);
            return population.identities().stream()
                    .map(identity -> filter.matches(identity, population.around()))
                    .toList();
        });
    }

    private interface Decisions {
        List<Boolean> of(String text) throws FilterException;
    }

    private static void compare(CelOracle oracle, int filters, Vocabulary fields, List<Scope> scopes, Decisions ours)
            throws FilterException {
        Expressions expressions = new Expressions(new Random(11), fields, scopes, true);
        List<Map<String, Object>> rows = scopes.stream().map(oracle::row).toList();
        int some = 0;
        for (int filter = 0; filter < filters; filter++) {
            Pair pair = expressions.any(filter % (LEVELS + 1));
            CelRuntime.Program program = oracle.compile(pair.cel());
            List<Boolean> expected =
                    rows.stream().map(row -> oracle.holds(program, row)).toList();
            assertThat(ours.of(pair.ours())).as(pair.ours()).isEqualTo(expected);
            some += expected.contains(true) && expected.contains(false) ? 1 : 0;
        }
        assertThat(some).as("filters that match some rows and not all").isGreaterThan(filters / 4);
    }
}
