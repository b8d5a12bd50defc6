package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.finality.Site.Person;
import dev.identities.finality.Site.Session;
import dev.identities.heldread.HeldRead;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.Testbed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request has read a session's row; the session is ended; only then does the request put into the cache what it read. */
@Timeout(300)
class StalledReaderIT {

    private static final int TRIES = 50;

    @TempDir
    private static Path folder;

    private static HeldRead read;
    private static KeycloakServer server;
    private static Site site;
    private static Person victim;
    private static List<Session> others;

    @BeforeAll
    static void server() throws Exception {
        read = new HeldRead(folder);
        server = Testbed.start(
                "stalled-reader", Caches.ONE_ENTRY.of(Testbed.onDatabase(read.options(Testbed.providerJar()))));
        site = Site.create(server, "stalled");
        victim = site.person("victim");
        Person other = site.person("other");
        others = Stream.generate(() -> other.signIn(0)).limit(4).toList();
    }

    @AfterEach
    void letGo() {
        read.letGo();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Who ends the session, and by what. */
    private record End(String name, Function<Session, Runnable> by) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What the request does, and where it is held. */
    private record Reader(Use use, String method) {}

    static Stream<Object[]> stalls() {
        List<End> ends = new ArrayList<>();
        for (OurCall call : OurCall.values()) {
            ends.add(new End(call.name(), session -> call.ending(session, 0)));
        }
        ends.add(new End("Keycloak's Admin API", KeycloaksEnd.ADMIN_SESSION::of));
        List<Reader> readers = List.of(
                new Reader(Use.REFRESH, "loadUserSession"),
                new Reader(Use.INTROSPECTION, "loadUserSession"),
                new Reader(Use.USERINFO, "loadUserSession"),
                new Reader(Use.REFRESH, "loadClientSession"));
        return ends.stream().flatMap(end -> readers.stream().map(reader -> new Object[] {end, reader}));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("stalls")
    @DisplayName("what was read before the end does not bring the session back after it")
    void stalled(End end, Reader reader) throws Exception {
        Session session = victim.signIn(0);
        Runnable ending = end.by().apply(session);
        CompletableFuture<String> stalled = stall(session, reader);

        ending.run();
        read.letGo();
        stalled.join();

        assertThat(History.accesses(session, Set.of(session.tokens()), 0)).isEmpty();
        assertThat(others)
                .allMatch(other -> site.backend(0).access(other.tokens()).alive());
    }

    /** A request that has read the row. It may find the session in the cache: then others drive it out. */
    private static CompletableFuture<String> stall(Session session, Reader reader) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            for (Session other : others) {
                site.backend(0).refreshed(other.tokens());
            }
            read.want(reader.method(), session.sid());
            CompletableFuture<String> request = CompletableFuture.supplyAsync(
                    () -> reader.use().with(session.tokens(), site.backend(0), gained -> {}));
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
