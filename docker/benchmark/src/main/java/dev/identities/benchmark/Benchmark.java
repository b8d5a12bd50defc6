package dev.identities.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.Database;
import dev.identities.testbed.Progress;
import dev.identities.testbed.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures what the plugin costs with many sessions. Run by {@code mvn -Pbenchmark}; {@code -Dsizes=10000} takes other
 * numbers of sessions than 10,000, 100,000 and a million, {@code -Drounds=20} measures less often than 100 times,
 * {@code -Dstages=revocation,plugin} measures only these {@linkplain Part parts}.
 */
public final class Benchmark {

    private static final int SMALL_REALM = 1_000;

    private Benchmark() {}

    private static Results.Machine machine(Sql sql, Kit kit) throws SQLException {
        return new Results.Machine(
                kit.distribution().getFileName().toString(),
                sql.value("select split_part(version(), ' (', 1)"),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                Memory.ofMachine() / 1024);
    }

    /**
     * Reads system properties {@code benchmark.distribution}, {@code benchmark.plugin}, {@code benchmark.folder},
     * {@code stages}, {@code sizes} and {@code rounds}.
     */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        Instant start = Instant.now();
        Kit kit = new Kit(
                Path.of(System.getProperty("benchmark.distribution")),
                Path.of(System.getProperty("benchmark.plugin")),
                Path.of(System.getProperty("benchmark.folder")));
        Path folder = kit.folder();
        Set<Part> parts = Part.named(System.getProperty("stages"));
        List<Long> sizes = Stream.of(System.getProperty("sizes").split(",", -1))
                .map(size -> Long.valueOf(size.trim()))
                .sorted()
                .toList();
        Files.createDirectories(folder);
        Results results = results(kit, parts, sizes, Integer.getInteger("rounds"));
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("results.json").toFile(), results);
        Files.writeString(folder.resolve("results.md"), new Report(results).markdown());
        if (parts.contains(Part.READING)) {
            Files.writeString(folder.resolve("pages.svg"), Chart.of(results.stages()));
        }
        Progress.say(
                "Done after %d min: %s",
                Duration.between(start, Instant.now()).toMinutes(), folder.resolve("results.md"));
    }

    private static Results results(Kit kit, Set<Part> parts, List<Long> sizes, int rounds)
            throws SQLException, InterruptedException {
        // First, and alone: by now nothing else is on the machine.
        Map<String, Results.Figure> plugin =
                parts.contains(Part.PLUGIN) ? new PluginCost(kit, rounds).measure() : Map.of();
        try (Database database = Kit.database();
                Sql sql = new Sql(database)) {
            List<Results.Stage> stages =
                    parts.equals(Set.of(Part.PLUGIN)) ? List.of() : stages(kit, database, sql, parts, sizes, rounds);
            return new Results(machine(sql, kit), parts, stages, plugin);
        }
    }

    private static List<Results.Stage> stages(
            Kit kit, Database database, Sql sql, Set<Part> parts, List<Long> sizes, int rounds)
            throws SQLException, InterruptedException {
        try (Servers servers = new Servers(kit, database)) {
            AdminClient admin = servers.admin();
            Realm partner = Company.partner(admin);
            Company company = Company.create(admin, "large", partner);
            Company other = Company.create(admin, "small", partner);
            new Seed(sql, other).everybody(SMALL_REALM);
            Seed large = new Seed(sql, company);
            Stages stages = new Stages(servers, sql, company, other, large, parts, rounds);
            List<Results.Stage> measured = new ArrayList<>();
            for (long size : sizes) {
                measured.add(stages.at(size));
            }
            return measured;
        }
    }
}
