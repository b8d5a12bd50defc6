package dev.identities.benchmark;

import dev.identities.benchmark.Results.Bounded;
import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Stage;
import dev.identities.benchmark.Results.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What was to be reached, and what was.
 *
 * @param measured a ratio; the lower the better
 * @param atMost whether the ratio may be lower still, because what it is compared with came to no end
 */
record Target(String what, double measured, boolean atMost, double limit) {

    private static final double TIMES_CHEAPEST = 5;
    private static final double TIMES_SMALL = 1.3;
    private static final double OF_KEYCLOAKS_PAGE = 1.0 / 10_000;
    private static final double LOOK_UP_TIMES_CHEAPEST = 3;
    private static final double OF_KEYCLOAKS_LOGOUT = 0.4;
    private static final double SIGN_IN = 1.02;

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

    static List<Target> of(Results results) {
        Stage smallest = results.stages().get(0);
        Stage largest = results.stages().get(results.stages().size() - 1);
        List<Target> targets = new ArrayList<>();
        for (String page : List.of(
                "sessions, first page",
                "sessions, page at half depth",
                "users, first page",
                "users, page at half depth",
                "users by activity, first page",
                "users by activity, page at half depth",
                "sessions of one user")) {
            targets.add(new Target(
                    page + ", to the cheapest request",
                    median(largest.reads(), page) / median(largest.reads(), "cheapest"),
                    TIMES_CHEAPEST));
            // One size alone is no comparison.
            if (largest.sessions() > smallest.sessions()) {
                targets.add(new Target(
                        String.format(
                                Locale.ROOT,
                                "%s, in cheapest requests, to the same with %,d sessions",
                                page,
                                smallest.sessions()),
                        relative(largest, page) / relative(smallest, page),
                        TIMES_SMALL));
            }
        }
        Bounded deep = largest.keycloak().get("Keycloak: sessions, page at half depth");
        targets.add(new Target(
                "sessions, page at half depth, to Keycloak's",
                median(largest.reads(), "sessions, page at half depth") / deep.median(),
                !deep.answered(),
                OF_KEYCLOAKS_PAGE));
        targets.add(new Target(
                "sessions by user key, to the cheapest request",
                median(largest.reads(), "sessions by user key") / median(largest.reads(), "cheapest"),
                LOOK_UP_TIMES_CHEAPEST));
        targets.add(new Target(
                "revoking a user's 1,000 sessions, to Keycloak's logout",
                median(largest.revocations(), "a user with 1,000 sessions")
                        / median(largest.revocations(), "Keycloak: log a user out who has 1,000"),
                OF_KEYCLOAKS_LOGOUT));
        targets.add(new Target(
                "sign-in, to one without the plugin",
                median(largest.signIns(), "with the plugin") / median(largest.signIns(), "without the plugin"),
                SIGN_IN));
        targets.add(new Target(
                "live memory during and after a walk through all sessions, to before",
                (double) most(largest.walk()) / largest.walk().liveBefore(),
                MEMORY));
        return targets;
    }

    private static long most(Walk walk) {
        return LongStream.concat(
                        LongStream.of(walk.liveAfter()),
                        walk.liveDuring().stream().mapToLong(Long::longValue))
                .max()
                .getAsLong();
    }

    private static double median(Map<String, Figure> figures, String id) {
        return figures.get(id).median();
    }

    /** In cheapest requests of the same time: what else went on on the machine is out of it. */
    private static double relative(Stage stage, String id) {
        return median(stage.reads(), id) / median(stage.reads(), "cheapest");
    }
}
