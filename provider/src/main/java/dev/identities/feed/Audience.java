package dev.identities.feed;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Looks up who may still watch. */
public interface Audience {

    /**
     * Runs a round in one short unit of work.
     *
     * @param realmId the realm that is watched
     * @param round gets a function that gives a watcher's rights of this moment; empty when they may not watch any more
     * @throws RuntimeException when the store fails
     */
    void attend(String realmId, Consumer<Function<Watcher, Optional<Viewer>>> round);
}
