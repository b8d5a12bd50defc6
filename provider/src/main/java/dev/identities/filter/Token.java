package dev.identities.filter;

/**
 * A word of a filter.
 *
 * @param position of its first character in the text, from 1
 * @param text a text literal without quotes and escapes; else the word as it is written
 */
record Token(Kind kind, int position, String text) {

    enum Kind {
        NAME,
        TEXT,
        INTEGER,
        NUMBER,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** As a message says it. */
    String shown() {
        return switch (kind) {
            case END -> "end of the filter";
            case TEXT -> "a text";
            default -> text;
        };
    }
}
