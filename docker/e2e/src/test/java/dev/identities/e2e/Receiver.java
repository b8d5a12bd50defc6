package dev.identities.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** An application's back-channel logout endpoint: answers as it is told to, and keeps what it was sent. */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);

    private Receiver(int status, boolean hangs) {
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
        server.createContext("/", exchange -> answer(exchange, status, hangs));
        server.start();
    }

    public static Receiver answering(int status) {
        return new Receiver(status, false);
    }

    public static Receiver hanging() {
        return new Receiver(200, true);
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

    private void answer(HttpExchange exchange, int status, boolean hangs) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        for (String field : body.split("&", -1)) {
            if (field.startsWith("logout_token=")) {
                tokens.add(URLDecoder.decode(field.substring("logout_token=".length()), StandardCharsets.UTF_8));
            }
        }
        if (hangs) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
    }
}
