package dev.identities.listing;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items in the list's order
 * @param next the public cursor after which the next page begins; empty on the last page. It names an item of this page
 *     or is sealed, because it must not tell of items that the caller may not see. Also a short or empty page may have
 *     one
 */
public record Page<T>(List<T> items, Optional<String> next) {

    /** An empty page without a next one. */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), Optional.empty());
    }
}
