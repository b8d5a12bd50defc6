package dev.identities.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is found out, in the form in which it is written as JSON.
 *
 * @param parts what was measured; of the others there is nothing here
 * @param stages for each size, unless nothing was measured that depends on it
 * @param plugin requests with and without the plugin
 */
record Results(Machine machine, Set<Part> parts, List<Stage> stages, Map<String, Figure> plugin) {

    record Machine(String keycloak, String database, String java, int processors, long memoryGigabytes) {}

    /**
     * What was measured with so many sessions in the realm.
     *
     * @param reading null when it was not measured
     * @param filters null when they were not measured
     * @param walk null when it was not measured
     */
    record Stage(
            long sessions,
            Reading reading,
            Filters filters,
            Walk walk,
            Map<String, Figure> revocations,
            Map<String, Bounded> keycloak) {}

    record Reading(Map<String, Figure> requests, Map<String, Load> loads, Map<String, List<Plans.Statement>> plans) {}

    /**
     * Lists with a filter.
     *
     * @param requests first pages, in turns with one without a filter
     * @param sweeps lists from their first page to their last
     */
    record Filters(Map<String, Figure> requests, Map<String, Sweep> sweeps, Map<String, List<Plans.Statement>> plans) {}

    /**
     * All pages of a filter.
     *
     * @param longest the slowest page, in milliseconds
     * @param liveBefore MB on the heap after a full collection, as {@code liveAfter}
     */
    record Sweep(int found, int pages, double longest, double seconds, long liveBefore, long liveAfter) {}

    record Figure(int requests, double median, double p95) {

        static Figure of(Samples samples) {
            return new Figure(samples.count(), samples.median(), samples.p95());
        }
    }

    /** A request of Keycloak's own that may take minutes; the limit as median when it did not answer by then. */
    record Bounded(int requests, boolean answered, double median, double limitSeconds) {}

    /** The whole list, page by page. Memory in MB: the heap after a full collection, and all of the process at most. */
    record Walk(
            long listed,
            long expected,
            int pages,
            double seconds,
            long liveBefore,
            List<Long> liveDuring,
            long liveAfter,
            long residentBefore,
            long residentPeak) {}

    record Load(int readers, double seconds, Figure pages, Figure signIns, int failures) {

        static final String PLUGIN = "plugin";
        static final String KEYCLOAK = "Keycloak";

        double pagesPerSecond() {
            return pages.requests() / seconds;
        }
    }
}
