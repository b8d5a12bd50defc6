package dev.identities.benchmark;

import dev.identities.benchmark.Results.Bounded;
import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Load;
import dev.identities.benchmark.Results.Stage;
import dev.identities.benchmark.Results.Sweep;
import dev.identities.benchmark.Results.Walk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** So many sessions are "a million": from here on searches may grow, because they read an index of all accounts. */
    private static final long LARGE = 1_000_000;

    private static final String CHEAPEST = "cheapest";
    private static final String HALF_DEPTH = "sessions, page at half depth";

    private static final String SEARCH = "search by user";
    private static final String KEYCLOAKS_SEARCH = "Keycloak: search of accounts";

    /** How many times the cheapest request each request may cost. */
    private static final Map<String, Double> TIMES_CHEAPEST = limits();

    /** Searches of people; only the first has a request of Keycloak's that it is compared with. */
    private static final List<String> SEARCHES = List.of(SEARCH, "search by prefix", "search for nobody");

    /** With more sessions a request takes about as long. */
    private static final double GROWTH = 1.15;

    private static final double GROWTH_OF_LARGE_SEARCHES = 2;

    private static final double OF_KEYCLOAKS_SEARCH = 1.1;
    private static final double OF_KEYCLOAKS_PAGE = 1.0 / 10_000;
    private static final double OF_KEYCLOAKS_LOGOUT = 0.3;
    private static final double OF_KEYCLOAKS_BARE_LOGOUT = 0.6;
    private static final double OF_KEYCLOAKS_DELETE = 1.3;

    /** The first page of a filter that an index answers, to a page without a filter. */
    private static final double QUICK_FILTER = 6;

    /** Milliseconds for the first page of a filter by country. */
    private static final double COUNTRY_FILTER = 300;

    /** Seconds to go through a million sessions where the database looks for a piece of text first. */
    private static final double SWEEP_WITH_NEEDLE = 1.5;

    /** The same where it cannot; and milliseconds of each page of it. */
    private static final double SWEEP = 12;

    private static final double SWEEPS_PAGE = 1_200;

    /** A filter that finds nothing, to Keycloak's search of sessions. */
    private static final double OF_KEYCLOAKS_SESSION_SEARCH = 1.0 / 40;

    /** The slowest pages but one in twenty, in milliseconds, while 16 read and people sign in. */
    private static final double CROWDED_PAGE = 60;

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
            targets.addAll(reading(stages));
        }
        if (parts.contains(Part.FILTERS)) {
            targets.addAll(filters(stages.get(stages.size() - 1)));
        }
        if (parts.contains(Part.WALK)) {
            targets.add(walk(stages.get(stages.size() - 1).walk()));
        }
        if (parts.contains(Part.REVOCATION)) {
            targets.addAll(revocation(stages.get(stages.size() - 1).revocations()));
        }
        if (parts.contains(Part.PLUGIN)) {
            targets.add(plugin(results.plugin(), PluginCost.SIGN_IN, SIGN_IN));
            targets.add(plugin(results.plugin(), PluginCost.REFRESH, REFRESH));
        }
        return targets;
    }

    private static Map<String, Double> limits() {
        Map<String, Double> limits = new LinkedHashMap<>();
        limits.put("sessions, first page", 4.0);
        limits.put(HALF_DEPTH, 4.0);
        List.of(
                        "users, first page",
                        "users, page at half depth",
                        "users by activity, first page",
                        "users by activity, page at half depth")
                .forEach(page -> limits.put(page, 8.0));
        limits.put("sessions of one user", 3.5);
        limits.put("one session by user key", 2.5);
        limits.put("ten sessions by user key", 3.0);
        limits.put("search by identity provider", 12.0);
        return limits;
    }

    private static List<Target> reading(List<Stage> stages) {
        Stage largest = stages.get(stages.size() - 1);
        Map<String, Figure> requests = largest.reading().requests();
        List<Target> targets = new ArrayList<>();
        TIMES_CHEAPEST.forEach((request, limit) -> targets.add(
                new Target(request + ", to the cheapest request", ratio(requests, request, CHEAPEST), limit)));
        targets.add(
                new Target(SEARCH + ", to Keycloak's", ratio(requests, SEARCH, KEYCLOAKS_SEARCH), OF_KEYCLOAKS_SEARCH));
        // One size alone is no comparison.
        if (stages.size() > 1) {
            Stage smaller = stages.get(stages.size() - 2);
            TIMES_CHEAPEST.keySet().forEach(request -> targets.add(growth(request, smaller, requests, GROWTH)));
            double searches = largest.sessions() > LARGE ? GROWTH_OF_LARGE_SEARCHES : GROWTH;
            SEARCHES.forEach(request -> targets.add(growth(request, smaller, requests, searches)));
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
                "a page while 16 read and people sign in, 95th percentile in milliseconds",
                largest.reading().loads().get(Load.PLUGIN).pages().p95(),
                CROWDED_PAGE));
        return targets;
    }

    private static List<Target> filters(Stage stage) {
        Map<String, Figure> pages = stage.filters().requests();
        Map<String, Sweep> sweeps = stage.filters().sweeps();
        List<Target> targets = new ArrayList<>();
        for (Filtering.Quick quick : Filtering.QUICK) {
            targets.add(new Target(
                    quick.id() + ", to a page without a filter",
                    ratio(pages, quick.id(), Filtering.UNFILTERED),
                    QUICK_FILTER));
        }
        targets.add(new Target(
                Filtering.COUNTRY + ", in milliseconds",
                pages.get(Filtering.COUNTRY).median(),
                COUNTRY_FILTER));
        for (String filter : List.of(Filtering.ADDRESS, Filtering.NETWORK, Filtering.NOBODYS_ADDRESS)) {
            targets.add(new Target(filter + ", in seconds", sweeps.get(filter).seconds(), SWEEP_WITH_NEEDLE));
        }
        Sweep nobody = sweeps.get(Filtering.NOBODYS_BROWSER);
        targets.add(new Target(Filtering.NOBODYS_BROWSER + ", in seconds", nobody.seconds(), SWEEP));
        targets.add(
                new Target(Filtering.NOBODYS_BROWSER + ", the slowest in milliseconds", nobody.longest(), SWEEPS_PAGE));
        targets.add(new Target(
                Filtering.NOBODYS_BROWSER + ", live memory after it to before",
                (double) nobody.liveAfter() / nobody.liveBefore(),
                MEMORY));
        Bounded search = stage.keycloak().get("Keycloak: search of sessions that finds nothing");
        if (search != null) {
            targets.add(new Target(
                    Filtering.NOBODYS_ADDRESS + ", to Keycloak's search that finds nothing",
                    sweeps.get(Filtering.NOBODYS_ADDRESS).seconds() * 1_000 / search.median(),
                    !search.answered(),
                    OF_KEYCLOAKS_SESSION_SEARCH));
        }
        return targets;
    }

    private static Target walk(Walk walk) {
        return new Target(
                "live memory during and after a walk through all sessions, to before",
                (double) most(walk) / walk.liveBefore(),
                MEMORY);
    }

    /** In milliseconds, because the cheapest request becomes quicker while the run goes on. */
    private static Target growth(String request, Stage smaller, Map<String, Figure> requests, double limit) {
        return new Target(
                String.format(
                        Locale.ROOT, "%s, in milliseconds, to the same with %,d sessions", request, smaller.sessions()),
                requests.get(request).median()
                        / smaller.reading().requests().get(request).median(),
                limit);
    }

    private static List<Target> revocation(Map<String, Figure> revocations) {
        return List.of(
                new Target(
                        "revoking a user's 1,000 sessions, to Keycloak's logout",
                        ratio(revocations, "a user with 1,000 sessions", "Keycloak: log a user out who has 1,000"),
                        OF_KEYCLOAKS_LOGOUT),
                new Target(
                        "the same without applications, to Keycloak's logout",
                        ratio(
                                revocations,
                                "a user with 1,000 sessions without applications",
                                "Keycloak: log a user out who has 1,000 without applications"),
                        OF_KEYCLOAKS_BARE_LOGOUT),
                new Target(
                        "revoking one session, to Keycloak's",
                        ratio(revocations, "one session", "Keycloak: one session"),
                        OF_KEYCLOAKS_DELETE));
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
