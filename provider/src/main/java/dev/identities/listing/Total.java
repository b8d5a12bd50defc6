package dev.identities.listing;

/**
 * How many items a list has.
 *
 * @param value those that were counted, each of which the caller may see
 * @param exact whether there are no more. Counting stops at {@link #MAX}, and after a second or two
 */
public record Total(long value, boolean exact) {

    /** The most that is counted. Nobody reads through more, and counting costs as much as reading. */
    public static final int MAX = 10_000;
}
