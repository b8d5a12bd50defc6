package dev.identities.metrics;

import dev.identities.api.PagedList;
import dev.identities.ending.Outcome;
import dev.identities.notify.Delivery;
import java.time.Duration;

/** Counts nothing, because the server has no Micrometer, so no operator could read a count. */
final class NoMeters implements Meters {

    @Override
    public void request(Mount mount, int status) {
        // See the class.
    }

    @Override
    public void page(PagedList list, Duration time) {
        // See the class.
    }

    @Override
    public void missingIndexes(int count) {
        // See the class.
    }

    @Override
    public void session(Outcome.Status status) {
        // See the class.
    }

    @Override
    public void message(Delivery.Status status) {
        // See the class.
    }
}
