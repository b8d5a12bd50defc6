package dev.identities.listing;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items in the list's order
 * @param next the public cursor behind which the next page begins; empty on the last page. It names an item of this page,
 *     or is sealed: it never tells of anything that the caller may not see. A page may be short, or empty, and have one
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** Nothing, and nothing behind it. */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), Optional.empty());
    }
}
