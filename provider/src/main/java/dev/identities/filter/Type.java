package dev.identities.filter;

/**
 * The type of a value. How a value is held is said for each; null is a value that the list shows as null.
 */
enum Type {
    /** A {@code String}; absent is the empty text, because ngrok's filters call it both null and empty. */
    TEXT("a text"),
    /** An address in its canonical form, or any other text that was recorded. It may be compared with a network. */
    ADDRESS("an address"),
    /** A {@code Boolean}; never null. */
    BOOLEAN("a condition"),
    /** A {@code Long}. */
    INTEGER("a whole number"),
    /** A {@code Double}. */
    NUMBER("a number"),
    /** An {@code Instant} of a whole second, as the list shows it; a constant may have a fraction. */
    TIME("a time"),
    /** Anything, or null: an object is compared with null only. */
    OBJECT("an object"),
    /** A {@code List} of members that {@code exists} and {@code in} look into; never null. */
    LIST("a list"),
    /** A {@link Network}. */
    NETWORK("a network"),
    NULL("null");

    private final String shown;

    Type(String shown) {
        this.shown = shown;
    }

    /** As a message says it. */
    String shown() {
        return shown;
    }

    boolean isText() {
        return this == TEXT || this == ADDRESS;
    }
}
