package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.finality.Site.Person;
import dev.identities.finality.Site.Session;
import dev.identities.heldread.HeldRead;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A request has read a session's row; the session is ended; only then does the request put into the cache what it read. On
 * each minor version of Keycloak, because each has caches of its own version. All readers go the same way into the cache,
 * so the older versions have one of them.
 */
@Timeout(300)
@ParameterizedClass(name = "Keycloak {0}")
@ValueSource(strings = {StalledReaderIT.LATEST, "26.6", "26.5"})
class StalledReaderIT {

    static final String LATEST = "26.7";

    private static final int TRIES = 50;

    private static Path folder;
    private static HeldRead read;
    private static KeycloakServer server;
    private static Site site;
    private static Person victim;
    private static List<Session> others;
    private static List<Use> readers;

    @Parameter
    private String minor;

    @BeforeParameterizedClassInvocation
    static void server(String minor) throws Exception {
        folder = Files.createTempDirectory("stalled-reader");
        read = new HeldRead(folder);
        // This drives user sessions out of their cache, and leaves client sessions in theirs.
        Options options = read.options(Testbed.providerJar()).withArguments("--cache-embedded-sessions-max-count=1");
        server = Testbed.startMinor(minor, Testbed.onDatabase(options));
        site = Site.create(server, "stalled");
        victim = site.person("victim");
        Person other = site.person("other");
        readers = minor.equals(LATEST) ? List.of(Use.REFRESH, Use.INTROSPECTION, Use.USERINFO) : List.of(Use.REFRESH);
        others = Stream.generate(() -> other.signIn(0)).limit(4).toList();
    }

    @AfterEach
    void letGo() {
        read.letGo();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    /** The way in which the session ends. */
    private record End(String name, Function<Session, Runnable> by) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Object[]> stalls() {
        List<End> ends = new ArrayList<>();
        for (OurCall call : OurCall.values()) {
            ends.add(new End(call.name(), session -> call.ending(session, 0)));
        }
        ends.add(new End("Keycloak's Admin API", KeycloaksEnd.ADMIN_SESSION::of));
        return ends.stream().flatMap(end -> readers.stream().map(reader -> new Object[] {end, reader}));
    }

    @ParameterizedTest(name = "{0}, held: {1}")
    @MethodSource("stalls")
    @DisplayName("what was read before the end does not bring the session back after it")
    void stalled(End end, Use reader) throws Exception {
        Session session = victim.signIn(0);
        Runnable ending = end.by().apply(session);
        CompletableFuture<String> stalled = stall(session, reader);

        assertThat(server.log()).contains("Keycloak " + minor + ".");
        ending.run();
        read.letGo();
        stalled.join();

        assertThat(History.accesses(session, Set.of(session.tokens()), 0)).isEmpty();
        assertThat(others)
                .allMatch(other -> site.backend(0).access(other.tokens()).alive());
    }

    /** A request that has read the row. It may find the session in the cache: then others drive it out. */
    private static CompletableFuture<String> stall(Session session, Use reader) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            for (Session other : others) {
                site.backend(0).refreshed(other.tokens());
            }
            read.want(session.sid());
            CompletableFuture<String> request =
                    CompletableFuture.supplyAsync(() -> reader.with(session.tokens(), site.backend(0), gained -> {}));
            while (!read.isHeld() && !request.isDone()) {
                Thread.sleep(5);
            }
            if (read.isHeld()) {
                return request;
            }
            assertThat(request.join()).isEqualTo(Use.ACCESS);
            read.letGo();
        }
        throw new IllegalStateException("The session was always in the cache");
    }
}
