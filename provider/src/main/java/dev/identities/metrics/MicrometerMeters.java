package dev.identities.metrics;

import dev.identities.api.PagedList;
import dev.identities.ending.Outcome;
import dev.identities.notify.Delivery;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All series exist from the start, at zero: a rate over a series that appears with its first event misses that event.
 */
final class MicrometerMeters implements Meters {

    /**
     * From the time of a page on an idle server to a time after which callers give up. Percentiles lie between them.
     */
    private static final Duration[] PAGE_TIMES = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    /** Without {@code PENDING}, because a message is counted once, when its status is final. */
    private static final Set<Delivery.Status> SETTLED = EnumSet.complementOf(EnumSet.of(Delivery.Status.PENDING));

    private static final String OUTCOME = "outcome";

    /** One for all meters of a server, because a registry keeps the first gauge of a name. */
    private static final AtomicInteger MISSING_INDEXES = new AtomicInteger();

    /**
     * The outcome of a request. A rate limit counts as a refusal, as a missing permission does, because both are
     * policy.
     */
    private enum Answer {
        SUCCESS,
        DENIED,
        CLIENT_ERROR,
        SERVER_ERROR;

        static Answer of(int status) {
            return switch (status) {
                case 401, 403, 429 -> DENIED;
                default -> status < 400 ? SUCCESS : status < 500 ? CLIENT_ERROR : SERVER_ERROR;
            };
        }
    }

    private final Map<Mount, Map<Answer, Counter>> requests;
    private final Map<PagedList, Timer> pages;
    private final Map<Outcome.Status, Counter> sessions;
    private final Map<Delivery.Status, Counter> messages;

    /** Here and not in {@link Meters}, which must load where there is no Micrometer. */
    static Meters ofTheServer() {
        return new MicrometerMeters(Metrics.globalRegistry);
    }

    MicrometerMeters(MeterRegistry registry) {
        requests = each(
                EnumSet.allOf(Mount.class),
                mount -> each(EnumSet.allOf(Answer.class), answer -> Counter.builder("identities.requests")
                        .description("Requests answered")
                        .tag("api", label(mount))
                        .tag(OUTCOME, label(answer))
                        .register(registry)));
        pages = each(EnumSet.allOf(PagedList.class), list -> Timer.builder("identities.page")
                .description("Time to answer with a page of a list")
                .tag("list", label(list))
                .serviceLevelObjectives(PAGE_TIMES)
                .register(registry));
        sessions = each(EnumSet.allOf(Outcome.Status.class), status -> Counter.builder("identities.revocations")
                .description("Sessions that were asked to be ended")
                .tag(OUTCOME, label(status))
                .register(registry));
        messages = each(SETTLED, status -> Counter.builder("identities.backchannel.deliveries")
                .description("Applications and identity providers to be told of the end of a session")
                .tag(OUTCOME, label(status))
                .register(registry));
        Gauge.builder("identities.session.indexes.missing", MISSING_INDEXES, AtomicInteger::get)
                .description("Indexes of the session table without which lists are slow")
                .register(registry);
    }

    @Override
    public void request(Mount mount, int status) {
        requests.get(mount).get(Answer.of(status)).increment();
    }

    @Override
    public void page(PagedList list, Duration time) {
        pages.get(list).record(time);
    }

    @Override
    public void missingIndexes(int count) {
        MISSING_INDEXES.set(count);
    }

    @Override
    public void session(Outcome.Status status) {
        sessions.get(status).increment();
    }

    @Override
    public void message(Delivery.Status status) {
        messages.get(status).increment();
    }

    private static <K extends Enum<K>, V> Map<K, V> each(Set<K> keys, Function<K, V> value) {
        return new EnumMap<>(keys.stream().collect(Collectors.toMap(Function.identity(), value)));
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
