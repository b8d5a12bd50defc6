package dev.identities.metrics;

import dev.identities.api.PagedList;
import dev.identities.ending.Outcome;
import dev.identities.notify.Delivery;
import java.time.Duration;

/** Meters nothing. */
final class NoMeters implements Meters {

    @Override
    public void request(Face face, int status) {
        // Nobody would read it.
    }

    @Override
    public void page(PagedList list, Duration time) {
        // Nobody would read it.
    }

    @Override
    public void session(Outcome.Status status) {
        // Nobody would read it.
    }

    @Override
    public void message(Delivery.Status status) {
        // Nobody would read it.
    }
}
