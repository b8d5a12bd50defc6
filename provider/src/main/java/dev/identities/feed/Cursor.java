package dev.identities.feed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a feed, as clients repeat it in {@code Last-Event-ID}. It is a time and no number of events, because a number
 * would tell how many events a caller did not get to see.
 *
 * @param node the node that named the place, anew at each start: eight hexadecimal digits
 * @param stamp milliseconds since the epoch by the clock of that node; the reader has all events up to it
 */
public record Cursor(String node, long stamp) {

    private static final Pattern FORM = Pattern.compile("([0-9a-f]{8})-(\\d{1,15})");

    /** Reads a place. Empty for text of another form; untrusted. */
    public static Optional<Cursor> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Cursor(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return node + "-" + stamp;
    }
}
