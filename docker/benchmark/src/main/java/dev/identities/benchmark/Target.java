package dev.identities.benchmark;

import dev.identities.benchmark.Results.Bounded;
import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Stage;
import dev.identities.benchmark.Results.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A target of the benchmark, and the value that was reached.
 *
 * @param measured a ratio; the lower the better
 * @param atMost whether the ratio may be lower still, because what it is compared with came to no end
 */
record Target(String what, double measured, boolean atMost, double limit) {

    private static final String CHEAPEST = "cheapest";
    private static final String HALF_DEPTH = "sessions, page at half depth";

    private static final double TIMES_CHEAPEST = 5;
    private static final double TIMES_SMALL = 1.3;
    private static final double OF_KEYCLOAKS_PAGE = 1.0 / 10_000;
    private static final double LOOK_UP_TIMES_CHEAPEST = 3;
    private static final double OF_KEYCLOAKS_LOGOUT = 0.4;

    /** A difference too small to notice. A refresh may cost a little more, because it takes a fraction of the time. */
    private static final double SIGN_IN = 1.02;

    private static final double REFRESH = 1.03;

    /** Full collections do not leave the same every time. */
    private static final double MEMORY = 1.2;

    Target(String what, double measured, double limit) {
        this(what, measured, false, limit);
    }

    /** Unknown where no more is known than that it is lower than something above the limit. */
    enum Outcome {
        MET,
        MISSED,
        UNKNOWN
    }

    Outcome outcome() {
        if (measured <= limit) {
            return Outcome.MET;
        }
        return atMost ? Outcome.UNKNOWN : Outcome.MISSED;
    }

    /** Of what was measured, with the most sessions that it was measured with. */
    static List<Target> of(Results results) {
        Set<Part> parts = results.parts();
        List<Stage> stages = results.stages();
        List<Target> targets = new ArrayList<>();
        if (parts.contains(Part.READING)) {
            targets.addAll(reading(stages.get(0), stages.get(stages.size() - 1)));
        }
        if (parts.contains(Part.REVOCATION)) {
            targets.add(revocation(stages.get(stages.size() - 1).revocations()));
        }
        if (parts.contains(Part.PLUGIN)) {
            targets.add(plugin(results.plugin(), PluginCost.SIGN_IN, SIGN_IN));
            targets.add(plugin(results.plugin(), PluginCost.REFRESH, REFRESH));
        }
        return targets;
    }

    private static List<Target> reading(Stage smallest, Stage largest) {
        Map<String, Figure> requests = largest.reading().requests();
        List<Target> targets = new ArrayList<>();
        for (String page : List.of(
                "sessions, first page",
                HALF_DEPTH,
                "users, first page",
                "users, page at half depth",
                "users by activity, first page",
                "users by activity, page at half depth",
                "sessions of one user")) {
            targets.add(
                    new Target(page + ", to the cheapest request", ratio(requests, page, CHEAPEST), TIMES_CHEAPEST));
            // One size alone is no comparison.
            if (largest.sessions() > smallest.sessions()) {
                targets.add(new Target(
                        String.format(
                                Locale.ROOT,
                                "%s, in cheapest requests, to the same with %,d sessions",
                                page,
                                smallest.sessions()),
                        // The unit is the cheapest request, so that other load on the machine does not count.
                        ratio(requests, page, CHEAPEST)
                                / ratio(smallest.reading().requests(), page, CHEAPEST),
                        TIMES_SMALL));
            }
        }
        Bounded deep = largest.keycloak().get("Keycloak: sessions, page at half depth");
        if (deep != null) {
            targets.add(new Target(
                    HALF_DEPTH + ", to Keycloak's",
                    requests.get(HALF_DEPTH).median() / deep.median(),
                    !deep.answered(),
                    OF_KEYCLOAKS_PAGE));
        }
        targets.add(new Target(
                "sessions by user key, to the cheapest request",
                ratio(requests, "sessions by user key", CHEAPEST),
                LOOK_UP_TIMES_CHEAPEST));
        Walk walk = largest.reading().walk();
        targets.add(new Target(
                "live memory during and after a walk through all sessions, to before",
                (double) most(walk) / walk.liveBefore(),
                MEMORY));
        return targets;
    }

    private static Target revocation(Map<String, Figure> revocations) {
        return new Target(
                "revoking a user's 1,000 sessions, to Keycloak's logout",
                ratio(revocations, "a user with 1,000 sessions", "Keycloak: log a user out who has 1,000"),
                OF_KEYCLOAKS_LOGOUT);
    }

    private static Target plugin(Map<String, Figure> requests, String request, double limit) {
        return new Target(
                request + ", to a server without the plugin",
                ratio(requests, request, PluginCost.without(request)),
                limit);
    }

    private static long most(Walk walk) {
        return LongStream.concat(
                        LongStream.of(walk.liveAfter()),
                        walk.liveDuring().stream().mapToLong(Long::longValue))
                .max()
                .getAsLong();
    }

    private static double ratio(Map<String, Figure> figures, String id, String other) {
        return figures.get(id).median() / figures.get(other).median();
    }
}
