package dev.identities.listing;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items in the list's order
 * @param next the public cursor behind which the next page begins; empty on the last page. Most lists fill each page but
 *     the last; one that searches may give a short one, even an empty one, and where to search on
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** Nothing, and nothing behind it. */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), Optional.empty());
    }
}
