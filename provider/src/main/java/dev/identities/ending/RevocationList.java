package dev.identities.ending;

/**
 * Session ids that were revoked, for gateways that check the sessions behind the tokens they see. Durable and the same on
 * every node; an id is forgotten after a lifetime that the realm sets. Ids need not name a session.
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
