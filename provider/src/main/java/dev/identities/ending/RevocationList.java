package dev.identities.ending;

/**
 * The ids of revoked sessions. Gateways ask it for the sessions behind the tokens they see. The list is durable and the
 * same on every node. It forgets an id after a lifetime that the realm sets. An id need not be that of a session.
 */
public interface RevocationList {

    /**
     * Puts an id on the list; committed when this returns. An id that is listed stays as it is.
     *
     * @return whether it was not listed before
     * @throws RuntimeException when the store failed: then it may or may not be listed
     */
    boolean add(String sri);

    /** Whether the id is listed now. */
    boolean contains(String sri);
}
