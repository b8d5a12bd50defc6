package dev.identities.session;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items in the list's order
 * @param more whether there are further items behind the last one; never true when {@code items} is empty
 */
public record Page<T>(List<T> items, boolean more) {}
