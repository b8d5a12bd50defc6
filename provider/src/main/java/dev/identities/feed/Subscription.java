package dev.identities.feed;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * What a feed is asked for.
 *
 * @param realmId the realm to watch
 * @param from the place to go on from; empty for events from now on
 * @param filter which events are wanted, of those that the viewer may see
 * @param writer writes an event for a viewer, in the form of the API; empty for one that the viewer may not see. All
 *     subscriptions of one watcher write alike
 */
public record Subscription(
        String realmId,
        Watcher watcher,
        Optional<Cursor> from,
        BiPredicate<Viewer, SessionEvent> filter,
        BiFunction<Viewer, SessionEvent, Optional<String>> writer) {}
