package dev.identities.listing;

import java.util.Optional;

/**
 * Encrypts a cursor, so that its holder cannot read it. A cursor may name a person whom the caller may not see, because
 * a list can stop reading at any row. A cursor that counts matches also counts such persons.
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
