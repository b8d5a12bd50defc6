package dev.identities.bulk;

import java.time.Duration;
import java.util.Optional;

/** Seals the tickets of one realm, and remembers the used ones for the whole cluster. */
public interface TicketOffice {

    /** The ticket under seal: {@code tkt_} and {@code [A-Za-z0-9_-]}. */
    String seal(byte[] ticket);

    /**
     * The ticket under a seal.
     *
     * @param text from outside, untrusted
     * @return empty for any text that was not sealed here for this realm
     */
    Optional<byte[]> open(String text);

    /**
     * Uses up a ticket, on all nodes at once.
     *
     * @param lifetime how long to remember it, in whole seconds, at least one
     * @return false when it was used before
     */
    boolean use(String id, Duration lifetime);
}
