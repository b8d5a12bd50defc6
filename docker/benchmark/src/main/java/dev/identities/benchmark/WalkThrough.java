package dev.identities.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.benchmark.Results.Walk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the whole list of sessions as a program does that takes stock. */
final class WalkThrough {

    static final int LIMIT = 100;

    private static final int SAMPLE_MILLIS = 200;
    private static final int LOOKS = 10;

    private final Calls calls;
    private final Memory memory;
    private final String realm;

    WalkThrough(Calls calls, Memory memory, String realm) {
        this.calls = calls;
        this.memory = memory;
        this.realm = realm;
    }

    Walk walk(long expected) {
        long liveBefore = memory.live();
        long residentBefore = memory.resident();
        AtomicLong peak = new AtomicLong(residentBefore);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> looks = watch.scheduleAtFixedRate(
                () -> peak.accumulateAndGet(memory.resident(), Math::max),
                SAMPLE_MILLIS,
                SAMPLE_MILLIS,
                TimeUnit.MILLISECONDS);
        List<Long> liveDuring = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        long look = Math.max(1, expected / LIMIT / LOOKS);
        long looking = 0;
        int pages = 0;
        long start = System.nanoTime();
        String next = "/realms/" + realm + "/app/sessions?limit=" + LIMIT;
        while (next != null) {
            JsonNode page = calls.json(next);
            page.get("application_sessions")
                    .forEach(session -> seen.add(session.get("id").asText()));
            next = next(page);
            pages++;
            if (pages % look == 0 && liveDuring.size() < LOOKS - 1) {
                long before = System.nanoTime();
                liveDuring.add(memory.live());
                looking += System.nanoTime() - before;
            }
        }
        double seconds = (System.nanoTime() - start - looking) / 1e9;
        looks.cancel(false);
        watch.shutdown();
        if (seen.size() != expected) {
            throw new IllegalStateException("Listed " + seen.size() + " sessions of " + expected);
        }
        return new Walk(
                seen.size(),
                expected,
                pages,
                seconds,
                liveBefore,
                liveDuring,
                memory.live(),
                residentBefore,
                peak.get());
    }

    /** The path of the page after this one; null after the last. */
    static String next(JsonNode page) {
        return page.get("next_page_uri").isNull()
                ? null
                : page.get("next_page_uri").asText().replaceFirst("^https?://[^/]+", "");
    }
}
