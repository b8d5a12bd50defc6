package dev.identities.filter;

/** A text is no filter. The message is for the person who wrote it, for example {@code at 14: unknown field obj.x}. */
public final class FilterException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int position;

    FilterException(int position, String problem) {
        super("at " + position + ": " + problem);
        this.position = position;
    }

    /** Where the problem is: the number of the character in the text, counted from 1. */
    public int position() {
        return position;
    }
}
