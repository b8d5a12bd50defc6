package dev.identities.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.identities.benchmark.Results.Bounded;
import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Load;
import dev.identities.benchmark.Results.Machine;
import dev.identities.benchmark.Results.Reading;
import dev.identities.benchmark.Results.Stage;
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
    private static final double FIVE_MINUTES = 300_000;
    private static final Bounded UNANSWERED = new Bounded(1, false, FIVE_MINUTES, 300);
    private static final Bounded ANSWERED = new Bounded(1, true, 30_000, 300);

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
    @DisplayName("with one size nothing is compared with itself")
    void oneSize() {
        assertThat(report(stage(1_000, 10, ANSWERED))).doesNotContain("to the same with");
    }

    @Test
    @DisplayName("with several sizes the largest is compared with the smallest, by its number")
    void severalSizes() {
        String report = report(stage(200, 10, ANSWERED), stage(3_000, 11, ANSWERED), stage(40_000, 12, ANSWERED));

        assertThat(row(report, "sessions, first page, in cheapest requests, to the same with 200 sessions"))
                .isEqualTo("| 1.20 | 1.30 | met |");
        assertThat(report)
                .contains("## Targets, with 40,000 sessions")
                .doesNotContain("to the same with 3,000")
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
    @DisplayName("a user's 1,000 sessions may take four tenths of Keycloak's logout")
    void revocation() {
        String what = "revoking a user's 1,000 sessions, to Keycloak's logout";

        assertThat(row(revocation(40), what)).isEqualTo("| 0.40 | 0.40 | met |");
        assertThat(row(revocation(41), what)).isEqualTo("| 0.41 | 0.40 | **missed** |");
    }

    private static String revocation(double millis) {
        return report(EnumSet.of(Part.REVOCATION), Map.of(), new Stage(1_000, null, revocations(millis), Map.of()));
    }

    @Test
    @DisplayName("the report leaves out stages that were not run, and names those that were")
    void someParts() {
        assertThat(revocation(40))
                .contains("Only these stages were run: revocation.")
                .contains("## Targets, with 1,000 sessions")
                .containsPattern("(?m)^## Revoking$")
                .doesNotContain("cheapest request |")
                .doesNotContain("## Reading", "## With", "## Keycloak", "## All sessions", "## Many", "## Query plans");
        assertThat(report(stage(1_000, 10, ANSWERED)))
                .doesNotContain("Only these")
                .contains("## Reading", "## With", "## Keycloak", "## All sessions", "## Many", "## Query plans");
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
        assertThat(Part.named("reading,keycloak,revocation,plugin")).containsExactly(Part.values());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Part.named("revocation,signing"))
                .withMessage("No stage \"signing\", but [reading, keycloak, revocation, plugin]");
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
                "a user with 1,000 sessions", figure(millis), "Keycloak: log a user out who has 1,000", figure(100));
    }

    /** Every page took so many milliseconds, every other request one. */
    private static Stage stage(long sessions, double millis, Bounded deep) {
        Map<String, Figure> reads = new LinkedHashMap<>();
        Stream.of("cheapest", "sessions by user key").forEach(id -> reads.put(id, figure(1)));
        Stream.of(
                        "sessions, first page",
                        "sessions, page at half depth",
                        "users, first page",
                        "users, page at half depth",
                        "users by activity, first page",
                        "users by activity, page at half depth",
                        "sessions of one user")
                .forEach(id -> reads.put(id, figure(millis)));
        return new Stage(
                sessions,
                new Reading(
                        reads,
                        new Walk(sessions, sessions, 1, 1, 100, List.of(100L), 100, 300, 300),
                        Map.of(Load.PLUGIN, load(), Load.KEYCLOAK, load()),
                        Map.of("sessions, page at half depth", List.of(), "users, page at half depth", List.of())),
                revocations(1),
                Map.of(DEEP, deep));
    }

    private static Load load() {
        return new Load(1, 1, figure(1), figure(1), 0);
    }

    private static Figure figure(double millis) {
        return new Figure(1, millis, millis);
    }
}
