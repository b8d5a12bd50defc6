package dev.identities.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Calls of one server as one caller, over connections that stay open. An answer other than 2xx is a fault. */
final class Calls {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final Authorization authorization;

    Calls(URI base, Authorization authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** The caller: the value of the header, which may have to be renewed. */
    @FunctionalInterface
    interface Authorization {
        String header();
    }

    void get(String path) {
        send("GET", path, TIMEOUT);
    }

    JsonNode json(String path) {
        try {
            return JSON.readTree(send("GET", path, TIMEOUT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String path) {
        send("DELETE", path, TIMEOUT);
    }

    void post(String path) {
        send("POST", path, TIMEOUT);
    }

    /** How many nanoseconds a request took; nothing when it took longer than that. */
    Optional<Long> within(Duration limit, String path) {
        long start = System.nanoTime();
        try {
            send("GET", path, limit);
            return Optional.of(System.nanoTime() - start);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof HttpTimeoutException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private byte[] send(String method, String path, Duration limit) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit)
                .header("Authorization", authorization.header())
                .header("ngrok-version", "2")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(request.uri() + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
