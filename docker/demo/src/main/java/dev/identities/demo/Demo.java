package dev.identities.demo;

import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.DistributionServer;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.MmdbWriter;
import dev.identities.testbed.Progress;
import dev.identities.testbed.Realm;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts Keycloak with the plugin, realm {@code acme}, its people, and their sessions; says what to try; stays until it
 * is interrupted. Run by {@code mvn -Pdemo}; {@code -Dport=8090} chooses another port than 8080.
 *
 * <p>The database stays in {@code docker/demo/target/demo}, so that a second start takes seconds and shows the same sessions.
 */
public final class Demo {

    private final DemoFiles files;
    private final Path work;
    private final int port;

    private Demo(Path basedir, int port) {
        this.files = new DemoFiles(basedir.resolve(".."));
        this.port = port;
        // Realm acme holds URLs with the port in them: one database per port.
        this.work = basedir.resolve("target").resolve(port == 8080 ? "demo" : "demo-" + port);
    }

    /** Reads system properties {@code demo.basedir}, {@code demo.distribution}, {@code demo.providers} and {@code port}. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.getInteger("port", 8080);
        if (isBusy(port)) {
            Progress.say("Port %d is in use: stop what listens there, or choose another one with -Dport=8090", port);
            System.exit(1);
        }
        new Demo(Path.of(System.getProperty("demo.basedir", ".")), port).run();
    }

    private static boolean isBusy(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }

    private void run() throws IOException {
        Files.createDirectories(work);
        Path places = work.resolve("places.mmdb");
        places().writeTo(places);
        Options options = Options.of(providers()).withGeoDatabase(places);
        Progress.say("Starting Keycloak with %s; a first start takes a minute or two", options.providers());
        DistributionServer server = DistributionServer.start(
                Path.of(System.getProperty("demo.distribution")), work.resolve("server"), options, port, true);
        AdminClient admin = new AdminClient(server);
        importRealms(admin);
        Saved saved = new SignIns(Realm.of(admin, "acme"), work).signIn();
        new Guide(server.url(), apiKey(server.url()), saved, files.walk()).print();
        int exit = server.ended().join();
        Progress.say(
                "Keycloak has ended by itself (status %d); its log: %s", exit, work.resolve("server/keycloak.log"));
        System.exit(1);
    }

    private static Path[] providers() {
        return Stream.of(System.getProperty("demo.providers").split(File.pathSeparator, -1))
                .map(Path::of)
                .toArray(Path[]::new);
    }

    /** Also when the files have changed since: a database from before them lacks what the guide names. */
    private void importRealms(AdminClient admin) throws IOException {
        Path imported = work.resolve("imported");
        String content = files.content();
        if (Files.exists(imported) && Files.readString(imported).equals(content)) {
            return;
        }
        Progress.say("Importing realms partner and acme");
        for (String realm : List.of("/acme", "/partner")) {
            if (admin.exists(realm)) {
                admin.delete(realm);
            }
        }
        files.importPartner(admin);
        files.importAcme(admin, "acme");
        Files.writeString(imported, content);
    }

    /** Where the documentation addresses of the demo's people are said to be. */
    private static MmdbWriter places() {
        return new MmdbWriter("Demo-City")
                .city("192.0.2.0/24", "DE", "Berlin", 52.52, 13.41, 20)
                .city("198.51.100.0/25", "NO", "Bergen", 60.39, 5.32, 50)
                .city("198.51.100.128/25", "US", "Chicago", 41.88, -87.63, 100)
                .city("203.0.113.0/25", "SA", "Riyadh", 24.71, 46.68, 50)
                .city("203.0.113.128/25", "VN", "Hanoi", 21.03, 105.85, 50)
                .city("2001:db8:1::/48", "CN", "Chengdu", 30.57, 104.07, 200)
                .city("2001:db8:2::/48", "AT", "Vienna", 48.21, 16.37, 10);
    }

    private static String apiKey(URI server) {
        return new App(server, "acme", "siem-api", "siem-api-demo-secret", "").apiKey();
    }
}
