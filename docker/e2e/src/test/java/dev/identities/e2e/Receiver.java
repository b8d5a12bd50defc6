package dev.identities.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An application's back-channel logout endpoint: answers as it is told to, and keeps what it was sent. */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** What it does before it answers, or instead. */
    private enum Manner {
        ANSWERS,
        HANGS,
        TRICKLES
    }

    private Receiver(int status, Manner manner) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> answer(exchange, status, manner));
        server.start();
    }

    public static Receiver answering(int status) {
        return new Receiver(status, Manner.ANSWERS);
    }

    public static Receiver hanging() {
        return new Receiver(200, Manner.HANGS);
    }

    /** Answers at once, a byte at a time and without an end. */
    public static Receiver trickling() {
        return new Receiver(200, Manner.TRICKLES);
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/logout";
    }

    /** The logout tokens received so far. */
    public List<String> tokens() {
        return tokens;
    }

    /** Method, path and body of everything received so far. */
    public List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange, int status, Manner manner) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        for (String field : body.split("&", -1)) {
            if (field.startsWith("logout_token=")) {
                tokens.add(URLDecoder.decode(field.substring("logout_token=".length()), StandardCharsets.UTF_8));
            }
        }
        if (manner == Manner.HANGS) {
            boolean unused = isReleasedWithin(Duration.ofDays(1));
        }
        exchange.sendResponseHeaders(status, manner == Manner.TRICKLES ? 0 : -1);
        if (manner == Manner.TRICKLES) {
            trickle(exchange.getResponseBody());
        }
        exchange.close();
    }

    private void trickle(OutputStream body) {
        try {
            do {
                body.write('.');
                body.flush();
            } while (!isReleasedWithin(Duration.ofMillis(500)));
        } catch (IOException brokenOff) {
            // Whoever read it has given up.
        }
    }

    private boolean isReleasedWithin(Duration time) {
        try {
            return released.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
    }
}
