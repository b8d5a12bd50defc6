package dev.identities.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.identities.benchmark.Results.Bounded;
import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Filters;
import dev.identities.benchmark.Results.Load;
import dev.identities.benchmark.Results.Machine;
import dev.identities.benchmark.Results.Reading;
import dev.identities.benchmark.Results.Stage;
import dev.identities.benchmark.Results.Sweep;
import dev.identities.benchmark.Results.Walk;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final String DEEP = "Keycloak: sessions, page at half depth";
    private static final String NOTHING = "Keycloak: search of sessions that finds nothing";
    private static final double FIVE_MINUTES = 300_000;
    private static final Bounded UNANSWERED = new Bounded(1, false, FIVE_MINUTES, 300);
    private static final Bounded ANSWERED = new Bounded(1, true, 30_000, 300);

    /** How the headings begin of the sections that a report of revocations alone does not have. */
    private static final List<String> OTHER_SECTIONS = List.of(
            "## Reading", "## With", "## Keycloak", "## Filters", "## All sessions", "## Many", "## Query plans");

    @Test
    @DisplayName("a request of Keycloak's that came to no end: more than its bound, and our ratio is at most this")
    void unanswered() {
        String report = report(stage(1_000, 10, UNANSWERED));

        assertThat(row(report, DEEP)).isEqualTo("| more than 300,000 |");
        assertThat(row(report, "sessions, page at half depth, to Keycloak's"))
                .isEqualTo("| at most 1 : 30,000 | 1 : 10,000 | met |");
    }

    @Test
    @DisplayName("whether a target is met is unknown where the bound is too short to tell")
    void tooShort() {
        assertThat(row(report(stage(1_000, 60, UNANSWERED)), "sessions, page at half depth, to Keycloak's"))
                .isEqualTo("| at most 1 : 5,000 | 1 : 10,000 | unknown |");
    }

    @Test
    @DisplayName("a request of Keycloak's that was answered: its time, and the ratio as it is")
    void answered() {
        String report = report(stage(1_000, 10, ANSWERED));

        assertThat(row(report, DEEP)).isEqualTo("| 30,000 |");
        assertThat(row(report, "sessions, page at half depth, to Keycloak's"))
                .isEqualTo("| 1 : 3,000 | 1 : 10,000 | **missed** |");
    }

    @Test
    @DisplayName("a page may cost a few times the cheapest request, and a search as much as Keycloak's own")
    void limits() {
        String report = report(stage(1_000, 8, ANSWERED));

        assertThat(row(report, "users, first page, to the cheapest request")).isEqualTo("| 8.00 | 8.00 | met |");
        assertThat(row(report, "sessions, first page, to the cheapest request"))
                .isEqualTo("| 8.00 | 4.00 | **missed** |");
        assertThat(row(report, "search by user, to Keycloak's")).isEqualTo("| 8.00 | 1.10 | **missed** |");
        assertThat(row(report, "a page while 16 read and people sign in, 95th percentile in milliseconds"))
                .isEqualTo("| 1.00 | 60.00 | met |");
    }

    @Test
    @DisplayName("with one size nothing is compared with itself")
    void oneSize() {
        assertThat(report(stage(1_000, 10, ANSWERED))).doesNotContain("to the same with");
    }

    @Test
    @DisplayName("with several sizes the largest is compared with the one before, in milliseconds")
    void severalSizes() {
        String report = report(stage(200, 10, ANSWERED), stage(3_000, 11, ANSWERED), stage(40_000, 12, ANSWERED));

        assertThat(row(report, "sessions, first page, in milliseconds, to the same with 3,000 sessions"))
                .isEqualTo("| 1.09 | 1.15 | met |");
        assertThat(row(report, "search by identity provider, in milliseconds, to the same with 3,000 sessions"))
                .isEqualTo("| 1.09 | 1.15 | met |");
        assertThat(report)
                .contains("## Targets, with 40,000 sessions")
                .doesNotContain("to the same with 200 ")
                .doesNotContain("to the same with 40,000");
    }

    @Test
    @DisplayName("sign-in and token refresh with the plugin are compared with those without, each with its own limit")
    void plugin() {
        String report = report(EnumSet.of(Part.PLUGIN), plugin(103, 103));

        assertThat(row(report, "sign-in, to a server without the plugin")).isEqualTo("| 1.03 | 1.02 | **missed** |");
        assertThat(row(report, "token refresh, to a server without the plugin")).isEqualTo("| 1.03 | 1.03 | met |");
        assertThat(row(report, "token refresh")).isEqualTo("| 103.0 / 103.0 | 100.0 / 100.0 |");
        assertThat(report).contains("10,000 sessions, whatever the sizes above");
    }

    @Test
    @DisplayName("a user's 1,000 sessions may take three tenths of Keycloak's logout, one a little more")
    void revocation() {
        String what = "revoking a user's 1,000 sessions, to Keycloak's logout";

        assertThat(row(revocation(30), what)).isEqualTo("| 0.30 | 0.30 | met |");
        assertThat(row(revocation(31), what)).isEqualTo("| 0.31 | 0.30 | **missed** |");
        assertThat(row(revocation(30), "the same without applications, to Keycloak's logout"))
                .isEqualTo("| 0.60 | 0.60 | met |");
        assertThat(row(revocation(1), "revoking one session, to Keycloak's")).isEqualTo("| 1.40 | 1.30 | **missed** |");
    }

    private static String revocation(double millis) {
        return report(
                EnumSet.of(Part.REVOCATION),
                Map.of(),
                new Stage(1_000, null, null, null, revocations(millis), Map.of()));
    }

    @Test
    @DisplayName("a filter's first page is compared with one without a filter, a list to its end with the clock")
    void filters() {
        String met = report(stage(1_000_000, 1.5, ANSWERED));
        String missed = report(stage(1_000_000, 13, ANSWERED));

        assertThat(row(met, "filter: a browser, to a page without a filter")).isEqualTo("| 1.50 | 6.00 | met |");
        assertThat(row(missed, "filter: a browser, to a page without a filter"))
                .isEqualTo("| 13.00 | 6.00 | **missed** |");
        assertThat(row(met, "filter: a country of 0.5 %, in milliseconds")).isEqualTo("| 1.50 | 300.00 | met |");
        assertThat(row(met, "filter: a network, all pages, in seconds")).isEqualTo("| 1.50 | 1.50 | met |");
        assertThat(row(missed, "filter: a network, all pages, in seconds")).isEqualTo("| 13.00 | 1.50 | **missed** |");
        assertThat(row(missed, "filter: a browser that nobody has, all pages, in seconds"))
                .isEqualTo("| 13.00 | 12.00 | **missed** |");
        assertThat(row(missed, "filter: a browser that nobody has, all pages, the slowest in milliseconds"))
                .isEqualTo("| 1300.00 | 1200.00 | **missed** |");
        assertThat(row(met, "filter: a browser that nobody has, all pages, live memory after it to before"))
                .isEqualTo("| 1.10 | 1.20 | met |");
        assertThat(row(met, "filter: an address that nobody has, all pages, to Keycloak's search that finds nothing"))
                .isEqualTo("| 1 : 20 | 1 : 40 | **missed** |");
        assertThat(row(met, "filter: an address, all pages"))
                .isEqualTo("| 2 found, 3 pages, 150 ms, 1.50 s, 100 MB to 110 MB |");
    }

    @Test
    @DisplayName("searches may double from a million sessions to ten million, and grow by 15 % below")
    void growthOfSearches() {
        String what = "search by user, in milliseconds, to the same with ";

        assertThat(row(report(stage(100_000, 10, ANSWERED), stage(1_000_000, 15, ANSWERED)), what + "100,000 sessions"))
                .isEqualTo("| 1.50 | 1.15 | **missed** |");
        assertThat(row(
                        report(stage(1_000_000, 10, ANSWERED), stage(10_000_000, 15, ANSWERED)),
                        what + "1,000,000 sessions"))
                .isEqualTo("| 1.50 | 2.00 | met |");
    }

    @Test
    @DisplayName("the report leaves out stages that were not run, and names those that were")
    void someParts() {
        assertThat(revocation(30))
                .contains("Only these stages were run: revocation.")
                .contains("## Targets, with 1,000 sessions")
                .containsPattern("(?m)^## Revoking$")
                .doesNotContain("cheapest request |")
                .doesNotContain(OTHER_SECTIONS);
        assertThat(report(stage(1_000, 10, ANSWERED)))
                .doesNotContain("Only these")
                .contains(OTHER_SECTIONS);
    }

    @Test
    @DisplayName("with and without the plugin depends on no size")
    void noSize() {
        assertThat(report(EnumSet.of(Part.PLUGIN), plugin(100, 100))).containsPattern("(?m)^## Targets$");
    }

    @Test
    @DisplayName("stages are named with commas between them; one that is not there is no stage")
    void named() {
        assertThat(Part.named("revocation, plugin")).containsExactly(Part.REVOCATION, Part.PLUGIN);
        assertThat(Part.named("reading,filters,walk,keycloak,revocation,plugin"))
                .containsExactly(Part.values());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Part.named("revocation,signing"))
                .withMessage("No stage \"signing\", but [reading, filters, walk, keycloak, revocation, plugin]");
    }

    /** What stands behind the first cell of a row; there must be one such row. */
    private static String row(String report, String what) {
        List<String> rows = report.lines()
                .filter(line -> line.startsWith("| " + what + " |"))
                .map(line -> line.substring(what.length() + 3))
                .toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static String report(Stage... stages) {
        return report(EnumSet.allOf(Part.class), plugin(1, 1), stages);
    }

    private static String report(Set<Part> parts, Map<String, Figure> plugin, Stage... stages) {
        return new Report(
                        new Results(new Machine("keycloak", "PostgreSQL", "17", 2, 8), parts, List.of(stages), plugin))
                .markdown();
    }

    /** How long a request took with the plugin that took 100 ms without. */
    private static Map<String, Figure> plugin(double signIn, double refresh) {
        return Map.of(
                "sign-in", figure(signIn),
                "sign-in, without the plugin", figure(100),
                "token refresh", figure(refresh),
                "token refresh, without the plugin", figure(100));
    }

    /** How long the plugin took for what took Keycloak 100 ms. */
    private static Map<String, Figure> revocations(double millis) {
        return Map.of(
                "a user with 1,000 sessions",
                figure(millis),
                "a user with 1,000 sessions without applications",
                figure(2 * millis),
                "Keycloak: log a user out who has 1,000 without applications",
                figure(100),
                "Keycloak: log a user out who has 1,000",
                figure(100),
                "one session",
                figure(14),
                "Keycloak: one session",
                figure(10));
    }

    /** Every page took so many milliseconds, every other request one. */
    private static Stage stage(long sessions, double millis, Bounded deep) {
        Map<String, Figure> reads = new LinkedHashMap<>();
        Stream.of(
                        "cheapest",
                        "one session by user key",
                        "ten sessions by user key",
                        "search by prefix",
                        "search for nobody",
                        "Keycloak: search of accounts")
                .forEach(id -> reads.put(id, figure(1)));
        Stream.of(
                        "sessions, first page",
                        "sessions, page at half depth",
                        "users, first page",
                        "users, page at half depth",
                        "users by activity, first page",
                        "users by activity, page at half depth",
                        "sessions of one user",
                        "search by user",
                        "search by identity provider")
                .forEach(id -> reads.put(id, figure(millis)));
        return new Stage(
                sessions,
                new Reading(
                        reads,
                        Map.of(Load.PLUGIN, load(), Load.KEYCLOAK, load()),
                        Map.of("sessions, page at half depth", List.of(), "users, page at half depth", List.of())),
                filters(millis),
                new Walk(sessions, sessions, 1, 1, 100, List.of(100L), 100, 300, 300),
                revocations(1),
                Map.of(DEEP, deep, NOTHING, ANSWERED));
    }

    /** A page with a filter took so many milliseconds where one without took one; each list to its end as many seconds. */
    private static Filters filters(double millis) {
        Map<String, Figure> pages = new LinkedHashMap<>();
        pages.put(Filtering.UNFILTERED, figure(1));
        Filtering.QUICK.forEach(quick -> pages.put(quick.id(), figure(millis)));
        pages.put(Filtering.COUNTRY, figure(millis));
        Map<String, Sweep> sweeps = new LinkedHashMap<>();
        Stream.of(Filtering.ADDRESS, Filtering.NETWORK, Filtering.NOBODYS_ADDRESS, Filtering.NOBODYS_BROWSER)
                .forEach(filter -> sweeps.put(filter, new Sweep(2, 3, 100 * millis, millis, 100, 110)));
        return new Filters(pages, sweeps, Map.of("filter: a username", List.of()));
    }

    private static Load load() {
        return new Load(1, 1, figure(1), figure(1), 0);
    }

    private static Figure figure(double millis) {
        return new Figure(1, millis, millis);
    }
}
