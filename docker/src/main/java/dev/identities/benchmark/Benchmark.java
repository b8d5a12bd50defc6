package dev.identities.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.identities.testbed.AdminClient;
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
import java.util.stream.Stream;

/**
 * Measures what the plugin costs with many sessions. Run by {@code mvn -Pbenchmark}; {@code -Dsizes=10000} takes other
 * numbers of sessions than 10,000, 100,000 and a million, {@code -Drounds=20} measures less often than 100 times.
 */
public final class Benchmark {

    private static final int SMALL_REALM = 1_000;
    private static final int ACCOUNTS = 100_000;

    private Benchmark() {}

    private static Results.Machine machine(Sql sql, Path distribution) throws SQLException {
        return new Results.Machine(
                distribution.getFileName().toString(),
                sql.value("select split_part(version(), ' (', 1)"),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                Memory.ofMachine() / 1024);
    }

    /**
     * Reads system properties {@code benchmark.distribution}, {@code benchmark.plugin}, {@code benchmark.folder},
     * {@code sizes} and {@code rounds}.
     */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        Instant start = Instant.now();
        Path folder = Path.of(System.getProperty("benchmark.folder"));
        List<Long> sizes = Stream.of(System.getProperty("sizes").split(",", -1))
                .map(size -> Long.valueOf(size.trim()))
                .sorted()
                .toList();
        Files.createDirectories(folder);
        Results results = results(folder, sizes);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("results.json").toFile(), results);
        Files.writeString(folder.resolve("results.md"), new Report(results).markdown());
        Progress.say(
                "Done after %d min: %s",
                Duration.between(start, Instant.now()).toMinutes(), folder.resolve("results.md"));
    }

    private static Results results(Path folder, List<Long> sizes) throws SQLException, InterruptedException {
        Path distribution = Path.of(System.getProperty("benchmark.distribution"));
        Path plugin = Path.of(System.getProperty("benchmark.plugin"));
        try (Servers servers = new Servers(distribution, plugin, folder);
                Sql sql = new Sql(servers.database())) {
            AdminClient admin = servers.admin();
            Realm partner = Realm.create(admin, "partner", Map.of());
            partner.user(Company.PARTNER_TEMPLATE, Company.PASSWORD);
            Company company = Company.create(admin, "large", partner);
            Company other = Company.create(admin, "small", partner);
            Seed small = new Seed(sql, other);
            small.users(1, SMALL_REALM / Seed.SESSIONS_PER_USER);
            small.sessions(SMALL_REALM, 1, SMALL_REALM / Seed.SESSIONS_PER_USER);
            Seed large = new Seed(sql, company);
            large.users(1, ACCOUNTS);
            Stages stages = new Stages(servers, sql, company, other, large, Integer.getInteger("rounds"));
            List<Results.Stage> measured = new ArrayList<>();
            for (long size : sizes) {
                measured.add(stages.at(size));
            }
            return new Results(machine(sql, distribution), measured);
        }
    }
}
