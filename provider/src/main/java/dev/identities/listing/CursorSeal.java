package dev.identities.listing;

import java.util.Optional;

/**
 * Closes a cursor, so that it tells nothing to whoever holds it. Where a list stops reading there may be somebody whom the
 * caller may not see, and a count of matches counts them too.
 */
public interface CursorSeal {

    /**
     * A cursor under seal.
     *
     * @param cursor the cursor as it would be without a seal
     * @return only {@code [A-Za-z0-9_-]}; of the same length for all cursors but very long ones
     */
    String seal(String cursor);

    /**
     * The cursor under a seal.
     *
     * @param text from outside, untrusted
     * @return empty for any text that was not sealed here
     */
    Optional<String> open(String text);
}
