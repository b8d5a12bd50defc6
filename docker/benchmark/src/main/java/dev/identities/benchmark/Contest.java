package dev.identities.benchmark;

import dev.identities.benchmark.Results.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Requests that are compared, measured in turns: A, B, C, A, B, C. Whatever else slows the machine down for a while slows
 * all of them down, and their ratios stay.
 */
final class Contest {

    private final Map<String, Runnable> entries = new LinkedHashMap<>();

    Contest enter(String id, Runnable request) {
        entries.put(id, request);
        return this;
    }

    /** Every round has each entry once, in an order of its own: nobody always comes after the same. */
    Map<String, Figure> run(int warmUp, int rounds) {
        List<String> order = new ArrayList<>(entries.keySet());
        Map<String, Samples> samples = new LinkedHashMap<>();
        order.forEach(id -> samples.put(id, new Samples()));
        Random random = new Random(1);
        for (int round = -warmUp; round < rounds; round++) {
            Collections.shuffle(order, random);
            for (String id : order) {
                long start = System.nanoTime();
                entries.get(id).run();
                if (round >= 0) {
                    samples.get(id).add(System.nanoTime() - start);
                }
            }
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        samples.forEach((id, measured) -> figures.put(id, Figure.of(measured)));
        return figures;
    }
}
