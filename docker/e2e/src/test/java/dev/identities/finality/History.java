package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.finality.Client.Entry;
import dev.identities.finality.Site.Session;
import dev.identities.testbed.Browser.Silent;
import dev.identities.testbed.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The history of a session that many clients use while a call ends it. It compares each answer, and the time of its
 * request, with the promise of the end. The session of another person must work all the time.
 */
public final class History {

    /**
     * The uses by the clients of the session. They are mixed, because refreshes alone do not show a session that lives
     * on.
     */
    private static final List<Use> USES = List.of(
            Use.REFRESH,
            Use.INTROSPECTION,
            Use.USERINFO,
            Use.SIGN_ON,
            Use.REFRESH,
            Use.INTROSPECTION,
            Use.USERINFO,
            Use.REFRESH);

    /**
     * The time that clients go on after the answer, for dozens of requests each. Later uses are checked when all is
     * quiet.
     */
    private static final Duration AFTER = Duration.ofMillis(120);

    private final Session session;
    private final Session other;
    private final List<Client> clients = new ArrayList<>();
    private final List<Client> others = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    private History(Session session, Session other) {
        this.session = session;
        this.other = other;
    }

    /** From when on nothing of the session works. */
    public enum Promise {
        /** Nothing that is asked after the answer has access. */
        FROM_THE_ANSWER(Duration.ZERO),
        /** Nothing has access when all has been quiet for a second. */
        WHEN_QUIET(Duration.ofSeconds(1));

        private final Duration quiet;

        Promise(Duration quiet) {
            this.quiet = quiet;
        }
    }

    /**
     * One round.
     *
     * @param session the session that is used
     * @param other somebody else's, which must work throughout
     * @param end ends the session, and returns when that has been answered
     * @return what went against the promise
     */
    public static List<String> of(Session session, Session other, Promise promise, Runnable end) {
        try {
            return new History(session, other).play(promise, end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> play(Promise promise, Runnable end) throws InterruptedException {
        long answered = endWhileUsed(end);
        for (Client client : clients) {
            for (Entry entry : client.log()) {
                boolean late = entry.start() - answered > 0;
                if (entry.access() ? late && promise == Promise.FROM_THE_ANSWER : !isRight(entry)) {
                    wrong.add("%s on node %d, asked %.1f ms after the answer: %s"
                            .formatted(entry.use(), entry.node(), (entry.start() - answered) / 1e6, entry.outcome()));
                }
            }
        }
        for (Client client : others) {
            client.log().stream()
                    .filter(entry -> !entry.access())
                    .forEach(entry -> wrong.add("somebody else's session: " + entry));
        }
        Thread.sleep(promise.quiet.toMillis());
        for (int node = 0; node < session.site().nodes().size(); node++) {
            askWhenQuiet(node);
        }
        return wrong;
    }

    /** When the end was answered. */
    private long endWhileUsed(Runnable end) throws InterruptedException {
        int nodes = session.site().nodes().size();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch used = new CountDownLatch(USES.size() + nodes);
        for (Use use : USES) {
            clients.add(new Client(session, use, clients.size() % nodes, stop, used));
        }
        for (int node = 0; node < nodes; node++) {
            others.add(new Client(other, Use.REFRESH, node, stop, used));
        }
        ExecutorService threads = Executors.newFixedThreadPool(clients.size() + others.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            clients.forEach(client -> running.add(threads.submit(client)));
            others.forEach(client -> running.add(threads.submit(client)));
            assertThat(used.await(1, TimeUnit.MINUTES)).as("all have access").isTrue();
            end.run();
            long answered = System.nanoTime();
            Thread.sleep(AFTER.toMillis());
            stop.set(true);
            for (Future<?> client : running) {
                client.get(1, TimeUnit.MINUTES);
            }
            return answered;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    private static boolean isRight(Entry entry) {
        return entry.outcome().equals(entry.use().refusal());
    }

    private void askWhenQuiet(int node) {
        Set<Tokens> all = new LinkedHashSet<>();
        all.add(session.tokens());
        clients.forEach(client -> all.add(client.latest()));
        Consumer<String> quiet = what -> wrong.add("when quiet, on node " + node + ": " + what);
        for (String access : accesses(session, all, node)) {
            quiet.accept(access);
        }
        if (!session.site().backend(node).access(other.tokens()).alive()) {
            quiet.accept("somebody else's session is over");
        }
    }

    /** The answers that differ from the refusal of a session that is over. */
    static List<String> accesses(Session session, Set<Tokens> all, int node) {
        List<String> wrong = new ArrayList<>();
        for (Use use : List.of(Use.REFRESH, Use.INTROSPECTION, Use.USERINFO)) {
            for (Tokens tokens : all) {
                String outcome = use.with(tokens, session.site().backend(node), gained -> {});
                if (!outcome.equals(use.refusal())) {
                    wrong.add(use + ": " + outcome);
                }
            }
        }
        Silent told = session.browser().copy().visitSilently(session.site().wiki(node));
        if (!told.error().equals(Use.SIGN_ON.refusal())) {
            wrong.add(Use.SIGN_ON + ": " + told);
        }
        return wrong;
    }
}
