package dev.identities.benchmark;

import dev.identities.benchmark.Results.Bounded;
import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Load;
import dev.identities.benchmark.Results.Stage;
import dev.identities.benchmark.Results.Sweep;
import dev.identities.benchmark.Results.Walk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results as people read them. */
final class Report {

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    Report(Results results) {
        this.results = results;
    }

    String markdown() {
        Results.Machine machine = results.machine();
        line("# Benchmark");
        line("");
        line(
                "%s with %s, Java %s; server, database and client share %d processors and %d GB of memory."
                        + " Milliseconds, median / 95th percentile; in brackets the median in cheapest requests of the"
                        + " same server (`GET /realms/{realm}`), measured in turns with it. Pages have 100 entries.",
                machine.keycloak(),
                machine.database(),
                machine.java(),
                machine.processors(),
                machine.memoryGigabytes());
        if (results.parts().size() < Part.values().length) {
            line("");
            line(
                    "Only these stages were run: %s.",
                    results.parts().stream().map(Part::toString).collect(Collectors.joining(", ")));
        }
        targets();
        section(Part.READING, "Reading", () -> table(stage -> stage.reading().requests(), true));
        section(Part.KEYCLOAK, "Keycloak's own deep page and search of sessions", this::keycloak);
        section(
                Part.FILTERS,
                "Filters, first pages",
                () -> table(stage -> stage.filters().requests(), false));
        section(Part.FILTERS, "Filters, to the end of the list", this::sweeps);
        section(Part.REVOCATION, "Revoking", () -> table(Stage::revocations, false));
        section(Part.PLUGIN, "With and without the plugin", this::plugin);
        section(Part.WALK, "All sessions, page by page", this::walks);
        section(Part.READING, "Many readers while people sign in", this::loads);
        if (results.parts().contains(Part.READING) || results.parts().contains(Part.FILTERS)) {
            plans();
        }
        return text.toString();
    }

    /** A section of the report, left out when its part was not run. */
    private void section(Part part, String title, Runnable content) {
        if (results.parts().contains(part)) {
            heading(title);
            content.run();
        }
    }

    private void targets() {
        heading("Targets" + (results.stages().isEmpty() ? "" : ", with %,d sessions".formatted(last().sessions())));
        line("| | measured | target | |");
        line("|---|---|---|---|");
        for (Target target : Target.of(results)) {
            line(
                    "| %s | %s | %s | %s |",
                    target.what(),
                    (target.atMost() ? "at most " : "") + ratio(target.measured()),
                    ratio(target.limit()),
                    switch (target.outcome()) {
                        case MET -> "met";
                        case MISSED -> "**missed**";
                        case UNKNOWN -> "unknown";
                    });
        }
    }

    private Stage last() {
        return results.stages().get(results.stages().size() - 1);
    }

    private static String ratio(double ratio) {
        return ratio < 0.1
                ? String.format(Locale.ROOT, "1 : %,.0f", 1 / ratio)
                : String.format(Locale.ROOT, "%.2f", ratio);
    }

    private void table(Function<Stage, Map<String, Figure>> part, boolean relative) {
        header();
        for (String id : part.apply(last()).keySet()) {
            line(
                    "| %s |%s",
                    id, cells(stage -> {
                        Figure figure = part.apply(stage).get(id);
                        String times = relative
                                ? String.format(
                                        Locale.ROOT,
                                        " (%.1f)",
                                        figure.median()
                                                / stage.reading()
                                                        .requests()
                                                        .get("cheapest")
                                                        .median())
                                : "";
                        return millis(figure) + times;
                    }));
        }
    }

    private static String millis(Figure figure) {
        return String.format(Locale.ROOT, "%.1f / %.1f", figure.median(), figure.p95());
    }

    private void keycloak() {
        header();
        for (String id : last().keycloak().keySet()) {
            line("| %s |%s", id, cells(stage -> bounded(stage.keycloak().get(id))));
        }
    }

    private void sweeps() {
        line("Pages in all, the slowest in milliseconds, all in seconds; live heap before and after in MB.");
        line("");
        header();
        for (String id : last().filters().sweeps().keySet()) {
            line("| %s |%s", id, cells(stage -> sweep(stage.filters().sweeps().get(id))));
        }
    }

    private static String sweep(Sweep sweep) {
        return String.format(
                Locale.ROOT,
                "%,d found, %,d pages, %,.0f ms, %.2f s, %d MB to %d MB",
                sweep.found(),
                sweep.pages(),
                sweep.longest(),
                sweep.seconds(),
                sweep.liveBefore(),
                sweep.liveAfter());
    }

