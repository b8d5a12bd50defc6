package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;

/** Waits for what happens elsewhere. */
public final class Waiting {

    /** Far longer than anything takes on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Waiting() {}

    /** Looks again until it is so; fails after the limit. */
    public static void until(String what, BooleanSupplier condition) throws InterruptedException {
        Instant limit = Instant.now().plus(LIMIT);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(limit);
            Thread.sleep(10);
        }
    }

    /** Waits until the second of that moment is over, because Keycloak knows many times in whole seconds only. */
    public static void pastSecondOf(Instant moment) throws InterruptedException {
        Instant next = moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        until("the next second", () -> Instant.now().isAfter(next));
    }
}
