package dev.identities.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.api.Answer;
import dev.identities.api.Api;
import dev.identities.api.ApiRequest;
import dev.identities.api.PagedList;
import dev.identities.ending.Outcome;
import dev.identities.metrics.Meters.Mount;
import dev.identities.notify.Delivery;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetersTest {

    private static final ApiRequest REQUEST =
            new ApiRequest("GET", "/users", null, header -> List.of(), InputStream.nullInputStream());

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new MicrometerMeters(registry);

    @Test
    @DisplayName("all series are there at zero before anything happens, and nothing that happens adds one")
    void bounded() {
        Set<String> before = series();
        assertThat(before)
                .contains("identities.requests{api=ngrok,outcome=success}")
                .contains("identities.page{list=user_sessions}")
                .contains("identities.revocations{outcome=already_gone}")
                .contains("identities.backchannel.deliveries{outcome=cannot_tell}")
                .contains("identities.session.indexes.missing{}")
                .hasSize(3 * 4 + 3 + 3 + 3 + 1);
        assertThat(registry.getMeters().stream()
                        .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                        .mapToDouble(Measurement::getValue)
                        .sum())
                .isZero();

        for (int status = 100; status < 600; status++) {
            meters.request(Mount.CONSOLE, status);
        }
        meters.page(PagedList.USERS, Duration.ofMinutes(1));
        meters.session(Outcome.Status.FAILED);
        meters.message(Delivery.Status.CONFIRMED);

        assertThat(series()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "200,success",
        "204,success",
        "302,success",
        "400,client_error",
        "404,client_error",
        "409,client_error",
        "401,denied",
        "403,denied",
        "429,denied",
        "500,server_error",
        "503,server_error"
    })
    @DisplayName("a request counts by its outcome")
    void requests(int status, String outcome) {
        meters.request(Mount.PINGFEDERATE, status);

        assertThat(count("identities.requests", "api", "pingfederate", "outcome", outcome))
                .isEqualTo(1);
        assertThat(registry.get("identities.requests").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("sessions and messages count by their outcome; two factories of one server count together")
    void outcomes() {
        Meters second = new MicrometerMeters(registry);
        meters.session(Outcome.Status.REVOKED);
        second.session(Outcome.Status.REVOKED);
        second.message(Delivery.Status.FAILED);

        assertThat(count("identities.revocations", "outcome", "revoked")).isEqualTo(2);
        assertThat(count("identities.revocations", "outcome", "failed")).isZero();
        assertThat(count("identities.backchannel.deliveries", "outcome", "failed"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("missing indexes are shown as they were last found")
    void missingIndexes() {
        assertThat(registry.get("identities.session.indexes.missing").gauge().value())
                .isZero();
        meters.missingIndexes(2);
        assertThat(registry.get("identities.session.indexes.missing").gauge().value())
                .isEqualTo(2);
        meters.missingIndexes(0);
        assertThat(registry.get("identities.session.indexes.missing").gauge().value())
                .isZero();
    }

    @Test
    @DisplayName("a page is timed as long as the API took")
    void pages() {
        Duration taken = Duration.ofMillis(60);
        Api slow = meters.watch(Mount.NGROK, request -> {
            pause(taken);
            return new Answer(Response.ok().build(), Optional.of(PagedList.SESSIONS));
        });
        assertThat(slow.handle(REQUEST).response().getStatus()).isEqualTo(200);

        var timer = registry.get("identities.page").tag("list", "sessions").timer();
        assertThat(timer.count()).isEqualTo(1);
        // The clock that is slept by and the one that is measured by may differ a little.
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS))
                .isGreaterThanOrEqualTo(taken.toMillis() - 5.0)
                .isLessThan(60_000);
        assertThat(count("identities.requests", "api", "ngrok", "outcome", "success"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("a page that the caller has already is timed like any other")
    void notModified() {
        meters.watch(Mount.CONSOLE, answering(304, Optional.of(PagedList.USERS)))
                .handle(REQUEST);

        assertThat(registry.get("identities.page").tag("list", "users").timer().count())
                .isEqualTo(1);
        assertThat(count("identities.requests", "api", "console", "outcome", "success"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("a refusal is counted and not timed, nor is an answer that is no page")
    void noPage() {
        meters.watch(Mount.NGROK, answering(403, Optional.of(PagedList.SESSIONS)))
                .handle(REQUEST);
        meters.watch(Mount.NGROK, answering(200, Optional.empty())).handle(REQUEST);

        assertThat(registry.get("identities.page").timers()).allMatch(timer -> timer.count() == 0);
        assertThat(count("identities.requests", "api", "ngrok", "outcome", "denied"))
                .isEqualTo(1);
        assertThat(count("identities.requests", "api", "ngrok", "outcome", "success"))
                .isEqualTo(1);
    }

    private static Api answering(int status, Optional<PagedList> list) {
        return request -> new Answer(Response.status(status).build(), list);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    /** Every series by name and labels, without what a timer is made of. */
    private Set<String> series() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id ->
                        id.getTags().stream().noneMatch(tag -> tag.getKey().equals("le")))
                .map(id -> id.getName()
                        + id.getTags().stream()
                                .map(tag -> tag.getKey() + "=" + tag.getValue())
                                .collect(Collectors.joining(",", "{", "}")))
                .collect(Collectors.toSet());
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
