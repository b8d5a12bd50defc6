package dev.identities.finality;

import dev.identities.finality.Site.Session;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser.Silent;
import dev.identities.testbed.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Uses one session in one way on one node, again and again, and writes down what came of it. */
final class Client implements Runnable {

    private final Session session;
    private final Use use;
    private final int node;
    private final AtomicBoolean stop;
    private final CountDownLatch used;
    private final List<Entry> log = new ArrayList<>();
    private Tokens latest;

    /**
     * One use of a session.
     *
     * @param use what was done
     * @param node where
     * @param start before the request was sent, by this machine's clock
     * @param outcome access, or how it was refused
     */
    record Entry(Use use, int node, long start, String outcome) {

        boolean access() {
            return outcome.equals(Use.ACCESS);
        }
    }

    /**
     * A client that has not begun.
     *
     * @param stop ends it before its next use
     * @param used is counted down when it has used the session once
     */
    Client(Session session, Use use, int node, AtomicBoolean stop, CountDownLatch used) {
        this.session = session;
        this.use = use;
        this.node = node;
        this.stop = stop;
        this.used = used;
        this.latest = session.tokens();
    }

    /** The record of its uses; complete once the client has ended. */
    List<Entry> log() {
        return log;
    }

    /** The last tokens that it was given. */
    Tokens latest() {
        return latest;
    }

    @Override
    public void run() {
        boolean first = true;
        while (!stop.get()) {
            boolean access =
                    use == Use.SIGN_ON ? signOn() : ask(use, () -> use.with(session.tokens(), backend(), this::gained));
            if (first && access) {
                first = false;
                used.countDown();
            }
        }
    }

    private boolean signOn() {
        List<String> code = new ArrayList<>();
        boolean given = ask(Use.SIGN_ON, () -> {
            // The server takes cookies back from a browser, but a thief who copied them still has them.
            Silent told = session.browser().copy().visitSilently(session.site().wiki(node));
            code.add(told.code());
            return told.code().isEmpty() ? told.error() : Use.ACCESS;
        });
        return given
                && ask(Use.EXCHANGE, () -> Use.orRefusal(() -> gained(backend().exchange(code.get(0)))));
    }

    private boolean ask(Use what, Supplier<String> call) {
        long start = System.nanoTime();
        String outcome;
        try {
            outcome = call.get();
        } catch (RuntimeException e) {
            // Nothing of that kind is a right refusal.
            outcome = e.toString();
        }
        Entry entry = new Entry(what, node, start, outcome);
        log.add(entry);
        return entry.access();
    }

    private void gained(Tokens tokens) {
        latest = tokens;
    }

    private Backend backend() {
        return session.site().backend(node);
    }
}