    private static String bounded(Bounded bounded) {
        return (bounded.answered() ? "" : "more than ") + String.format(Locale.ROOT, "%,.0f", bounded.median());
    }

    private void plugin() {
        line(
                "Two servers that differ in nothing but the plugin, each with a PostgreSQL and an equal realm of its own"
                        + " (%,d sessions, whatever the sizes above). They were started alike, warmed by as many of the"
                        + " same requests, and measured in turns.",
                Twin.SESSIONS);
        line("");
        line("| | with | without |");
        line("|---|---|---|");
        for (String request : List.of(PluginCost.SIGN_IN, PluginCost.REFRESH)) {
            line(
                    "| %s | %s | %s |",
                    request,
                    millis(results.plugin().get(request)),
                    millis(results.plugin().get(PluginCost.without(request))));
        }
    }

    private void walks() {
        header();
        walk("sessions listed / there", walk -> "%,d / %,d".formatted(walk.listed(), walk.expected()));
        walk("pages", walk -> "%,d".formatted(walk.pages()));
        walk("seconds", walk -> "%.0f".formatted(walk.seconds()));
        walk("live heap before, MB", walk -> Long.toString(walk.liveBefore()));
        walk(
                "live heap at each tenth, MB",
                walk -> walk.liveDuring().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        walk("live heap after, MB", walk -> Long.toString(walk.liveAfter()));
        walk("process before / at most, MB", walk -> walk.residentBefore() + " / " + walk.residentPeak());
    }

    private void walk(String what, Function<Walk, String> cell) {
        line("| %s |%s", what, cells(stage -> cell.apply(stage.walk())));
    }

    private void loads() {
        header();
        loads("", Load.PLUGIN);
        loads("Keycloak: ", Load.KEYCLOAK);
        line(
                "| a page, to Keycloak's |%s",
                cells(stage -> ratio(page(stage, Load.PLUGIN) / page(stage, Load.KEYCLOAK))));
    }

    private void loads(String prefix, String whose) {
        int readers = last().reading().loads().get(whose).readers();
        line(
                "| %spages per second, by %d readers |%s",
                prefix, readers, cells(stage -> "%.0f"
                        .formatted(stage.reading().loads().get(whose).pagesPerSecond())));
        line(
                "| %sa page |%s",
                prefix, cells(stage -> millis(stage.reading().loads().get(whose).pages())));
        line(
                "| %sa sign-in |%s",
                prefix, cells(stage -> millis(stage.reading().loads().get(whose).signIns())));
        line(
                "| %serrors |%s",
                prefix,
                cells(stage ->
                        Integer.toString(stage.reading().loads().get(whose).failures())));
    }

    private static double page(Stage stage, String whose) {
        return stage.reading().loads().get(whose).pages().median();
    }

    private void plans() {
        heading("Query plans, with %,d sessions", last().sessions());
        line(
                "Statements on sessions and accounts per request, as PostgreSQL ran them. The plans themselves are below and in the JSON.");
        line("");
        line("| | statements | ms in all | indexes | sequential scans |");
        line("|---|---|---|---|---|");
        Map<String, List<Plans.Statement>> plans = new LinkedHashMap<>();
        if (last().reading() != null) {
            plans.putAll(last().reading().plans());
        }
        if (last().filters() != null) {
            plans.putAll(last().filters().plans());
        }
        plans.forEach((id, statements) -> line(
                "| %s | %d | %.1f | %s | %s |",
                id,
                statements.size(),
                statements.stream().mapToDouble(Plans.Statement::millis).sum(),
                names(statements, Plans.Statement::indexes),
                names(statements, Plans.Statement::sequentialScans)));
        if (last().reading() == null) {
            return;
        }
        for (String id : List.of("sessions, page at half depth", "users, page at half depth")) {
            line("");
            line("### %s", id);
            line("");
            line("```");
            last().reading().plans().get(id).forEach(statement -> line("%s", statement.text()));
            line("```");
        }
    }

    private static String names(List<Plans.Statement> statements, Function<Plans.Statement, List<String>> names) {
        TreeSet<String> all = new TreeSet<>();
        statements.forEach(statement -> all.addAll(names.apply(statement)));
        return all.isEmpty() ? "none" : String.join(", ", all);
    }

    private void header() {
        line("| |%s", cells(stage -> "%,d".formatted(stage.sessions())));
        line("|---|%s", results.stages().stream().map(stage -> "---|").collect(Collectors.joining()));
    }

    private String cells(Function<Stage, String> cell) {
        return results.stages().stream().map(cell).collect(Collectors.joining(" | ", " ", " |"));
    }

    private void heading(String format, Object... arguments) {
        line("");
        line("## " + format, arguments);
        line("");
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
