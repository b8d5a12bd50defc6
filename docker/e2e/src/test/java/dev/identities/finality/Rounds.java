package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.testbed.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The same again and again. System property {@code identities.rounds} says how often, for a long run. */
public final class Rounds {

    private static final int SHOWN = 4;

    private Rounds() {}

    /**
     * Plays all rounds, and fails at the end if anything went wrong in one.
     *
     * @param usual how many rounds, unless the property says something else
     * @param round plays one, given its number, and answers what went wrong
     */
    public static void play(String what, int usual, IntFunction<List<String>> round) {
        int rounds = Integer.getInteger("identities.rounds", usual);
        List<String> failed = new ArrayList<>();
        for (int number = 0; number < rounds; number++) {
            List<String> wrong = round.apply(number);
            if (!wrong.isEmpty()) {
                String told = "round %d: %s"
                        .formatted(
                                number, wrong.stream().distinct().limit(SHOWN).toList());
                failed.add(told);
                Progress.say("%s: %s", what, told);
            }
        }
        Progress.say("%s: %d of %d rounds went wrong", what, failed.size(), rounds);
        assertThat(failed)
                .as("%s: %d of %d rounds", what, failed.size(), rounds)
                .isEmpty();
    }
}
