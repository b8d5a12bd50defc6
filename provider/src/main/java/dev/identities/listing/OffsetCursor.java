package dev.identities.listing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list without keys, found by counting: {@code off_} + the number of entries before it. Clients get it
 * only under a {@link CursorSeal}, because it counts entries that they may not see.
 */
public record OffsetCursor(int offset) {

    /** The first page. */
    public static final OffsetCursor START = new OffsetCursor(0);

    private static final Pattern PUBLIC = Pattern.compile("off_([0-9]{1,9})");

    @Override
    public String toString() {
        return "off_" + offset;
    }

    /** Reads a cursor. Empty when the text is none. */
    public static Optional<OffsetCursor> parse(String text) {
        Matcher matcher = PUBLIC.matcher(text);
        return matcher.matches() ? Optional.of(new OffsetCursor(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }
}
