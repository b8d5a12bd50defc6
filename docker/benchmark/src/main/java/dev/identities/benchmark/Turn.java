package dev.identities.benchmark;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** One after the other, and again from the beginning. */
record Turn<T>(List<T> values, AtomicLong next) {

    static <T> Turn<T> of(List<T> values) {
        return new Turn<>(List.copyOf(values), new AtomicLong());
    }

    T take() {
        return values.get((int) (next.getAndIncrement() % values.size()));
    }

    T any() {
        return values.get(ThreadLocalRandom.current().nextInt(values.size()));
    }
}
