package dev.identities.listing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of latest activity: {@code act_} + eight hexadecimal digits of the second in which a session was
 * last active + the letter of its branch + Keycloak's session id. Clients treat it as opaque; the session may be gone.
 *
 * @param lastActive second since the epoch
 * @param branch the branch in which the session stands
 * @param sid Keycloak's user session id
 */
public record ActivityCursor(long lastActive, Branch branch, String sid) {

    private static final Pattern PUBLIC = Pattern.compile("act_([0-9a-f]{8})([a-f])([A-Za-z0-9_-]{1,36})");

    /** Only {@code [A-Za-z0-9_-]}. */
    @Override
    public String toString() {
        return String.format("act_%08x%c%s", lastActive, branch.letter(), sid);
    }

    /** Reads a cursor. Empty when the text is none. */
    public static Optional<ActivityCursor> parse(String text) {
        Matcher matcher = PUBLIC.matcher(text);
        return matcher.matches()
                ? Optional.of(new ActivityCursor(
                        Long.parseLong(matcher.group(1), 16),
                        Branch.of(matcher.group(2).charAt(0)),
                        matcher.group(3)))
                : Optional.empty();
    }
}
