package dev.identities.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that reads a feed of events, without a thread of its own. */
public final class FeedReader implements AutoCloseable {

    /** Far longer than anything takes on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final JsonMapper JSON = new JsonMapper();

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<HttpResponse<Void>> response;
    private volatile Flow.Subscription subscription;
    private String lastId = "";

    private FeedReader(Http api, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.base() + path));
        api.headers().forEach(request::header);
        response = api.client().sendAsync(request.build(), HttpResponse.BodyHandlers.fromLineSubscriber(new Lines()));
    }

    /** Opens a feed and returns when it is open. */
    public static FeedReader open(Http api, String query) {
        FeedReader reader = new FeedReader(api, "/events" + query);
        reader.awaitLine(":open");
        return reader;
    }

    private final class Lines implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable failure) {
            ended.complete(null);
        }

        @Override
        public void onComplete() {
            ended.complete(null);
        }
    }

    private String awaitLine(String prefix) {
        Instant limit = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(limit)) {
            String line = poll(Duration.ofSeconds(1));
            if (line != null && line.startsWith("id:")) {
                lastId = line.substring(3);
            }
            if (line != null && line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new AssertionError("no line " + prefix + " came");
    }

    private String poll(Duration time) {
        try {
            return lines.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next event. */
    public JsonNode next() {
        try {
            return JSON.readTree(awaitLine("data:"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event of a session. Others before it are passed over. */
    public JsonNode next(String type, String sid) {
        JsonNode event = next();
        while (!event.path("type").asText().equals(type)
                || !event.path("sid").asText().equals(sid)) {
            event = next();
        }
        return event;
    }

    /** Whether no event has come that was not asked for with {@link #next}. */
    public boolean quiet() {
        return lines.stream().noneMatch(line -> line.startsWith("data:"));
    }

    /** The last id that came, for {@code Last-Event-ID}. */
    public String lastId() {
        return lastId;
    }

    /** Waits for the server to end the feed; empty when it did not within that time. */
    public Optional<Duration> ended(Duration within) {
        Instant start = Instant.now();
        try {
            Void unused = ended.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(Duration.between(start, Instant.now()));
        } catch (TimeoutException open) {
            return Optional.empty();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.cancel();
        }
        response.cancel(true);
    }
}
